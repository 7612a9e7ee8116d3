namespace Attic.Firmware.Xl.Tests.FloatingPoint;

/// <summary>Text and integers to numbers and back: AFP, FASC, IFP, FPI.</summary>
public sealed class ConversionTests
{
    private const ushort IfpEntry = 0xD9AA;
    private const ushort FpiEntry = 0xD9D2;

    private readonly FloatingPointRom _rom = new(FirmwareTree.Os());

    [Theory]
    [InlineData("0", "000000000000", 1)]
    [InlineData("1", "400100000000", 1)]
    [InlineData("  12.5 ", "401250000000", 6)]
    [InlineData("-.05", "BF0500000000", 4)]
    [InlineData("+99999999999", "451000000000", 12)]
    [InlineData("3.14159265358979", "400314159265", 16)]
    [InlineData("2.718281829", "400271828183", 11)]
    [InlineData("123456789.16", "440123456789", 12)]
    [InlineData("1234567890.5", "441234567891", 12)]
    [InlineData("0.000123", "3E0123000000", 8)]
    [InlineData("1E10", "450100000000", 4)]
    [InlineData("1E-3", "3E1000000000", 4)]
    [InlineData("9.999999999E+97", "709999999999", 15)]
    [InlineData("1E-98", "0F0100000000", 5)]
    [InlineData("1E-99", "000000000000", 5)]
    [InlineData("1E5X", "421000000000", 3)]
    [InlineData("7E", "400700000000", 1)]
    [InlineData("7E+", "400700000000", 1)]
    [InlineData("7ELSE", "400700000000", 1)]
    [InlineData("1.2.3", "400120000000", 3)]
    [InlineData("5,6", "400500000000", 1)]
    [InlineData("0.00000000000000000000000000000000000001E38", "400100000000", 43)]
    [InlineData("100000000000000000000000000000000000000E-38", "400100000000", 43)]
    public void A_text_gives_its_number_and_how_far_it_went(string text, string number, int taken)
    {
        Assert.Equal((true, taken), _rom.Parse(text));
        Assert.Equal(number, Convert.ToHexString(_rom.Number));
    }

    [Theory]
    [InlineData("")]
    [InlineData("X")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("E5")]
    [InlineData("1E98")]
    [InlineData("99999999999E88")]
    public void What_is_no_number_or_too_large_a_one_sets_carry(string text) => Assert.False(_rom.Parse(text).Found);

    [Theory]
    [InlineData("000000000000", "0")]
    [InlineData("400100000000", "1")]
    [InlineData("C01250000000", "-12.5")]
    [InlineData("3F0100000000", "0.01")]
    [InlineData("3F5000000000", "0.5")]
    [InlineData("BF9999999999", "-0.9999999999")]
    [InlineData("3E9900000000", "9.9E-03")]
    [InlineData("3E0900000000", "9E-04")]
    [InlineData("400314159265", "3.14159265")]
    [InlineData("410100000000", "100")]
    [InlineData("449999999999", "9999999999")]
    [InlineData("450100000000", "1E+10")]
    [InlineData("451000000000", "1.0E+11")]
    [InlineData("3E1000000000", "1.0E-03")]
    [InlineData("BD5000000000", "-5.0E-05")]
    [InlineData("3E1001000000", "1.001E-03")]
    [InlineData("3E1010000000", "1.01E-03")]
    [InlineData("451234567890", "1.23456789E+11")]
    [InlineData("709999999999", "9.999999999E+97")]
    [InlineData("0F0100000000", "1E-98")]
    [InlineData("8F0100000000", "-1E-98")]
    public void A_number_gives_its_text(string number, string text)
    {
        Convert.FromHexString(number).CopyTo(_rom.Memory[FloatingPointRom.Fr0..]);
        Assert.Equal(text, _rom.Print());
    }

    [Fact]
    public void All_integers_survive_the_way_to_a_number_and_back()
    {
        for (int value = 0; value < 0x10000; value += value < 300 ? 1 : 97)
        {
            (_rom.Memory[FloatingPointRom.Fr0], _rom.Memory[FloatingPointRom.Fr0 + 1]) = ((byte)value, (byte)(value >> 8));
            _rom.Call(IfpEntry);
            var number = Cli.Bench.FloatingPoint.PackedNumber.Decode(_rom.Number);
            Assert.Equal(0, (number - new Cli.Bench.FloatingPoint.ExactDecimal(value, 0)).Sign);
            Assert.True(Cli.Bench.FloatingPoint.PackedNumber.IsNormal(_rom.Number));
            Assert.False(_rom.Call(FpiEntry));
            Assert.Equal(value, _rom.Memory[FloatingPointRom.Fr0] | (_rom.Memory[FloatingPointRom.Fr0 + 1] << 8));
        }
    }

    [Theory]
    [InlineData("3F4999999999", 0)]
    [InlineData("3F5000000000", 1)]
    [InlineData("400149999999", 1)]
    [InlineData("400150000000", 2)]
    [InlineData("3E9900000000", 0)]
    [InlineData("42065535499999", 65535)]
    public void A_fraction_rounds_to_the_nearest_integer(string number, int value)
    {
        Convert.FromHexString(number)[..6].CopyTo(_rom.Memory[FloatingPointRom.Fr0..]);
        Assert.False(_rom.Call(FpiEntry));
        Assert.Equal(value, _rom.Memory[FloatingPointRom.Fr0] | (_rom.Memory[FloatingPointRom.Fr0 + 1] << 8));
    }

    [Theory]
    [InlineData("420655355000")]
    [InlineData("420655360000")]
    [InlineData("429999990000")]
    [InlineData("430100000000")]
    [InlineData("C00100000000")]
    public void What_is_no_integer_of_sixteen_bits_sets_carry(string number)
    {
        Convert.FromHexString(number).CopyTo(_rom.Memory[FloatingPointRom.Fr0..]);
        Assert.True(_rom.Call(FpiEntry));
    }

    [Theory]
    [InlineData("400700000000", 100)]
    [InlineData("411234000000", 190)]
    [InlineData("420234560000", 260)]
    public void An_index_takes_few_cycles(string number, int most)
    {
        Convert.FromHexString(number).CopyTo(_rom.Memory[FloatingPointRom.Fr0..]);
        _rom.Call(FpiEntry);
        Assert.InRange(_rom.Package.Cycles, 40, most);
        _rom.Call(IfpEntry);
        Assert.InRange(_rom.Package.Cycles, 40, 760);
    }

    [Fact]
    public void A_text_of_ten_digits_survives_the_way_to_a_number_and_back()
    {
        var random = new Random(8);
        for (int count = 0; count < 300; count++)
        {
            string text = random.NextInt64(100_000_000, 1_000_000_000).ToString(System.Globalization.CultureInfo.InvariantCulture).TrimEnd('0');
            text = text.Insert(1, ".").TrimEnd('.') + $"E{(count % 2 == 0 ? '-' : '+')}{random.Next(10, 97)}";
            Assert.True(_rom.Parse(text).Found);
            Assert.Equal(text, _rom.Print());
        }
    }
}
