using System.Buffers.Binary;
using Attic.Abi.AtariXl;
using Attic.Abi.Machines;
using Attic.Abi.State;
using Attic.Media.Programs;

namespace Attic.Modules.XlMachine.Tests;

/// <summary>Program files in a machine with somebody's OS.</summary>
public class ProgramTests
{
    private const int FramesToStart = 400;

    [SkippableTheory]
    [InlineData(XlConsoleKeys.None)]
    [InlineData(XlConsoleKeys.Option)]
    public void A_binary_program_runs_its_init_then_itself_with_or_without_BASIC(XlConsoleKeys keys)
    {
        // Segments: INC $3100, called by INITAD twice; the program adds that to PORTB's BASIC bit and stays.
        byte[] file =
        [
            0xFF, 0xFF,
            0x00, 0x31, 0x03, 0x31, 0x40, 0xEE, 0x00, 0x31, 0xFF, 0xFF, 0x04, 0x31, 0x04, 0x31, 0x60,
            0xE2, 0x02, 0xE3, 0x02, 0x01, 0x31,
            0xE2, 0x02, 0xE3, 0x02, 0x01, 0x31,
            0x00, 0x30, 0x0A, 0x30, 0xAD, 0x01, 0xD3, 0x29, 0x02, 0x8D, 0x10, 0x31, 0x4C, 0x08, 0x30,
            0xE0, 0x02, 0xE1, 0x02, 0x00, 0x30,
        ];
        var machine = Start("p.xex", file, keys);
        Assert.Equal((0x42, 2, 0xC0), (machine.PeekByte(0x3100), machine.PeekByte(0x3110), machine.PeekByte(0x6A)));
    }

    [SkippableFact]
    public void A_program_that_does_not_say_where_it_starts_starts_at_its_first_segment()
    {
        var machine = Start("p.com", [0xFF, 0xFF, 0x00, 0x30, 0x07, 0x30, 0xA9, 0x5A, 0x8D, 0x10, 0x31, 0x4C, 0x05, 0x30]);
        Assert.Equal(0x5A, machine.PeekByte(0x3110));
    }

    [SkippableFact]
    public void A_listing_is_entered_and_runs()
    {
        var machine = Start("p.lst", "10 A=6\r\n20 PRINT \"SO \";A*7\r\n"u8.ToArray());
        Assert.Contains("SO 42", machine.Capability<IScreenText>()!.ReadScreenText(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_program_as_BASIC_saves_it_runs_in_another_machine()
    {
        var writer = Start("p.lst", "10 PRINT \"SAVED \";6*7\n"u8.ToArray());
        var reader = Start("p.bas", Saved(writer));
        Assert.Contains("SAVED 42", reader.Capability<IScreenText>()!.ReadScreenText(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_state_taken_while_a_program_loads_goes_on_loading()
    {
        byte[] body = [0xFF, 0xFF, 0x00, 0x30, 0xFF, 0x4F, .. new byte[0x2000], 0x00, 0x50, 0x07, 0x50, 0xA9, 0x5A, 0x8D, 0x10, 0x51, 0x4C, 0x05, 0x50, 0xE0, 0x02, 0xE1, 0x02, 0x00, 0x50];
        var machine = Start("p.xex", body, frames: 0);
        while (machine.PeekByte(0x43) is not 0xFF || machine.PeekByte(0x44) is < 0x38 or > 0x48)
        {
            machine.RunTicks(50);
            machine.Audio.Clear();
        }

        byte[] saved = new StateSaver().Save(machine).ToArray();
        machine.RunFrames(20);
        string hash = StateHasher.Hash(machine);
        new StateLoader().Load(machine, saved);
        machine.RunFrames(20);
        Assert.Equal((0x5A, hash), (machine.PeekByte(0x5110), StateHasher.Hash(machine)));
    }

    private static XlMachine Start(string name, byte[] file, XlConsoleKeys keys = XlConsoleKeys.None, int frames = FramesToStart)
    {
        var machine = TestMachine.With(TestMachine.OsAndBasic(), options: new XlOptions { BootKeys = keys });
        machine.Capability<IFloppyDrives>()!.Insert(0, ProgramFile.Open(name, file).Disk, machine.Now);
        machine.RunFrames(frames);
        return machine;
    }

    // What SAVE writes: the pointers from LOMEM ($80) on relative to it, then the bytes from VNTP to STARP.
    private static byte[] Saved(XlMachine machine)
    {
        ushort[] pointers = [.. Enumerable.Range(0, 7).Select(index => Word(machine, 0x80 + (2 * index)))];
        byte[] content = new byte[pointers[6] - pointers[1]];
        machine.Peek(pointers[1], content);
        byte[] file = new byte[14 + content.Length];
        for (int index = 0; index < pointers.Length; index++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(2 * index), (ushort)(pointers[index] - pointers[0]));
        }

        content.CopyTo(file, 14);
        return file;
    }

    private static ushort Word(XlMachine machine, int address) =>
        (ushort)(machine.PeekByte((ushort)address) | (machine.PeekByte((ushort)(address + 1)) << 8));
}
