using Attic.Abi.AtariXl;
using Attic.Abi.Machines;
using Attic.Abi.Scheduling;
using Attic.Abi.State;
using Attic.Abi.Time;

namespace Attic.Modules.XlMachine;

/// <summary>
/// The user's fingers at power-on: holds console keys until the machine turns to a disk, at most two seconds. By then the
/// OS has looked at them, and a program that it loads finds them released.
/// </summary>
internal sealed class BootKeys : IStateful, IDeadlineHandler, IXlBootKeys
{
    /// <summary>The name of its deadline slot.</summary>
    public const string Slot = "bootkeys";

    private const int MostLooks = 120;

    private readonly DeadlineSlots _deadlines;
    private readonly int _slot;
    private readonly IActivity _activity;
    private readonly Action _changed;
    private readonly long _interval;
    private BootKeysState _s;

    /// <summary>Keys that nobody holds yet.</summary>
    /// <param name="deadlines">The machine's slots.</param>
    /// <param name="activity">Tells of disk commands.</param>
    /// <param name="interval">Master cycles between two looks: a picture.</param>
    /// <param name="changed">Called when the keys were released.</param>
    public BootKeys(DeadlineSlots deadlines, IActivity activity, long interval, Action changed)
    {
        (_deadlines, _activity, _interval, _changed) = (deadlines, activity, interval, changed);
        _slot = deadlines.Claim(Slot, this);
    }

    /// <inheritdoc/>
    public XlConsoleKeys AtPowerOn { get; set; }

    /// <summary>The keys that are held, as bits 0–2.</summary>
    public byte Held => (byte)_s.Held;

    /// <summary>The power comes on.</summary>
    public void PowerOn(MasterCycles now)
    {
        _s = new() { Held = (int)AtPowerOn, Commands = _activity.Disk };
        if (AtPowerOn != XlConsoleKeys.None)
        {
            _deadlines.Set(_slot, new(now.Count + _interval));
        }
    }

    /// <inheritdoc/>
    public void OnDeadline(MasterCycles at)
    {
        _s.Looks++;
        if (_s.Looks >= MostLooks || _activity.Disk != _s.Commands)
        {
            _s.Held = 0;
            _changed();
            return;
        }

        _deadlines.Set(_slot, new(at.Count + _interval));
    }

    /// <inheritdoc/>
    public void Visit(StateVisitor visitor) => visitor.Struct("keys", ref _s);

    private struct BootKeysState
    {
        public long Commands;
        public int Looks;
        public int Held;
    }
}
