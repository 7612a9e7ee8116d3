using Attic.FujiNet.Core;
using Attic.FujiNet.Diagnostics;
using Attic.FujiNet.Platform;
using Attic.FujiNet.Protocols;
using Attic.FujiNet.Tests.Protocols;
using FsCheck;
using FsCheck.Fluent;

namespace Attic.FujiNet.Tests.Core;

public class BadInputTests
{
    private const int Rounds = 60;
    private const int Seed = 4711;

    public static TheoryData<byte, byte> Commands
    {
        get
        {
            var data = new TheoryData<byte, byte>();
            foreach (var (device, command) in PacketNames.Commands)
            {
                // A restart that is asked for is no bad input.
                if (device != DeviceIds.Fuji)
                {
                    data.Add(device, command);
                }
            }

            return data;
        }
    }

    [Fact]
    public void There_are_59_commands() => Assert.Equal(59, PacketNames.Commands.Count());

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_command_answers_any_payload_with_a_status(byte device, byte command)
    {
        using var rig = await StackRig.StartAsync();
        var chance = new Random(Seed + (device << 8) + command);
        for (int round = 0; round < Rounds; round++)
        {
            byte[] payload = Payload(chance);
            var (status, answer) = rig.Call(device, command, payload);
            Assert.True(Enum.IsDefined(status), $"{status}");
            Assert.True(status != IOStatus.InternalError, $"{Convert.ToHexString(payload)}: {string.Join('\n', rig.Log)}");
            Assert.True(status == IOStatus.Ok || answer.Length <= 4);
        }

        Assert.Empty(rig.Log);
    }

    [Fact]
    public async Task After_any_soup_of_bytes_the_next_request_is_answered()
    {
        using var rig = await StackRig.StartAsync();
        Prop.ForAll(Wires.SpecialBytes.ToArbitrary(), (byte[] soup) =>
        {
            rig.Write(soup);
            return rig.AskAfterSoup();
        }).QuickCheckThrowOnFailure();
    }

    // Payloads that start like real ones: the version, texts with lengths that fit or not.
    private static byte[] Payload(Random chance)
    {
        var payload = new PayloadWriter().Byte((byte)(chance.Next(10) == 0 ? chance.Next(256) : 1));
        for (int fields = chance.Next(8); fields > 0; fields--)
        {
            switch (chance.Next(5))
            {
                case 0:
                    payload.Byte((byte)chance.Next(12));
                    break;
                case 1:
                    payload.Word(chance.Next(4) == 0 ? chance.Next(65_536) : chance.Next(16));
                    break;
                case 2:
                    payload.Long(chance.Next(4) == 0 ? (uint)chance.NextInt64(uint.MaxValue) : (uint)chance.Next(600));
                    break;
                case 3:
                    string[] texts = ["host:/", "host:/a", "host:/../..", "/", "", "x:y", "tcp://127.0.0.1:1", "tcp://[", "udp://", "\0", "\uFFFD", "UTC"];
                    payload.Text(texts[chance.Next(texts.Length)]);
                    break;
                default:
                    byte[] bytes = new byte[chance.Next(20)];
                    chance.NextBytes(bytes);
                    payload.Bytes(bytes);
                    break;
            }
        }

        return payload.Written.ToArray();
    }

    /// <summary>A whole stack in memory, ticked by the test, without time to hold answers back.</summary>
    private sealed class StackRig : IDisposable
    {
        private readonly FujiNetStack _stack;
        private readonly Attic.FujiNet.Channels.MemoryChannel _host;
        private readonly SlipDecoder _decoder = new();

        private StackRig(FujiNetStack stack, List<string> log)
        {
            (_stack, Log) = (stack, log);
            var (device, host) = Attic.FujiNet.Channels.MemoryChannel.CreatePair("test");
            stack.Core.IO.Add(new Attic.FujiNet.Transports.FujiBusTransport(device));
            _host = host;
        }

        public List<string> Log { get; }

        public static async Task<StackRig> StartAsync()
        {
            var log = new List<string>();
            return new(await FujiNetStack.CreateAsync(new() { Log = log.Add }), log);
        }

        public void Write(byte[] bytes) => _host.Write(bytes);

        public (IOStatus Status, byte[] Payload) Call(byte device, byte command, byte[] payload)
        {
            Send(device, command, payload);
            byte[] answer = Receive();
            Assert.Equal(FujiBusFault.None, FujiBusPacket.Read(answer, out var packet));
            Assert.Equal((device, command), (packet.Device, packet.Command));
            return ((IOStatus)answer[6], packet.Payload.ToArray());
        }

        // The soup may hold a request of its own; ours is answered last.
        public bool AskAfterSoup()
        {
            Write([Slip.End]);
            Send(0x99, 0x77, []);
            byte[] answer;
            do
            {
                answer = Receive();
            }
            while (answer is not [0x99, 0x77, ..]);
            return answer[6] == (byte)IOStatus.DeviceNotFound;
        }

        public void Dispose() => _stack.Core.Dispose();

        private void Send(byte device, byte command, byte[] payload)
        {
            byte[] packet = new byte[FujiBusPacket.HeaderBytes + payload.Length];
            FujiBusPacket.Write(device, command, [], payload, packet);
            byte[] wire = new byte[Slip.MaxEncodedLength(packet.Length)];
            _host.Write(wire.AsSpan(0, Slip.Encode(packet, wire)));
        }

        private byte[] Receive()
        {
            byte[] one = new byte[1];
            long start = Environment.TickCount64;
            while (Environment.TickCount64 - start < 20_000)
            {
                while (_host.Read(one) > 0)
                {
                    ReadOnlySpan<byte> rest = one;
                    if (_decoder.TryRead(ref rest, out ReadOnlySpan<byte> frame))
                    {
                        return frame.ToArray();
                    }
                }

                if (!_stack.Core.Tick() && _host.Available == 0)
                {
                    Thread.Yield();
                }
            }

            throw new TimeoutException("No answer.");
        }
    }
}
