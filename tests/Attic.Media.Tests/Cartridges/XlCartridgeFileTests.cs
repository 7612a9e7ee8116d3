using System.Buffers.Binary;
using Attic.Media.Cartridges;
using FsCheck;
using FsCheck.Fluent;

namespace Attic.Media.Tests.Cartridges;

public class XlCartridgeFileTests
{
    [Fact]
    public void A_CAR_file_tells_its_type_and_the_rest_is_ROM()
    {
        var cartridge = XlCartridgeFile.Read("a.car", Car(12, [1, 2, 3]));
        Assert.Equal(12, cartridge.Type);
        Assert.Equal([1, 2, 3], cartridge.Image.ToArray());
    }

    [Theory]
    [InlineData(2048, 57)]
    [InlineData(4096, 58)]
    [InlineData(8192, 1)]
    [InlineData(16_384, 2)]
    [InlineData(32_768, 12)]
    [InlineData(40_960, 18)]
    [InlineData(65_536, 13)]
    [InlineData(131_072, 14)]
    [InlineData(1_048_576, 25)]
    [InlineData(4_194_304, 63)]
    public void A_raw_image_is_told_by_its_size(int size, int type) => Assert.Equal(type, XlCartridgeFile.Read("a.rom", new byte[size], null).Type);

    [Fact]
    public void A_raw_image_that_starts_in_its_first_bank_is_one_of_Atarimax()
    {
        byte[] image = new byte[1 << 20];
        image.AsSpan().Fill(0xFF);
        (image[0x1FFC], image[0x1FFF], image[0x1FFB]) = (0, 0xA0, 0xA0);
        Assert.Equal(75, XlCartridgeFile.Read("a.rom", image).Type);
    }

    [Fact]
    public void The_user_knows_better() => Assert.Equal(41, XlCartridgeFile.Read("a.rom", new byte[131_072], 41).Type);

    [Theory]
    [InlineData(4, 0x04, "a cartridge type of the 8-bit computers")]
    [InlineData(4, 0, "a cartridge type from 1")]
    public void A_type_that_cannot_be_is_refused_with_the_place(long offset, byte type, string expected)
    {
        var damage = Assert.Throws<MediaFormatException>(() => XlCartridgeFile.Read("a.car", Car(type, [1])));
        Assert.Equal(offset, damage.Offset);
        Assert.Contains(expected, damage.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_checksum_is_refused_with_the_place()
    {
        byte[] file = Car(1, [1, 2]);
        file[^1]++;
        Assert.Equal(8, Assert.Throws<MediaFormatException>(() => XlCartridgeFile.Read("a.car", file)).Offset);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(3 * 1024)]
    public void A_raw_image_of_no_size_that_a_cartridge_has_is_refused(int size) =>
        Assert.Equal(size, Assert.Throws<MediaFormatException>(() => XlCartridgeFile.Read("a.rom", new byte[size])).Offset);

    [Fact]
    public void No_bytes_do_worse_than_the_documented_exception() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(),
        bytes =>
        {
            foreach (byte[] file in (byte[][])[bytes, [.. "CART"u8, .. bytes], [.. "CART"u8, 0, 0, 0, 1, .. bytes]])
            {
                try
                {
                    Assert.True(XlCartridgeFile.Read("a.car", file).Image.Length > 0);
                }
                catch (MediaFormatException damage)
                {
                    Assert.InRange(damage.Offset, 0, file.Length);
                }
            }
        }).QuickCheckThrowOnFailure();

    private static byte[] Car(byte type, byte[] rom)
    {
        byte[] file = [.. "CART"u8, 0, 0, 0, type, 0, 0, 0, 0, 0, 0, 0, 0, .. rom];
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(8), (uint)rom.Sum(value => value));
        return file;
    }
}
