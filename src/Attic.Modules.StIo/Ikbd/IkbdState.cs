using System.Runtime.CompilerServices;
using Attic.Modules.StIo.Serial;

namespace Attic.Modules.StIo.Ikbd;

/// <summary>Everything that the keyboard remembers. Moments are master cycles, the far future when nothing is to come.</summary>
internal struct IkbdState
{
    /// <summary>When keys, mouse and sticks are looked at next.</summary>
    public long NextScan;

    /// <summary>When the character being sent is out.</summary>
    public long TransmitEnd;

    /// <summary>When the character being received is in.</summary>
    public long ReceiveEnd;

    /// <summary>When the self-test is over; 0 when none runs.</summary>
    public long ResetEnd;

    /// <summary>When the line was pulled low for a break.</summary>
    public long BreakStart;

    /// <summary>When the last byte of a command came.</summary>
    public long LastCommandByte;

    /// <summary>When a monitoring mode takes its next sample.</summary>
    public long NextSample;

    /// <summary>Bytes in both directions so far.</summary>
    public long BytesPassed;

    /// <summary>Joystick keycode mode, horizontal.</summary>
    public AxisRepeat Horizontal;

    /// <summary>Joystick keycode mode, vertical.</summary>
    public AxisRepeat Vertical;

    /// <summary>The time of day.</summary>
    public IkbdClock Clock;

    /// <summary>Keys that are down, as the host says.</summary>
    public KeySet Wanted;

    /// <summary>Keys that are down, as far as they have been reported.</summary>
    public KeySet Held;

    /// <summary>The character being received.</summary>
    public SerialFrame Incoming;

    /// <summary>Mouse clicks not yet reported, right is positive.</summary>
    public int MouseX;

    /// <summary>Mouse clicks not yet reported, towards the user is positive.</summary>
    public int MouseY;

    /// <summary>Absolute position, scaled.</summary>
    public int AbsoluteX;

    /// <summary>Absolute position, scaled.</summary>
    public int AbsoluteY;

    /// <summary>Largest absolute position.</summary>
    public int MaximumX;

    /// <summary>Largest absolute position.</summary>
    public int MaximumY;

    /// <summary>Changes of controls that wait to be looked at.</summary>
    public int EventCount;

    /// <summary>The oldest of them.</summary>
    public int EventFirst;

    /// <summary>Bytes that wait to be sent.</summary>
    public int OutputCount;

    /// <summary>The oldest of them.</summary>
    public int OutputFirst;

    /// <summary>Where a memory load writes next.</summary>
    public int LoadAddress;

    /// <summary>Bytes that a memory load still expects.</summary>
    public int LoadLeft;

    /// <summary>Bytes of the command so far.</summary>
    public int CommandLength;

    /// <summary>Samples of the fire button not yet sent, the oldest highest; and their number in bits 8 to 11.</summary>
    public int FireSamples;

    /// <summary>Waiting changes: a control's number, bit 15 for a release.</summary>
    public EventQueue Events;

    /// <summary>Waiting bytes: bit 8 marks the last of a packet.</summary>
    public OutputQueue Output;

    /// <summary>The controller's RAM at 0x80–0xFF.</summary>
    public ControllerMemory Memory;

    /// <summary>The command being received.</summary>
    public CommandBuffer Command;

    /// <summary>Parameters of the joystick keycode mode: RX RY TX TY VX VY.</summary>
    public KeycodeTimes JoystickTimes;

    /// <summary>0x08 relative, 0x09 absolute, 0x0A keycode.</summary>
    public byte MouseMode;

    /// <summary>1 unless the mouse is disabled.</summary>
    public byte MouseEnabled;

    /// <summary>1 while port 0 is taken for a mouse.</summary>
    public byte Port0IsMouse;

    /// <summary>0x14 events, 0x15 interrogation, 0x17 monitoring, 0x18 fire button monitoring, 0x19 keycodes.</summary>
    public byte JoystickMode;

    /// <summary>1 unless the joysticks are disabled.</summary>
    public byte JoysticksEnabled;

    /// <summary>What the mouse buttons do (command 0x07).</summary>
    public byte ButtonAction;

    /// <summary>Clicks until a relative report.</summary>
    public byte ThresholdX;

    /// <summary>Clicks until a relative report.</summary>
    public byte ThresholdY;

    /// <summary>Clicks of one absolute unit.</summary>
    public byte ScaleX;

    /// <summary>Clicks of one absolute unit.</summary>
    public byte ScaleY;

    /// <summary>Clicks of one cursor key.</summary>
    public byte DeltaX;

    /// <summary>Clicks of one cursor key.</summary>
    public byte DeltaY;

    /// <summary>1 when Y = 0 is at the bottom.</summary>
    public byte OriginAtBottom;

    /// <summary>1 while output is paused.</summary>
    public byte Paused;

    /// <summary>1 between the bytes of a packet.</summary>
    public byte InsidePacket;

    /// <summary>Hundredths of a second between joystick samples.</summary>
    public byte MonitorRate;

    /// <summary>Mouse buttons: bit 0 right, 1 left.</summary>
    public byte Buttons;

    /// <summary>Mouse buttons as last reported.</summary>
    public byte ReportedButtons;

    /// <summary>What the buttons did since the last absolute report: bits of that packet.</summary>
    public byte ButtonHistory;

    /// <summary>Stick 0: bit 0 up, 1 down, 2 left, 3 right, 7 fire.</summary>
    public byte Stick0;

    /// <summary>Stick 1.</summary>
    public byte Stick1;

    /// <summary>Stick 0 as last reported.</summary>
    public byte ReportedStick0;

    /// <summary>Stick 1 as last reported.</summary>
    public byte ReportedStick1;

    /// <summary>Fire buttons as last reported in keycode mode: bit 0 stick 0, 1 stick 1.</summary>
    public byte ReportedFire;

    /// <summary>Mouse buttons as the host says.</summary>
    public byte WantedButtons;

    /// <summary>Stick 0 as the host says.</summary>
    public byte WantedStick0;

    /// <summary>Stick 1 as the host says.</summary>
    public byte WantedStick1;

    /// <summary>1 while a break is on the line.</summary>
    public byte BreakHeld;

    /// <summary>Brings what a loaded state says into the range that the code relies on.</summary>
    public void Confine()
    {
        (EventFirst, EventCount) = (Math.Clamp(EventFirst, 0, IkbdProcessor.EventCapacity - 1), Math.Clamp(EventCount, 0, IkbdProcessor.EventCapacity));
        (OutputFirst, OutputCount) = (Math.Clamp(OutputFirst, 0, IkbdProcessor.OutputCapacity - 1), Math.Clamp(OutputCount, 0, IkbdProcessor.OutputCapacity));
        CommandLength = Math.Clamp(CommandLength, 0, IkbdProcessor.CommandCapacity - 1);
        (MouseX, MouseY) = (Math.Clamp(MouseX, short.MinValue, short.MaxValue), Math.Clamp(MouseY, short.MinValue, short.MaxValue));
        (MaximumX, MaximumY) = (MaximumX & 0xFFFF, MaximumY & 0xFFFF);
        (AbsoluteX, AbsoluteY) = (AbsoluteX & 0xFFFF, AbsoluteY & 0xFFFF);
    }

    /// <summary>Repetition of one cursor axis.</summary>
    internal struct AxisRepeat
    {
        /// <summary>When the stick was pushed.</summary>
        public long Since;

        /// <summary>When the next keystroke is due.</summary>
        public long Next;

        /// <summary>The cursor key's scan code, 0 for none.</summary>
        public long Key;
    }

    /// <summary>A bit for each scan code.</summary>
    [InlineArray(2)]
    internal struct KeySet
    {
        private ulong _first;

        /// <summary>Whether a key is in the set.</summary>
        public readonly bool Has(int key) => ((this[key >> 6] >> key) & 1) != 0;

        /// <summary>Puts a key in or takes it out.</summary>
        public void Set(int key, bool down)
        {
            ulong bit = 1UL << key;
            this[key >> 6] = down ? this[key >> 6] | bit : this[key >> 6] & ~bit;
        }
    }

    [InlineArray(IkbdProcessor.EventCapacity)]
    internal struct EventQueue
    {
        private ushort _first;
    }

    [InlineArray(IkbdProcessor.OutputCapacity)]
    internal struct OutputQueue
    {
        private ushort _first;
    }

    [InlineArray(128)]
    internal struct ControllerMemory
    {
        private byte _first;
    }

    [InlineArray(IkbdProcessor.CommandCapacity)]
    internal struct CommandBuffer
    {
        private byte _first;
    }

    [InlineArray(6)]
    internal struct KeycodeTimes
    {
        private byte _first;
    }
}
