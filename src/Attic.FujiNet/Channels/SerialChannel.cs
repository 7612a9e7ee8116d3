using System.Buffers.Binary;
using System.Diagnostics;
using Attic.FujiNet.Core;
using Attic.FujiNet.Platform;

namespace Attic.FujiNet.Channels;

/// <summary>How a serial port is set.</summary>
/// <param name="BaudRate">9600 to 230400; anything else counts as 19200.</param>
/// <param name="DataBits">5 to 8.</param>
/// <param name="Parity"><c>none</c>, <c>even</c> or <c>odd</c>.</param>
/// <param name="TwoStopBits">Whether there are two stop bits.</param>
/// <param name="HardwareFlow">Whether RTS and CTS control the flow.</param>
/// <param name="GapMicroseconds">Pause before each write, for hosts that cannot listen at once; 0 for none.</param>
public sealed record SerialSettings(
    int BaudRate = 115_200,
    int DataBits = 8,
    string Parity = "none",
    bool TwoStopBits = false,
    bool HardwareFlow = false,
    int GapMicroseconds = 0);

/// <summary>A serial port of the host, in raw mode. Linux.</summary>
public sealed class SerialChannel : IChannel
{
    // struct termios of Linux: four flag words, of which c_cflag is the third.
    private const int ControlOffset = 8;
    private const uint SizeMask = 0x30;
    private const uint TwoStop = 0x40;
    private const uint ReceiverOn = 0x80;
    private const uint ParityOn = 0x100;
    private const uint ParityOdd = 0x200;
    private const uint IgnoreModemLines = 0x800;
    private const uint RtsCts = 0x8000_0000;

    private readonly DescriptorPort _port;
    private readonly ByteQueue _held = new(1 << 20);
    private readonly long _gap;
    private long _releaseAt;

    private SerialChannel(DescriptorPort port, string device, SerialSettings settings)
    {
        _port = port;
        Name = $"serial {device}";
        _gap = settings.GapMicroseconds * Stopwatch.Frequency / 1_000_000;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Connection => 0;

    /// <inheritdoc/>
    public bool HasUnsent => _port.HasUnsent || _held.Count > 0;

    /// <inheritdoc/>
    public bool IsClosed { get; private set; }

    /// <summary>Opens a port.</summary>
    /// <exception cref="IOException">It could not be opened, or is no serial port.</exception>
    internal static SerialChannel Open(string device, SerialSettings settings)
    {
        int descriptor = PosixCalls.Open(device, PosixCalls.ReadWrite | PosixCalls.NoControllingTerminal | PosixCalls.NonBlocking);
        if (descriptor < 0)
        {
            throw PosixCalls.Error(device);
        }

        var port = new DescriptorPort(descriptor);
        try
        {
            Configure(descriptor, device, settings);
            return new SerialChannel(port, device, settings);
        }
        catch
        {
            port.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public int Read(Span<byte> buffer)
    {
        int count = _port.Read(buffer);
        IsClosed |= _port.IsBroken || _port.IsHungUp;
        return count;
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (_gap == 0)
        {
            _port.Write(bytes);
            return;
        }

        _releaseAt = Stopwatch.GetTimestamp() + _gap;
        _held.Write(bytes);
    }

    /// <inheritdoc/>
    public void Poll()
    {
        while (_held.Count > 0 && Stopwatch.GetTimestamp() >= _releaseAt)
        {
            int count = _held.Front.Length;
            _port.Write(_held.Front);
            _held.Skip(count);
        }

        _port.Flush();
    }

    /// <inheritdoc/>
    public void Interest(ReadinessSet set, bool wantBytes)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (_held.Count > 0)
        {
            set.SetReady();
        }

        _port.Interest(set, wantBytes);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        IsClosed = true;
        _port.Dispose();
    }

    private static void Configure(int descriptor, string device, SerialSettings settings)
    {
        Span<byte> terminal = stackalloc byte[PosixCalls.TerminalBytes];
        if (PosixCalls.GetTerminal(descriptor, terminal) != 0)
        {
            throw PosixCalls.Error($"{device} is no serial port");
        }

        PosixCalls.MakeRaw(terminal);
        var control = terminal[ControlOffset..];
        uint flags = BinaryPrimitives.ReadUInt32LittleEndian(control) & ~(SizeMask | TwoStop | ParityOn | ParityOdd | RtsCts);
        flags |= ReceiverOn | IgnoreModemLines | ((uint)(Math.Clamp(settings.DataBits, 5, 8) - 5) << 4);
        flags |= settings.TwoStopBits ? TwoStop : 0;
        flags |= settings.HardwareFlow ? RtsCts : 0;
        flags |= settings.Parity switch
        {
            "even" => ParityOn,
            "odd" => ParityOn | ParityOdd,
            _ => 0,
        };
        BinaryPrimitives.WriteUInt32LittleEndian(control, flags);
        nuint speed = SpeedOf(settings.BaudRate);
        _ = PosixCalls.SetInputSpeed(terminal, speed);
        _ = PosixCalls.SetOutputSpeed(terminal, speed);
        if (PosixCalls.SetTerminal(descriptor, PosixCalls.SetNow, terminal) != 0)
        {
            throw PosixCalls.Error($"{device} could not be set");
        }
    }

    // asm-generic/termbits.h
    private static nuint SpeedOf(int baud) => baud switch
    {
        9600 => 0xD,
        38400 => 0xF,
        57600 => 0x1001,
        115_200 => 0x1002,
        230_400 => 0x1003,
        _ => 0xE,
    };
}
