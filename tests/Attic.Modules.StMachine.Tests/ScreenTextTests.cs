using System.Buffers.Binary;
using Attic.Abi.Machines;
using Attic.Modules.StMachine.ScreenText;
using FsCheck;
using FsCheck.Fluent;

namespace Attic.Modules.StMachine.Tests;

public class ScreenTextTests
{
    private const uint Start = 0xFC0000;
    private readonly byte[] _form = new byte[256 * 8];
    private readonly byte[] _rom;

    public ScreenTextTests()
    {
        new Random(42).NextBytes(_form);
        for (int row = 0; row < 8; row++)
        {
            _form[(row * 256) + ' '] = 0;
        }

        _rom = RomWithFont(_form);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_console_reads_back_in_both_polarities_and_widths(bool inverse, bool half)
    {
        var frame = Frame(half);
        Draw(frame, 0, 0, "Hello, ST!", half, inverse);
        Draw(frame, 16, 8, "second line", half, inverse);
        Assert.Equal("Hello, ST!\n  second line", Read(frame));
    }

    [Fact]
    public void A_cell_that_is_no_character_is_marked()
    {
        var frame = Frame(false);
        Draw(frame, 0, 0, "abcdefgh?ijklmnop", false, false);
        frame.Codes[(8 * 8) + 2] ^= 0x777;
        Assert.Equal("abcdefgh\uFFFDijklmnop", Read(frame));
    }

    [Fact]
    public void Text_off_the_grid_is_found_among_other_things()
    {
        var frame = Frame(false);
        for (int at = 0; at < frame.Codes.Length; at++)
        {
            frame.Codes[at] = (ushort)(((at / 640) + (at % 640)) % 2 == 0 ? 0x070 : 0x777);
        }

        Draw(frame, 43, 51, "File  Quit", false, false);
        Draw(frame, 243, 53, "Open", false, false);
        string text = Read(frame);
        Assert.Contains("File  Quit", text, StringComparison.Ordinal);
        Assert.Contains("Open", text, StringComparison.Ordinal);
        Assert.Single(text.Split('\n'));
    }

    [Fact]
    public void A_blank_screen_has_no_text() => Assert.Equal("", Read(Frame(false)));

    [Fact]
    public void A_rom_without_fonts_reads_nothing_and_says_so_with_marks()
    {
        var frame = Frame(false);
        Draw(frame, 0, 0, "Hello", false, false);
        Assert.Equal("", new ScreenTextReader(new byte[4096], Start, () => frame).ReadScreenText());
    }

    [Fact]
    public void Any_bytes_can_be_searched_for_fonts() =>
        Prop.ForAll<byte[], ushort>((noise, position) =>
        {
            byte[] rom = [.. _rom];
            noise.AsSpan(0, Math.Min(noise.Length, rom.Length - position)).CopyTo(rom.AsSpan(Math.Min(position, rom.Length - noise.Length)));
            LineAFont.FindAll(rom, Start);
            LineAFont.FindAll(noise, Start);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_code_has_a_character()
    {
        for (int code = 0; code < 256; code++)
        {
            Assert.NotEqual('\0', AtariStCharacters.ToUnicode(code));
        }

        Assert.Equal("Ä", AtariStCharacters.ToUnicode(0x8E).ToString());
        Assert.Equal("¯", AtariStCharacters.ToUnicode(0xFF).ToString());
        Assert.Equal("σ", AtariStCharacters.ToUnicode(0xE5).ToString());
    }

    private string Read(VideoFrame frame) => new ScreenTextReader(_rom, Start, () => frame).ReadScreenText();

    private static VideoFrame Frame(bool half)
    {
        var frame = new VideoFrame(640, 200, new uint[4096]) { ActiveWidth = 640, ActiveHeight = 200 };
        frame.HalfWidth.AsSpan().Fill(half);
        frame.Codes.AsSpan().Fill(0x777);
        return frame;
    }

    private void Draw(VideoFrame frame, int left, int top, string text, bool half, bool inverse)
    {
        for (int index = 0; index < text.Length; index++)
        {
            for (int pixel = 0; pixel < 64; pixel++)
            {
                bool ink = (_form[((pixel >> 3) * 256) + text[index]] >> (7 - (pixel & 7)) & 1) != 0;
                int x = left + (index * 8) + (pixel & 7);
                frame.Codes[((top + (pixel >> 3)) * 640) + x] = (ushort)(ink != inverse ? 0x007 : 0x777);
            }
        }

        Assert.True(!half || left + (text.Length * 8) <= 320);
    }

    private static byte[] RomWithFont(byte[] form)
    {
        const int Header = 0x100;
        const int Offsets = 0x200;
        const int Data = 0x800;
        var rom = new byte[0x2000];
        void Word(int at, int value) => BinaryPrimitives.WriteUInt16BigEndian(rom.AsSpan(at), (ushort)value);
        void Long(int at, uint value) => BinaryPrimitives.WriteUInt32BigEndian(rom.AsSpan(at), value);
        Word(Header + 38, 255);
        Long(Header + 72, Start + Offsets);
        Long(Header + 76, Start + Data);
        Word(Header + 80, 256);
        Word(Header + 82, 8);
        for (int code = 0; code <= 256; code++)
        {
            Word(Offsets + (code * 2), code * 8);
        }

        form.CopyTo(rom, Data);
        return rom;
    }
}
