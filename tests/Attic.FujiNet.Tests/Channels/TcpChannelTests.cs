using System.Net;
using System.Net.Sockets;
using Attic.FujiNet.Channels;
using Attic.FujiNet.Core;
using Attic.FujiNet.Transports;

namespace Attic.FujiNet.Tests.Channels;

public class TcpChannelTests
{
    private const string Question = "C099010700A20001C0";
    private const string Answer = "C099010700A30101C0";

    [Fact]
    public void A_client_over_tcp_is_answered_also_after_another_left_half_a_frame()
    {
        using var rig = new FujiRig();
        var channel = new TcpServerChannel(new IPEndPoint(IPAddress.Loopback, 0));
        rig.Core.IO.Add(new FujiBusTransport(channel));
        using (var first = new TcpClient())
        {
            first.Connect(channel.EndPoint);
            first.GetStream().Write(Convert.FromHexString("C0990107"));
            rig.TickUntil(() => channel.HasClient);
            rig.Core.Tick();
        }

        rig.TickUntil(() => !channel.HasClient);
        using var second = new TcpClient();
        second.Connect(channel.EndPoint);
        second.GetStream().Write(Convert.FromHexString(Question));
        rig.TickUntil(() => second.Available >= Answer.Length / 2);
        byte[] answer = new byte[Answer.Length / 2];
        second.GetStream().ReadExactly(answer);
        Assert.Equal(Answer, Convert.ToHexString(answer));
    }

    [Fact]
    public void A_client_that_asks_and_never_reads_is_not_served_on()
    {
        using var rig = new FujiRig();
        rig.Shared.Register(1, new Big());
        var channel = new TcpServerChannel(new IPEndPoint(IPAddress.Loopback, 0));
        rig.Core.IO.Add(new FujiBusTransport(channel));
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        client.Connect(channel.EndPoint);
        client.Blocking = false;
        byte[] questions = Convert.FromHexString(string.Concat(Enumerable.Repeat("C00101060008" + "00C0", 200)));
        int sent = client.Send(questions, SocketFlags.None, out _);
        Assert.Equal(questions.Length, sent);
        rig.TickUntil(() => channel.HasUnsent);
        long served = rig.Core.IO.Served;
        for (int tick = 0; tick < 10; tick++)
        {
            rig.Core.Tick();
        }

        Assert.True(rig.Core.IO.Served < 200, "Every request was answered into the void.");
        Assert.Equal(served, rig.Core.IO.Served);
        Assert.True(channel.HasClient);
    }

    private sealed class Big : VirtualDevice
    {
        public override ValueTask<IOResponse> HandleAsync(IORequest request)
        {
            request.Reply.Zeros(60_000);
            return new(request.Answer());
        }
    }
}
