using Attic.Abi.AtariXl;
using Attic.FujiNet.Platform;
using Attic.FujiNet.Sio;

namespace Attic.FujiNet.Tests.Sio;

/// <summary>FujiBus inside SIO (profile ATARI_FUJIBUS_NETSIO).</summary>
public sealed class FujiBusBridgeTests
{
    // The public example: the clock's zone.
    private static readonly byte[] s_request = Convert.FromHexString("C0450407005100 01C0".Replace(" ", string.Empty, StringComparison.Ordinal));
    private static readonly byte[] s_answer = Convert.FromHexString("C045040D004801000103555443 00C0".Replace(" ", string.Empty, StringComparison.Ordinal));

    [Theory]
    [InlineData(FujiBusBridge.Id)]
    [InlineData(FujiBusBridge.SecondId)]
    public async Task A_stream_in_parts_is_answered_and_the_answer_filled_up_with_zeros(byte device)
    {
        await using var stack = await FujiNetStack.CreateAsync(new());
        var (chain, bus) = AtariChain.CreateFujiBus(stack);
        using var owned = chain;
        stack.Core.IO.Add(bus);
        await WriteAsync(chain, device, s_request[..3]);
        await WriteAsync(chain, device, s_request[3..]);
        Assert.Equal(SioResult.Complete, await ReadAsync(chain, device, 0));
        while (stack.Core.Tick())
        {
            // Until it has answered.
        }

        byte[] first = (await ReadAsync(chain, device, 4)).Data.ToArray();
        byte[] rest = (await ReadAsync(chain, device, 0)).Data.ToArray();
        Assert.Equal(768, rest.Length);
        Assert.Equal(s_answer, (byte[])[.. first, .. rest[..(s_answer.Length - 4)]]);
        Assert.True(Array.TrueForAll(rest[(s_answer.Length - 4)..], value => value == 0));
        Assert.Equal(SioResult.Complete, await ReadAsync(chain, device, 128));
    }

    [Fact]
    public async Task A_cold_start_forgets_what_was_under_way()
    {
        await using var stack = await FujiNetStack.CreateAsync(new());
        var (chain, bus) = AtariChain.CreateFujiBus(stack);
        using var owned = chain;
        stack.Core.IO.Add(bus);
        await WriteAsync(chain, FujiBusBridge.Id, s_request[..4]);
        stack.Core.Tick();
        chain.Reset(cold: true);
        await WriteAsync(chain, FujiBusBridge.Id, s_request);
        while (stack.Core.Tick())
        {
            // Until it has answered.
        }

        Assert.Equal(s_answer, (await ReadAsync(chain, FujiBusBridge.Id, s_answer.Length)).Data.ToArray());
    }

    [Fact]
    public void Nothing_and_too_much_are_refused()
    {
        var (device, host) = FujiNet.Channels.MemoryChannel.CreatePair("test");
        using var owned = device;
        using var bridge = new FujiBusBridge(host);
        Assert.Equal(SioReception.Nak, bridge.Accept(new SioCommand(0x71, (byte)'W', 0, 0)));
        Assert.Equal(SioReception.Nak, bridge.Accept(new SioCommand(0x71, (byte)'W', 1, 0x10)));
        Assert.Equal(SioReception.Nak, bridge.Accept(new SioCommand(0x71, (byte)'?', 0, 0)));
    }

    private static async Task WriteAsync(SioChain chain, byte device, byte[] bytes)
    {
        var command = new SioCommand(device, (byte)'W', (byte)bytes.Length, 0);
        Assert.Equal(SioReception.AckWrite(bytes.Length), chain.Accept(command));
        Assert.Equal(SioFrame.Complete, (await chain.ExecuteAsync(command, bytes)).Answer);
    }

    private static ValueTask<SioResult> ReadAsync(SioChain chain, byte device, int bytes) =>
        chain.ExecuteAsync(new SioCommand(device, (byte)'R', (byte)bytes, (byte)(bytes >> 8)), default);
}
