using System.Buffers.Binary;
using System.Diagnostics;
using Attic.FujiNet.Platform;

namespace Attic.FujiNet.Sio.Serial;

/// <summary>Which of a serial port's inputs the Atari's COMMAND line is connected to.</summary>
public enum SioCommandLine
{
    /// <summary>None: frames are told by pauses.</summary>
    None,

    /// <summary>Ring indicator.</summary>
    Ri,

    /// <summary>Data set ready.</summary>
    Dsr,

    /// <summary>Clear to send.</summary>
    Cts,

    /// <summary>Data carrier detect.</summary>
    Dcd,
}

/// <summary>Which of a serial port's outputs leads to the Atari's PROCEED line.</summary>
public enum SioProceedLine
{
    /// <summary>None.</summary>
    None,

    /// <summary>Data terminal ready.</summary>
    Dtr,

    /// <summary>Request to send.</summary>
    Rts,
}

/// <summary>The modem's lines of a serial port: the one thing about it that a pseudo terminal does not have.</summary>
public interface IControlLines
{
    /// <summary>Whether COMMAND is low; null when it is not connected.</summary>
    bool? IsCommand { get; }

    /// <summary>Pulls PROCEED low, or lets it go.</summary>
    void SetProceed(bool low);
}

/// <summary>The Atari's bus at a serial port of the host, in raw mode, with any rate. Linux.</summary>
internal sealed class SerialSioLine : ISioLine
{
    // struct termios2 (asm-generic/termbits.h): four flag words, the line's discipline, 19 control characters, two rates.
    private const int TerminalBytes = 44;
    private const int ControlAt = 8;
    private const int InputRateAt = 36;
    private const int OutputRateAt = 40;
    private const uint RateMask = 0x100F;
    private const uint OtherRate = 0x1000;
    private const uint InputRateMask = RateMask << 16;
    private const nuint GetTerminal2 = 0x802C_542A;
    private const nuint SetTerminal2 = 0x402C_542B;

    private readonly int _descriptor;
    private readonly IControlLines _lines;
    private bool _closed;

    private SerialSioLine(int descriptor, string device, IControlLines lines)
    {
        (_descriptor, _lines) = (descriptor, lines);
        Name = $"sio {device}";
    }

    public string Name { get; }

    public bool? IsCommand => _lines.IsCommand;

    /// <summary>Opens a port.</summary>
    /// <param name="device">The device, or a terminal.</param>
    /// <param name="lines">Makes the modem's lines of its descriptor.</param>
    /// <exception cref="IOException">It cannot be opened, or is no serial port.</exception>
    public static SerialSioLine Open(string device, Func<int, IControlLines> lines)
    {
        int descriptor = PosixCalls.Open(device, PosixCalls.ReadWrite | PosixCalls.NoControllingTerminal | PosixCalls.NonBlocking);
        if (descriptor < 0)
        {
            throw PosixCalls.Error(device);
        }

        try
        {
            Span<byte> terminal = stackalloc byte[PosixCalls.TerminalBytes];
            if (PosixCalls.GetTerminal(descriptor, terminal) != 0)
            {
                throw PosixCalls.Error($"{device} is no serial port");
            }

            PosixCalls.MakeRaw(descriptor);
            return new(descriptor, device, lines(descriptor));
        }
        catch
        {
            _ = PosixCalls.Close(descriptor);
            throw;
        }
    }

    public int Read(Span<byte> buffer, TimeSpan limit)
    {
        nint count = PosixCalls.Read(_descriptor, buffer, (nuint)buffer.Length);
        if (count < 0 && PosixCalls.WouldBlock)
        {
            Await(PosixCalls.PollIn, limit);
            count = PosixCalls.Read(_descriptor, buffer, (nuint)buffer.Length);
        }

        return count > 0 ? (int)count
            : count < 0 && PosixCalls.WouldBlock ? 0
            : throw new IOException($"{Name} is gone.");
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            nint sent = PosixCalls.Write(_descriptor, bytes, (nuint)bytes.Length);
            if (sent < 0 && !PosixCalls.WouldBlock)
            {
                throw new IOException($"{Name} is gone.");
            }

            bytes = bytes[(int)Math.Max(0, sent)..];
            if (bytes.Length > 0)
            {
                Await(PosixCalls.PollOut, TimeSpan.FromSeconds(1));
            }
        }

        _ = PosixCalls.Drain(_descriptor);
    }

    public void SetBaud(int baud)
    {
        Span<byte> terminal = stackalloc byte[TerminalBytes];
        if (PosixCalls.DeviceControl(_descriptor, GetTerminal2, terminal) != 0)
        {
            throw PosixCalls.Error($"{Name}: its rate cannot be read");
        }

        uint control = BinaryPrimitives.ReadUInt32LittleEndian(terminal[ControlAt..]) & ~(RateMask | InputRateMask);
        BinaryPrimitives.WriteUInt32LittleEndian(terminal[ControlAt..], control | OtherRate | (OtherRate << 16));
        BinaryPrimitives.WriteInt32LittleEndian(terminal[InputRateAt..], baud);
        BinaryPrimitives.WriteInt32LittleEndian(terminal[OutputRateAt..], baud);
        if (PosixCalls.DeviceControl(_descriptor, SetTerminal2, terminal) != 0)
        {
            throw PosixCalls.Error($"{Name} cannot be set to {baud} baud");
        }
    }

    public void SetProceed(bool low) => _lines.SetProceed(low);

    public void Pause(TimeSpan time)
    {
        // The system sleeps no shorter than it likes; these are fractions of a millisecond.
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            Thread.SpinWait(20);
        }
    }

    public void Dispose()
    {
        if (!_closed)
        {
            _closed = true;
            _ = PosixCalls.Close(_descriptor);
        }
    }

    private void Await(short events, TimeSpan limit)
    {
        Span<PosixCalls.PollEntry> entry = [new() { Descriptor = _descriptor, Events = events }];
        _ = PosixCalls.Poll(entry, 1, (int)Math.Ceiling(limit.TotalMilliseconds));
    }
}
