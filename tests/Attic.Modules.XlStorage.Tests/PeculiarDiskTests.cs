using Attic.Abi.AtariXl;
using Attic.Abi.Machines;
using Attic.Abi.Media;
using Attic.Media.Floppies8;

namespace Attic.Modules.XlStorage.Tests;

/// <summary>
/// A disk described by programs/peculiar.txt that boots programs/reader.s, which reads its odd track through the operating system and
/// writes what it found onto a second disk. atari800 (without its SIO patch) reads the same disk alike, by hand: every status and every byte,
/// and the three sectors of a number in turn; its weak bytes begin at the sector's first and a sector without data holds what was there before.
/// </summary>
public class PeculiarDiskTests
{
    private const byte Ok = 1;
    private const byte DeviceError = 144;

    [SkippableFact]
    public void A_booted_program_finds_every_peculiarity()
    {
        var found = Run();
        Assert.Equal([(Ok, 0x01), (Ok, 0x02)], found[..2].Select(Short));

        // Weak from byte 64 on: the CRC is never right; the first half is always the same, the second never.
        Assert.All(found[2..5], read => Assert.Equal((DeviceError, 0x33), Short(read)));
        Assert.Equal(3, found[2..5].Select(read => read.Sum).Distinct().Count());

        // Wrong CRC: an error, with the data. Missing: an error without.
        Assert.All(found[5..7], read => Assert.Equal((DeviceError, 0x44), Short(read)));
        Assert.Equal(DeviceError, found[7].Status);

        // Long and deleted: errors, with the data.
        Assert.All(found[8..10], read => Assert.Equal((DeviceError, 0x66), Short(read)));
        Assert.All(found[10..12], read => Assert.Equal((DeviceError, 0x88), Short(read)));

        // Three of a number, a third of a turn apart: a read takes more than a third and less than two.
        byte[] twins = [.. found[12..18].Select(read => read.First)];
        Assert.Equal([0x71, 0x72, 0x73], twins[..3].Order().Select(value => (int)value));
        Assert.Equal(twins[..3], twins[3..]);
    }

    [SkippableFact]
    public void The_fast_path_takes_no_time_and_leaves_odd_sectors_to_the_bus()
    {
        var slow = Run();
        var fast = Run(fastSio: true);
        Assert.Equal(slow.Take(2).Concat(slow.Skip(24)).Select(Short).Where(read => read.First is not (0x71 or 0x72 or 0x73)), fast.Take(2).Concat(fast.Skip(24)).Select(Short).Where(read => read.First is not (0x71 or 0x72 or 0x73)));
        Assert.Equal(slow[5..12].Select(Short), fast[5..12].Select(Short));
        Assert.Equal(0, fast[25].Frames);
        Assert.True(slow[25].Frames > 0 && fast[13].Frames > 0);
    }

    /// <summary>Runs the program and reads its results; also what a run by hand in another emulator is compared with.</summary>
    internal static Read[] Run(bool fastSio = false)
    {
        string programs = Path.Combine(AppContext.BaseDirectory, "programs");
        var computer = new XlComputer(XlOptions.Default with { Drives = XlDriveModel.Atari810, FastSio = fastSio });
        var drives = computer.Machine.Capability<IFloppyDrives>()!;
        byte[] image = AtxSpec.Make(File.ReadAllText(Path.Combine(programs, "peculiar.txt")), name => File.ReadAllBytes(Path.Combine(programs, name)));
        var results = DiskImage8.FromBytes("results.xfd", DiskImage8.Blank("results.xfd", AtariDiskShape.Single)!);
        drives.Insert(0, DiskImage8.FromBytes("peculiar.atx", image), computer.Machine.Now);
        drives.Insert(1, results, computer.Machine.Now);
        for (int frame = 0; frame < 6_000 && results.ToFile()[256 + 127] == 0; frame += 10)
        {
            computer.Run(10);
        }

        computer.Run(60);
        return [.. results.ToFile()[..(48 * 8)].Chunk(8).Select(bytes => new Read(bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5]))];
    }

    private static (byte Status, int First) Short(Read read) => (read.Status, read.First);

    internal sealed record Read(byte Status, byte First, byte Middle, byte Last, byte Sum, byte Frames);
}
