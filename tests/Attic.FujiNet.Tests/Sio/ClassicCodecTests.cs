using System.Text;
using Attic.Abi.AtariXl;
using Attic.FujiNet.Platform;
using Attic.FujiNet.Sio;
using Attic.FujiNet.Sio.Classic;

namespace Attic.FujiNet.Tests.Sio;

/// <summary>Base64 and digests of device $70.</summary>
public sealed class ClassicCodecTests : IAsyncLifetime
{
    private FujiNetStack _stack = null!;
    private SioChain _chain = null!;

    public async Task InitializeAsync()
    {
        _stack = await FujiNetStack.CreateAsync(new());
        _chain = await AtariChain.CreateAsync(_stack, null, _ => { });
    }

    public async Task DisposeAsync()
    {
        _chain.Dispose();
        await _stack.DisposeAsync();
    }

    [Fact]
    public async Task Base64_comes_out_in_lines_of_the_Atari_and_goes_in_again()
    {
        byte[] data = [.. Enumerable.Range(0, 60).Select(value => (byte)(value * 3))];
        await GoodAsync(0xD0, 40, data[..40]);
        await GoodAsync(0xD0, 20, data[40..]);
        await GoodAsync(0xCF);
        int length = BitConverter.ToInt32(await GoodAsync(0xCE));
        byte[] text = await GoodAsync(0xCD, length);
        string expected = Convert.ToBase64String(data);
        Assert.Equal(expected[..72] + '\x9B' + expected[72..] + '\x9B', Encoding.Latin1.GetString(text));
        Assert.Equal(0, BitConverter.ToInt32(await GoodAsync(0xCE)));
        await GoodAsync(0xCC, text.Length, text);
        await GoodAsync(0xCB);
        Assert.Equal(data, await GoodAsync(0xC9, BitConverter.ToInt32(await GoodAsync(0xCA))));
    }

    [Theory]
    [InlineData(0, "900150983cd24fb0d6963f7d28e17f72")]
    [InlineData(1, "a9993e364706816aba3e25717850c26c9cd0d89d")]
    [InlineData(2, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData(3, "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f")]
    public async Task Digests_of_abc_are_those_of_the_standards(byte algorithm, string expected)
    {
        await GoodAsync(0xC8, 3, "abc"u8.ToArray());
        await GoodAsync(0xC3, algorithm);
        Assert.Equal([(byte)(expected.Length / 2)], await GoodAsync(0xC6));
        Assert.Equal(expected, Convert.ToHexStringLower(await GoodAsync(0xC5)));

        // Without clearing they are there still; with, not.
        await GoodAsync(0xC7, algorithm);
        Assert.Equal(expected, Encoding.ASCII.GetString(await GoodAsync(0xC5, 1)));
        await GoodAsync(0xC7, algorithm);
        Assert.NotEqual(expected, Encoding.ASCII.GetString(await GoodAsync(0xC5, 1)));
    }

    [Fact]
    public async Task What_makes_no_sense_is_an_error()
    {
        await BadAsync(0xD0, 0);
        await BadAsync(0xCD, 5);
        await BadAsync(0xC7, 99);
        await BadAsync(0xC5, 0);
        await BadAsync(0xCB, 0);
        Assert.Equal(SioReception.Nak, _chain.Accept(new SioCommand(0x70, 0xD0, 0xFF, 0xFF)));
        Assert.Equal(SioReception.Nak, _chain.Accept(new SioCommand(0x70, 0xBC, 4, 0)));
        for (int piece = 0; piece < 16; piece++)
        {
            await GoodAsync(0xC8, 4096, new byte[4096]);
        }

        await BadAsync(0xC8, 1, [0]);
    }

    private async Task<byte[]> GoodAsync(byte command, int aux = 0, byte[]? data = null)
    {
        var result = await RunAsync(command, aux, data);
        Assert.Equal(SioFrame.Complete, result.Answer);
        return result.Data.ToArray();
    }

    private async Task BadAsync(byte command, int aux, byte[]? data = null) => Assert.Equal(SioFrame.Error, (await RunAsync(command, aux, data)).Answer);

    private ValueTask<SioResult> RunAsync(byte code, int aux, byte[]? data)
    {
        var command = new SioCommand(ClassicFuji.Id, code, (byte)aux, (byte)(aux >> 8));
        Assert.Equal(SioReception.AckWrite(data?.Length ?? 0), _chain.Accept(command));
        return _chain.ExecuteAsync(command, data ?? []);
    }
}
