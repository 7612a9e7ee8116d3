using Attic.Abi.Cpu;
using Attic.Abi.Machines;
using Attic.Engine.Debug;
using Attic.Engine.Errors;
using Attic.Engine.Streams;

namespace Attic.Engine.Sessions;

/// <summary>The reply of <c>debug/breakpoints</c>.</summary>
/// <param name="Addresses">Where the machine stops.</param>
/// <param name="LastHit">The last one that it stopped at, or null.</param>
/// <param name="RunMode"><c>single_step</c> after a hit.</param>
public sealed record BreakpointStatus(IReadOnlyList<uint> Addresses, BreakpointHit? LastHit, string RunMode);

/// <summary>The reply of <c>engine/screen</c>.</summary>
/// <param name="Text">The text on the screen; null when the machine cannot tell.</param>
/// <param name="FrameNumber">Pictures completed since power-on.</param>
public sealed record ScreenReply(string? Text, long FrameNumber);

/// <content>Breakpoints, and what the screen shows.</content>
public sealed partial class Session
{
    private readonly Breakpoints _breakpoints = new();

    /// <summary>Sets all breakpoints anew.</summary>
    /// <param name="addresses">At most 64, each within the machine's address space.</param>
    /// <param name="endpoint">The path asked for.</param>
    /// <exception cref="EngineException"><c>BAD_REQUEST</c>: an address is none of this machine.</exception>
    public Task<BreakpointStatus> SetBreakpointsAsync(IReadOnlyList<uint> addresses, string endpoint) =>
        Control(LifecycleGuard.Active.For("breakpoints"), endpoint, () =>
        {
            int bits = Host.Machine.Capability<IMemoryInspector>()?.AddressBits ?? 32;
            foreach (uint address in addresses)
            {
                if ((ulong)address >> bits != 0)
                {
                    throw JsonFields.WrongField("addresses", $"addresses of {bits} bits", address);
                }
            }

            _breakpoints.Set(addresses);
            return Breakpoints();
        });

    /// <summary>The breakpoints.</summary>
    public Task<BreakpointStatus> BreakpointsAsync() => Ask(Breakpoints);

    /// <summary>The text on the machine's screen.</summary>
    public Task<ScreenReply> ScreenAsync() => Ask(() => new ScreenReply(Host.Machine.Capability<IScreenText>()?.ReadScreenText(), Host.Machine.FrameNumber));

    private BreakpointStatus Breakpoints() => new(_breakpoints.Addresses, _breakpoints.LastHit, _clock.ModeName);

    // A picture, tick by tick; ends early in front of a breakpoint. The instruction that it begins with is not held up: it may
    // be the one that the machine was stopped at.
    private void RunFrameToBreakpoint()
    {
        var host = _host!;
        long frame = host.Machine.FrameNumber;
        while (host.Machine.FrameNumber == frame)
        {
            host.Machine.RunTicks(1);
            if (_breakpoints.StopsAt(ProgramCounter(host.Machine)))
            {
                host.Machine.Synchronize();
                host.Publish(muted: false);
                Stop(ProgramCounter(host.Machine));
                return;
            }
        }

        host.Machine.Synchronize();
        host.Publish(muted: false);
    }

    private void Stop(uint address)
    {
        var hit = new BreakpointHit(address, Host.Tick, Host.Cycle);
        _breakpoints.LastHit = hit;
        _clock.Change(RunMode.SingleStep, ratio: null);
        Reanchor();
        Streams.Post(StreamKind.Engine, new EventUnit("debug_breakpoint_hit", RuntimeClock.NowUs, ("hit", EngineJson.Bytes(hit))));
        PublishStatus();
    }

    // The address of the instruction that runs next; none when an interrupt comes before it.
    private static uint ProgramCounter(IMachine machine) =>
        machine.Capability<IMos6502Cpu>() is { } small ? small.Registers.Next == Mos6502Next.Instruction ? small.Registers.Pc : uint.MaxValue
        : machine.Capability<IM68kCpu>() is { } cpu ? cpu.Registers.Pc - 4
        : uint.MaxValue;
}
