using System.Globalization;
using Attic.Modules.XlMachine.Cartridges;

namespace Attic.Modules.XlMachine.Tests.Cartridges;

/// <summary>Bank tables as the public list of CAR types (atari800, DOC/cart.txt) states them, by type.</summary>
public class CartridgeTypeTests
{
    // Accesses: R addr reads $D5addr, W addr=value writes; expected: the number of the 4 KB of the image at $8000, $9000,
    // $A000 and $B000, "-" where the computer's memory is, "F" where nothing answers.
    [Theory]
    [InlineData(1, "", "- - 0 1")]
    [InlineData(2, "", "0 1 2 3")]
    [InlineData(3, "", "- - 0 3")]
    [InlineData(3, "R3", "- - 1 3")]
    [InlineData(3, "R7", "- - 1 3")]
    [InlineData(3, "R4", "- - 2 3")]
    [InlineData(3, "R2", "- - F 3")]
    [InlineData(3, "R8", "- - - -")]
    [InlineData(45, "R3", "- - 2 3")]
    [InlineData(45, "R4", "- - 1 3")]
    [InlineData(5, "R1", "2 3 6 7")]
    [InlineData(8, "R6", "- - 12 13")]
    [InlineData(8, "R8", "- - - -")]
    [InlineData(8, "R3 R40", "- - 6 7")]
    [InlineData(22, "W2=0", "- - 4 5")]
    [InlineData(76, "R1", "- - 2 3")]
    [InlineData(9, "R77", "- - 0 1")]
    [InlineData(9, "R70", "- - 14 15")]
    [InlineData(9, "R78", "- - - -")]
    [InlineData(10, "RD6", "- - 2 3")]
    [InlineData(10, "RDF", "- - - -")]
    [InlineData(11, "RE0", "- - 14 15")]
    [InlineData(11, "RE8", "- - - -")]
    [InlineData(43, "RF7", "- - 0 1")]
    [InlineData(43, "RE7", "- - 16 17")]
    [InlineData(43, "REC", "- - - -")]
    [InlineData(12, "", "0 1 6 7")]
    [InlineData(12, "W0=2", "4 5 6 7")]
    [InlineData(12, "R2", "0 1 6 7")]
    [InlineData(13, "W0=5", "10 11 14 15")]
    [InlineData(67, "W0=5", "F F 14 15")]
    [InlineData(67, "W0=D", "10 11 14 15")]
    [InlineData(14, "W0=9", "18 19 30 31")]
    [InlineData(14, "W0=89", "18 19 30 31")]
    [InlineData(23, "W0=1E", "60 61 62 63")]
    [InlineData(24, "W0=3E", "124 125 126 127")]
    [InlineData(25, "W0=7E", "252 253 254 255")]
    [InlineData(33, "W0=1", "2 3 6 7")]
    [InlineData(33, "W0=80", "- - - -")]
    [InlineData(38, "W0=41", "130 131 254 255")]
    [InlineData(15, "", "- - 1 0")]
    [InlineData(15, "R1", "- - 3 0")]
    [InlineData(15, "R9", "- - 2 0")]
    [InlineData(15, "R8", "- - - -")]
    [InlineData(44, "R1", "- - 1 0")]
    [InlineData(44, "R9", "- - 0 0")]
    [InlineData(44, "R8", "- - - -")]
    [InlineData(17, "W0=7", "- - 14 15")]
    [InlineData(17, "W0=80", "- - - -")]
    [InlineData(26, "W0=80", "- - - -")]
    [InlineData(27, "W0=1", "4 5 6 7")]
    [InlineData(32, "W0=3F", "252 253 254 255")]
    [InlineData(64, "W0=7F", "508 509 510 511")]
    [InlineData(63, "", "1016 1017 1018 1019")]
    [InlineData(63, "W0=1", "4 5 6 7")]
    [InlineData(63, "W0=FF", "- - - -")]
    [InlineData(39, "", "- - 0 1")]
    [InlineData(39, "R55", "- - - -")]
    [InlineData(40, "", "0 1 2 3")]
    [InlineData(40, "W0=0", "- - - -")]
    [InlineData(46, "", "- - 0 0")]
    [InlineData(46, "R0 R0", "- - - -")]
    [InlineData(41, "W5=0", "- - 10 11")]
    [InlineData(41, "R5", "- - 0 1")]
    [InlineData(41, "W12=0", "- - - -")]
    [InlineData(41, "W3=0 W20=0", "- - 6 7")]
    [InlineData(42, "", "- - 254 255")]
    [InlineData(42, "W2=0", "- - 4 5")]
    [InlineData(75, "", "- - 0 1")]
    [InlineData(75, "W7F=0", "- - 254 255")]
    [InlineData(75, "W80=0", "- - - -")]
    [InlineData(50, "R7", "- - 14 15")]
    [InlineData(51, "RF", "- - 30 31")]
    [InlineData(51, "R1F", "- - - -")]
    [InlineData(52, "R0 R0 R0", "- - 6 7")]
    [InlineData(52, "R0 R0 R0 R0", "- - - -")]
    [InlineData(52, "R0 R0 R0 R0 R0", "- - 0 1")]
    [InlineData(60, "R0 R0 R0 R0 R0", "- - - -")]
    [InlineData(69, "R0 R0 R0 R0", "- - 0 1")]
    [InlineData(70, "R0 R0 R0 R0", "- - 8 9")]
    [InlineData(53, "", "0 1 - -")]
    [InlineData(54, "", "- - 2 3")]
    [InlineData(54, "W0=21", "4 5 6 7")]
    [InlineData(54, "W1F=60", "0 1 - -")]
    [InlineData(54, "W0=40", "- - - -")]
    [InlineData(54, "W20=40", "- - 2 3")]
    [InlineData(56, "W0=1F", "- - 126 127")]
    [InlineData(83, "W3F=80", "- - 130 131")]
    [InlineData(58, "", "- - F 0")]
    [InlineData(61, "R7F", "508 509 510 511")]
    [InlineData(61, "R80", "- - - -")]
    [InlineData(18, "", "0 4 8 9")]
    [InlineData(80, "W0=50", "- - 10 11")]
    [InlineData(80, "W7F=80", "- - - -")]
    [InlineData(80, "W80=50", "- - 0 1")]
    [InlineData(160, "W0=70", "- - 0 1")]
    [InlineData(160, "W0=50", "- - 4 5")]
    [InlineData(77, "", "- - 0 1")]
    [InlineData(79, "", "0 1 2 3")]
    public void Banks_appear_as_the_list_says(int type, string accesses, string expected)
    {
        var slot = Inserted(type);
        foreach (string access in accesses.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Carry(access, slot);
        }

        Assert.Equal(expected, string.Join(' ', Enumerable.Range(8, 4).Select(part => Seen(slot, part))));
    }

    [Fact]
    public void Two_chips_that_are_both_selected_give_the_and_of_their_bytes()
    {
        byte[] image = new byte[0x4000];
        (image[0], image[0x1000], image[0x2000]) = (0x3F, 0xF5, 0x0F);
        var slot = new CartridgeSlot(static () => { });
        slot.Insert(3, image);
        slot.Read(0xD501);
        Assert.Equal(0x35, slot.PeekWindow(0xA000));
        slot.Read(0xD505);
        Assert.Equal(0x05, slot.PeekWindow(0xA000));
    }

    [Fact]
    public void Two_kilobytes_lie_at_the_end_and_nothing_before_them()
    {
        byte[] image = new byte[0x800];
        image[0] = 0x42;
        var slot = new CartridgeSlot(static () => { });
        slot.Insert(57, image);
        Assert.Equal((0xFF, 0x42), (slot.PeekWindow(0xA000), slot.PeekWindow(0xB800)));
    }

    [Fact]
    public void Bounty_Bob_switches_its_two_windows_by_reading_in_them()
    {
        var slot = Inserted(18);
        slot.Touch(0x8FF8);
        slot.Touch(0x9FF9);
        Assert.Equal("2 7 8 9", string.Join(' ', Enumerable.Range(8, 4).Select(part => Seen(slot, part))));
    }

    [Fact]
    public void Ast_shows_a_page_at_a_time_and_leaves_the_slot_with_the_first_write()
    {
        byte[] image = new byte[32 * 1024];
        (image[5], image[0x105]) = (0x11, 0x22);
        var slot = new CartridgeSlot(static () => { });
        slot.Insert(47, image);
        Assert.Equal((0x11, 0x11), (slot.Read(0xD505), slot.PeekWindow(0xBF05)));
        slot.Write(0xD500, 0);
        Assert.Equal(0x22, slot.Read(0xD505));
        Assert.False(slot.Windows.Rd5);
    }

    [Fact]
    public void Sic_tells_what_was_written()
    {
        var slot = Inserted(54);
        slot.Write(0xD500, 0x23);
        Assert.Equal((0x23, 0xFF), (slot.Read(0xD51F), slot.Read(0xD520)));
    }

    [Theory]
    [InlineData(48)]
    [InlineData(49)]
    [InlineData(68)]
    public void Crossed_lines_are_straightened_each_byte_once(int type)
    {
        var kind = CartridgeTypes.Of(type);
        byte[] image = new byte[kind.Size];
        for (int at = 0; at < image.Length; at++)
        {
            image[at] = (byte)(at ^ (at >> 8) ^ (at >> 16));
        }

        Assert.Equal(image.Select(value => int.PopCount(value)).Order(), kind.Prepare!(image).Select(value => int.PopCount(value)).Order());
    }

    [Fact]
    public void The_Atrax_board_reads_where_the_list_says()
    {
        // A0 of the slot is A5 of the ROM, its D0 the ROM's Q5.
        byte[] chip = new byte[128 * 1024];
        chip[1 << 5] = 1 << 5;
        Assert.Equal(1, CartridgeTypes.Of(68).Prepare!(chip)[1]);
    }

    [Fact]
    public void More_than_twenty_kinds_are_taken_and_each_refuses_another_size()
    {
        Assert.True(CartridgeTypes.Known.Count() >= 70);
        foreach (var kind in CartridgeTypes.Known)
        {
            var slot = new CartridgeSlot(static () => { });
            var wrong = Assert.Throws<InvalidDataException>(() => slot.Insert(kind.Id, new byte[100]));
            Assert.Contains(kind.Size.ToString(CultureInfo.InvariantCulture), wrong.Message, StringComparison.Ordinal);
        }

        Assert.Throws<InvalidDataException>(() => new CartridgeSlot(static () => { }).Insert(999, new byte[8192]));
    }

    [Fact]
    public void No_sequence_of_accesses_leads_out_of_the_image()
    {
        var random = new Random(7);
        foreach (var kind in CartridgeTypes.Known.Where(kind => kind.Size <= 4 << 20))
        {
            var slot = new CartridgeSlot(static () => { });
            slot.Insert(kind.Id, new byte[kind.Size]);
            for (int access = 0; access < 500; access++)
            {
                ushort address = (ushort)(0xD500 + random.Next(256));
                slot.Read(address);
                slot.Write(address, (byte)random.Next(256));
                for (int part = 0; part < 4; part++)
                {
                    Assert.InRange(slot.Windows[part], CartridgeWindows.Open, slot.Image.Length - CartridgeWindows.Part);
                }
            }
        }
    }

    // Every byte of a part of 4 KB tells its number; odd and even bytes the low and high half of it.
    private static CartridgeSlot Inserted(int type)
    {
        var kind = CartridgeTypes.Of(type);
        byte[] image = new byte[kind.Size];
        for (int at = 0; at < image.Length; at++)
        {
            int part = at / 0x1000;
            image[at] = (byte)((at & 1) == 0 ? part : part >> 8);
        }

        var slot = new CartridgeSlot(static () => { });
        slot.Insert(type, image);
        return slot;
    }

    private static string Seen(CartridgeSlot slot, int part)
    {
        if (slot.Windows[part - 8] is CartridgeWindows.Off)
        {
            return "-";
        }

        ushort address = (ushort)(part << 12);
        int number = slot.PeekWindow(address) | (slot.PeekWindow((ushort)(address + 1)) << 8);
        return number == 0xFFFF ? "F" : number.ToString(CultureInfo.InvariantCulture);
    }

    private static void Carry(string access, CartridgeSlot slot)
    {
        string[] parts = access[1..].Split('=');
        ushort address = (ushort)(0xD500 | int.Parse(parts[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        if (access[0] == 'R')
        {
            slot.Read(address);
        }
        else
        {
            slot.Write(address, byte.Parse(parts[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        }
    }
}
