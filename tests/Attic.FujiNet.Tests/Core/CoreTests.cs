using Attic.FujiNet.Core;

namespace Attic.FujiNet.Tests.Core;

public class CoreTests
{
    [Fact]
    public void An_unknown_device_is_answered_with_the_command_echoed()
    {
        using var rig = new FujiRig();
        rig.Host.Write(Convert.FromHexString("C099010700A20001C0"));
        rig.TickUntil(() => rig.Host.Available > 0);
        byte[] answer = new byte[32];
        Assert.Equal("C099010700A30101C0", Convert.ToHexString(answer.AsSpan(0, rig.Host.Read(answer))));
    }

    [Fact]
    public void Bytes_of_the_last_peer_do_not_reach_the_next()
    {
        using var rig = new FujiRig();
        rig.Host.Write([0xC0, 0x99, 0x01]);
        rig.Core.Tick();
        rig.Host.Reconnect();
        Assert.Equal(IOStatus.DeviceNotFound, rig.Call(0x99, 1, [1]).Status);
    }

    [Fact]
    public void A_transport_whose_device_takes_time_does_not_hold_up_another()
    {
        using var rig = new FujiRig();
        var slow = new Gate();
        rig.Shared.Register(1, slow);
        rig.Shared.Register(2, new Gate { IsOpen = true });
        var other = rig.Connect();
        rig.Send(1, 7, []);
        Assert.Equal(IOStatus.Ok, rig.Call(2, 7, [], other).Status);
        Assert.Equal(0, rig.Host.Available);
        slow.Open();
        Assert.Equal(IOStatus.Ok, rig.Receive(1, 7).Status);
    }

    [Fact]
    public void Answers_come_in_the_order_of_the_requests()
    {
        using var rig = new FujiRig();
        var slow = new Gate();
        rig.Shared.Register(1, slow);
        rig.Shared.Register(2, new Gate { IsOpen = true });
        rig.Send(1, 7, []);
        rig.Send(2, 7, []);
        rig.Core.Tick();
        Assert.Equal(0, rig.Host.Available);
        slow.Open();
        Assert.Equal(IOStatus.Ok, rig.Receive(1, 7).Status);
        Assert.Equal(IOStatus.Ok, rig.Receive(2, 7).Status);
    }

    [Fact]
    public void A_device_that_is_not_reentrant_serves_one_transport_after_the_other()
    {
        using var rig = new FujiRig();
        var slow = new Gate();
        rig.Shared.Register(1, slow);
        var other = rig.Connect();
        rig.Send(1, 7, []);
        rig.Send(1, 7, [], other);
        rig.Core.Tick();
        Assert.Equal(1, slow.Requests);
        slow.Open();
        rig.Receive(1, 7);
        rig.Receive(1, 7, other);
        Assert.Equal(2, slow.Requests);
    }

    [Fact]
    public void A_fault_of_a_device_is_answered_and_reported()
    {
        using var rig = new FujiRig();
        rig.Shared.Register(1, new Broken());
        Assert.Equal(IOStatus.InternalError, rig.Call(1, 7, []).Status);
        Assert.Equal(IOStatus.InternalError, rig.Call(1, 8, []).Status);
        Assert.Contains(rig.Faults, fault => fault.Contains("command 07", StringComparison.Ordinal));
    }

    [Fact]
    public void What_follows_an_await_runs_on_the_cores_thread()
    {
        using var rig = new FujiRig();
        var device = new Hopping();
        rig.Shared.Register(1, device);
        Assert.Equal(IOStatus.Ok, rig.Call(1, 7, []).Status);
        Assert.Equal(Environment.CurrentManagedThreadId, device.Thread);
    }

    [Fact]
    public void Each_transport_has_its_own_device_where_devices_hold_sessions()
    {
        using var rig = new FujiRig();
        var made = new List<Gate>();
        rig.Core.Routing.RegisterPerTransport(1, _ =>
        {
            made.Add(new Gate { IsOpen = true });
            return made[^1];
        });
        var other = rig.Connect();
        rig.Call(1, 7, []);
        rig.Call(1, 7, [], other);
        rig.Call(1, 7, [], other);
        Assert.Equal([1, 2], made.Select(gate => gate.Requests));
    }

    [Fact]
    public void A_rule_limits_what_a_transport_reaches()
    {
        using var rig = new FujiRig();
        rig.Shared.Register(0x45, new Gate { IsOpen = true });
        rig.Shared.Register(0xF0, new Gate { IsOpen = true });
        rig.Core.Routing.SetRule(rig.Core.IO.Transports.First().Id, RouteRule.Parse("45,FB-FE"));
        Assert.Equal(IOStatus.Ok, rig.Call(0x45, 7, []).Status);
        Assert.Equal(IOStatus.DeviceNotFound, rig.Call(0xF0, 7, []).Status);
        Assert.Equal(IOStatus.Ok, rig.Call(0xF0, 7, [], rig.Connect()).Status);
    }

    [Fact]
    public void Events_reach_subscribers_in_their_order_until_they_leave()
    {
        var events = new EventHub();
        var heard = new List<string>();
        var first = events.Network.Subscribe(item => heard.Add($"1 {item.Kind}"));
        events.Network.Subscribe(item => heard.Add($"2 {item.Kind}"));
        var state = new NetworkLinkState(IsUp: true, "127.0.0.1");
        var monitor = new NetworkLinkMonitor(() => state, events);
        monitor.Poll();
        monitor.Poll();
        first.Dispose();
        state = new(IsUp: false);
        monitor.Poll();
        Assert.Equal(["1 LinkUp", "2 LinkUp", "1 GotIp", "2 GotIp", "2 LinkDown"], heard);
    }

    private sealed class Gate : VirtualDevice
    {
        private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsOpen { get; init; }

        public int Requests { get; private set; }

        public void Open() => _opened.SetResult();

        public override async ValueTask<IOResponse> HandleAsync(IORequest request)
        {
            Requests++;
            if (!IsOpen)
            {
                await _opened.Task;
            }

            return request.Answer();
        }
    }

    private sealed class Broken : VirtualDevice
    {
        public override ValueTask<IOResponse> HandleAsync(IORequest request) =>
            request.Command == 7 ? throw new InvalidOperationException("broken") : Later();

        private static async ValueTask<IOResponse> Later()
        {
            await Task.Yield();
            throw new InvalidOperationException("broken later");
        }
    }

    private sealed class Hopping : VirtualDevice
    {
        public int Thread { get; private set; }

        public override async ValueTask<IOResponse> HandleAsync(IORequest request)
        {
            await Task.Run(() => { });
            Thread = Environment.CurrentManagedThreadId;
            return request.Answer();
        }
    }
}
