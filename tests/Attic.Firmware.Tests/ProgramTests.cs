namespace Attic.Firmware.Tests;

/// <summary>The test programs are executables that any TOS loads.</summary>
public sealed class ProgramTests
{
    private const int HeaderBytes = 28;

    [Theory]
    [InlineData("BUSY.PRG")]
    [InlineData("TONE.PRG")]
    [InlineData("HELLO.TOS")]
    [InlineData("TIMER.PRG")]
    [InlineData("COLOURS.PRG")]
    [InlineData("CHECK.TOS")]
    [InlineData("LINEA.PRG")]
    public void Header_and_fixups_describe_the_file(string name)
    {
        byte[] file = FirmwareTree.Program(name);
        long image = (long)FirmwareTree.Long(file, 2) + FirmwareTree.Long(file, 6);

        Assert.Equal(0x601A, FirmwareTree.Word(file, 0));
        Assert.True(HeaderBytes + image + 4 <= file.Length, "Text, data and a fixup table do not fit in the file.");
        Assert.All(Fixups(file, (int)image), offset => Assert.True(offset % 2 == 0 && offset + 4 <= image, $"A fixup at {offset:X}."));
    }

    private static List<long> Fixups(byte[] file, int image)
    {
        int at = HeaderBytes + image;
        long offset = FirmwareTree.Long(file, at);
        var fixups = new List<long>();
        if (offset == 0)
        {
            return fixups;
        }

        fixups.Add(offset);
        for (at += 4; file[at] != 0; at++)
        {
            offset += file[at] == 1 ? 254 : file[at];
            if (file[at] != 1)
            {
                fixups.Add(offset);
            }
        }

        Assert.Equal(file.Length, at + 1);
        return fixups;
    }
}
