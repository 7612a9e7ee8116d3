using Attic.Abi.AtariXl;
using Attic.Abi.Machines;
using Attic.Engine.Errors;

namespace Attic.Engine.Sessions;

/// <summary>The FujiNet at a session's serial socket.</summary>
/// <param name="Available">Whether the engine has one for this machine.</param>
/// <param name="On">Whether it is plugged in.</param>
/// <param name="Drives">What is in its drives; empty when it is not plugged in.</param>
public sealed record FujiNetStatus(bool Available, bool On, IReadOnlyList<SioGuestDrive> Drives);

/// <content>The FujiNet: plugged in from the start, where the engine has one and the machine a socket for it.</content>
public sealed partial class MediaBay
{
    private readonly Func<ISioGuest>? _makeFujiNet;
    private ISioGuest? _fujiNet;

    /// <summary>The FujiNet and its drives.</summary>
    public Task<FujiNetStatus> FujiNetAsync() => _session.Ask(FujiNetNow);

    /// <summary>Plugs the FujiNet in, or pulls it out; its drives flush what they hold.</summary>
    /// <param name="on">In or out.</param>
    /// <param name="endpoint">The path asked for.</param>
    /// <exception cref="EngineException">
    /// <c>CONFLICT</c>: the engine has none, another session has it, or its folder cannot be used; <c>UNSUPPORTED_MEDIA_FORMAT</c>: the machine has no
    /// socket for one.
    /// </exception>
    public async Task<FujiNetStatus> ControlFujiNetAsync(bool on, string endpoint)
    {
        using var turn = await EnterAsync();
        var made = on && await _session.Ask(() => _fujiNet is null) ? Make() : null;
        try
        {
            ISioGuest? pulled = null;
            var status = await _session.Control(LifecycleGuard.Active.For("media"), endpoint, () =>
            {
                var machine = _session.Host.Machine;
                SocketOf(machine);
                pulled = on ? null : _fujiNet;
                _fujiNet = on ? _fujiNet ?? made : null;
                PlugFujiNet(machine);
                return FujiNetNow();
            });
            made = null;
            pulled?.Dispose();
            return status;
        }
        finally
        {
            made?.Dispose();
        }
    }

    // Machine thread: before the machine runs. Without one, because another session has it, the machine starts all the same; the status says so.
    private void MakeFujiNet(IMachine machine)
    {
        if (_makeFujiNet is null || machine.Capability<ISioPort>() is null)
        {
            return;
        }

        try
        {
            _fujiNet = _makeFujiNet();
            PlugFujiNet(machine);
        }
        catch (IOException)
        {
            _fujiNet = null;
        }
    }

    // Machine thread. A FujiNet has a printer of its own, of the same name.
    private void PlugFujiNet(IMachine machine)
    {
        machine.Capability<ISioPort>()?.Plug(_fujiNet?.Mailbox, machine.Now);
        LoadPaper(machine);
    }

    // Machine thread, at the end.
    private void CloseFujiNet()
    {
        _fujiNet?.Dispose();
        _fujiNet = null;
    }

    private ISioGuest Make()
    {
        try
        {
            return _makeFujiNet?.Invoke() ?? throw new EngineException(
                ErrorCode.Conflict, "The engine was started without a FujiNet.", ErrorDetails.Of(("remediation", "attic up --machine xl --fuji DIR")));
        }
        catch (IOException unusable)
        {
            throw new EngineException(ErrorCode.Conflict, $"The FujiNet cannot be used: {unusable.Message}", inner: unusable);
        }
    }

    private FujiNetStatus FujiNetNow()
    {
        bool fits = _session.Host.Machine.Capability<ISioPort>() is not null;
        return new(_makeFujiNet is not null && fits, _fujiNet is not null, _fujiNet?.Drives ?? []);
    }

    private static ISioPort SocketOf(IMachine machine) => machine.Capability<ISioPort>() ?? throw new EngineException(
        ErrorCode.UnsupportedMediaFormat, "The machine has no serial socket for a FujiNet.", ErrorDetails.Of(("supported", Array.Empty<string>())));
}
