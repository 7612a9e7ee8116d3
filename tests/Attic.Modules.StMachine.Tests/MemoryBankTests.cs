namespace Attic.Modules.StMachine.Tests;

public class MemoryBankTests
{
    [Theory]
    [InlineData(256, 0x0)]
    [InlineData(512, 0x4)]
    [InlineData(640, 0x4)]
    [InlineData(1024, 0x5)]
    [InlineData(2048, 0x8)]
    [InlineData(2560, 0x9)]
    [InlineData(4096, 0xA)]
    public void The_right_configuration_maps_memory_one_to_one(int kilobytes, byte configuration)
    {
        var banks = new MemoryBanks(kilobytes);
        banks.Configure(configuration);
        Assert.Equal((uint)kilobytes * 1024, banks.LinearEnd);
        for (uint address = 0; address < banks.LinearEnd; address += 510)
        {
            Assert.Equal(address, banks.Translate(address));
        }

        Assert.Equal(MemoryBanks.Nothing, banks.Translate(kilobytes == 4096 ? 0x400000u : 0x3FFFFEu));
    }

    // How every TOS tells the sizes: with both banks set to 2 MB, a smaller bank's contents repeat where its missing
    // address line would have told two rows apart: 0x400 for 512 KB, 0x200 for 128 KB.
    [Theory]
    [InlineData(256, 0x200)]
    [InlineData(1024, 0x400)]
    public void Smaller_chips_repeat_under_a_larger_configuration(int kilobytes, uint distance)
    {
        var banks = new MemoryBanks(kilobytes);
        banks.Configure(0xA);
        Assert.Equal(banks.Translate(8), banks.Translate(8 + distance));
        Assert.Equal(banks.Translate(0x200008), banks.Translate(0x200008 + distance));
        Assert.NotEqual(banks.Translate(8), banks.Translate(8 + (distance / 2)));
        Assert.NotEqual(banks.Translate(8), banks.Translate(0x200008));
    }

    [Fact]
    public void Full_sized_chips_do_not_repeat()
    {
        var banks = new MemoryBanks(4096);
        banks.Configure(0xA);
        Assert.Equal(0x408u, banks.Translate(0x408));
        Assert.Equal(0x208u, banks.Translate(0x208));
    }

    [Fact]
    public void Every_translation_stays_inside_the_chips()
    {
        foreach (int kilobytes in new[] { 256, 512, 640, 1024, 2048, 2560, 4096 })
        {
            var banks = new MemoryBanks(kilobytes);
            for (int configuration = 0; configuration < 16; configuration++)
            {
                banks.Configure((byte)configuration);
                for (uint address = 0; address < 0x400000; address += 0x1FE)
                {
                    uint index = banks.Translate(address);
                    Assert.True(index == MemoryBanks.Nothing || index < (uint)banks.Size);
                }
            }
        }
    }

    [Fact]
    public void An_impossible_size_is_refused_with_the_possible_ones()
    {
        var error = Assert.Throws<ArgumentException>(() => new MemoryBanks(768));
        Assert.Contains("512", error.Message, StringComparison.Ordinal);
    }
}
