using Attic.Abi.Machines;
using Attic.Engine.Files;

namespace Attic.Engine.Tests.Files;

public class DroppedFileTests
{
    [Theory]
    [InlineData("game.xex", "FFFF", "atari_xl", DroppedPlace.Disk, null)]
    [InlineData("prog.BAS", "0000", "atari_xl", DroppedPlace.Disk, true)]
    [InlineData("prog.lst", "3130", "atari_xl", DroppedPlace.Disk, true)]
    [InlineData("x.bin", "43415254", "atari_xl", DroppedPlace.Cartridge, null)]
    [InlineData("x.rom", "00", "atari_xl", DroppedPlace.Cartridge, null)]
    [InlineData("diag.img", "FA52235F", "atari_st", DroppedPlace.Cartridge, null)]
    [InlineData("work.st", "00", "atari_st", DroppedPlace.Disk, null)]
    [InlineData("tape.cas", "00", "atari_xl", DroppedPlace.Cassette, null)]
    public void A_file_tells_machine_and_place(string name, string hex, string machine, DroppedPlace place, bool? basic)
    {
        var found = DroppedFile.Look(name, Convert.FromHexString(hex))!;
        Assert.Equal((machine, place, basic), (found.Machine, found.Place, found.Basic));
        Assert.NotEmpty(found.Reasons);
    }

    [Theory]
    [InlineData("Game (PAL).xex", VideoRegion.Pal, "xl_800_pal")]
    [InlineData("Game [NTSC][!].xex", VideoRegion.Ntsc, "xl_800_ntsc")]
    [InlineData("game_pal.xex", VideoRegion.Pal, "xl_800_pal")]
    [InlineData("palace.xex", null, null)]
    public void A_name_may_tell_the_region(string name, VideoRegion? region, string? profile)
    {
        var found = DroppedFile.Look(name, [0xFF, 0xFF])!;
        Assert.Equal((region, profile), (found.Region, found.Profile));
    }

    [Fact]
    public void A_disk_that_boots_without_a_DOS_turns_BASIC_off_and_one_with_BASIC_programs_on()
    {
        Assert.False(DroppedFile.Look("boot.atr", Atr(image => image[1] = 3))!.Basic);
        Assert.True(DroppedFile.Look("dos.atr", Atr(image =>
        {
            image[359 * 128] = 2;
            image[360 * 128] = 0x42;
            "HELLO   BAS"u8.CopyTo(image.AsSpan((360 * 128) + 5));
        }))!.Basic);
        Assert.Null(DroppedFile.Look("empty.atr", Atr(image => image[359 * 128] = 2))!.Basic);
    }

    [Fact]
    public void What_no_machine_takes_is_nothing() => Assert.Null(DroppedFile.Look("letter.txt", "Dear"u8));

    private static byte[] Atr(Action<byte[]> change)
    {
        byte[] sectors = new byte[720 * 128];
        change(sectors);
        return [0x96, 0x02, 0x80, 0x16, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. sectors];
    }
}
