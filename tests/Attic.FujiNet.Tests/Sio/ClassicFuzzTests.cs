using Attic.Abi.AtariXl;
using Attic.FujiNet.Disk;
using Attic.FujiNet.Platform;
using Attic.FujiNet.Sio;

namespace Attic.FujiNet.Tests.Sio;

/// <summary>Every command of every device on the serial bus, with any parameters and any data: an answer, and never a fault.</summary>
public sealed class ClassicFuzzTests
{
    private const int Rounds = 3;

    // D1:, D2:, D8:; P1:; clock; polls; R1:; CP/M; the FujiNet; N1:, N2:, N8:; the handler's loader.
    private static readonly byte[] s_devices = [0x31, 0x32, 0x38, 0x40, 0x45, 0x4F, 0x50, 0x5A, 0x70, 0x71, 0x72, 0x78, 0x7E];

    public static TheoryData<byte> Devices => [.. s_devices];

    [Theory]
    [MemberData(nameof(Devices))]
    public async Task Any_command_gets_an_answer_and_no_device_faults(byte device)
    {
        using var folder = new TemporaryFolder();
        SioChain? chain = null;
        var faults = new List<string>();
        await using var server = await FujiServer.StartAsync(
            folder.Path,
            config =>
            {
                // Nothing here speaks to other computers.
                config.Network.Allow = "127.0.0.1";
                config.Boot.IsConfig = false;
                config.Devices.Modem = true;
            },
            (stack, _) =>
            {
                Insert(stack).AsTask().GetAwaiter().GetResult();
                chain = AtariChain.CreateAsync(stack, null, faults.Add).AsTask().GetAwaiter().GetResult();
            });
        var random = new Random(device);
        for (int round = 0; round < Rounds; round++)
        {
            for (int command = 0; command < 256; command++)
            {
                await CallAsync(server, chain!, new SioCommand(device, (byte)command, Parameter(random), Parameter(random)), random);
            }
        }

        Assert.Empty(faults);
        Assert.DoesNotContain(server.Log, line => line.StartsWith("fault", StringComparison.Ordinal));
    }

    private static byte Parameter(Random random) => random.Next(3) switch { 0 => 0, 1 => (byte)random.Next(9), _ => (byte)random.Next(256) };

    private static byte[] Data(Random random, int length)
    {
        byte[] data = new byte[length];
        random.NextBytes(data);
        string[] starts = ["", "", "N:TCP://127.0.0.1:1/\u009B", "N:HOST:/x\u009B", "N:HTTP://127.0.0.1:1/\u009B", "SD", "/a,/b\u009B", "\0\0"];
        byte[] start = System.Text.Encoding.Latin1.GetBytes(starts[random.Next(starts.Length)]);
        start.AsSpan(0, Math.Min(start.Length, length)).CopyTo(data);
        return data;
    }

    private static async Task CallAsync(FujiServer server, SioChain chain, SioCommand command, Random random)
    {
        var reception = chain.Accept(command);
        Assert.Contains(reception.Answer, new byte[] { 0, SioFrame.Ack, SioFrame.Nak });
        if (reception.Answer != SioFrame.Ack)
        {
            Assert.Equal(0, reception.WriteBytes);
            return;
        }

        // As many bytes as it asked for, mostly.
        byte[] data = Data(random, random.Next(8) == 0 ? random.Next(600) : reception.WriteBytes);
        var done = new TaskCompletionSource<SioResult>();
        server.Stack.Core.Context.Post(_ => _ = ExecuteAsync(), null);
        var result = await done.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Contains(result.Answer, new[] { SioFrame.Complete, SioFrame.Error });
        Assert.InRange(result.Data.Length, 0, SioMailbox.LargestFrame);

        async Task ExecuteAsync()
        {
            try
            {
                done.SetResult(await chain.ExecuteAsync(command, data));
            }
            catch (Exception fault)
            {
                done.SetException(fault);
            }
        }
    }

    private static async ValueTask Insert(FujiNetStack stack)
    {
        for (int slot = 0; slot < 2; slot++)
        {
            var target = stack.Storage.Resolve($"host:/d{slot}.atr")!;
            await stack.Disks.CreateAsync(target, ImageFormats.LayoutOfNew(ImageType.Atr, 128, 720), overwrite: true);
            await stack.Disks.MountAsync(slot, target, new MountOptions(Atari: true));
        }
    }
}
