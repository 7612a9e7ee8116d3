namespace Attic.FujiNet.Sio.Serial;

/// <summary>The Atari's serial bus as a serial port of the host sees it: bytes, a rate, and perhaps the COMMAND line on one of the modem's lines.</summary>
public interface ISioLine : IDisposable
{
    /// <summary>What it is and where, for people.</summary>
    string Name { get; }

    /// <summary>Whether COMMAND is low, which it is during a command frame; null when the line is not connected.</summary>
    bool? IsCommand { get; }

    /// <summary>Takes what has arrived, and waits for it.</summary>
    /// <param name="buffer">Receives it.</param>
    /// <param name="limit">Longest wait for the first byte.</param>
    /// <returns>Bytes read; 0 when none came.</returns>
    /// <exception cref="IOException">The port is gone.</exception>
    int Read(Span<byte> buffer, TimeSpan limit);

    /// <summary>Sends bytes; returns when the last one is on the line.</summary>
    /// <exception cref="IOException">The port is gone.</exception>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Sets the rate.</summary>
    /// <param name="baud">Bits per second; the port takes the nearest that it can.</param>
    void SetBaud(int baud);

    /// <summary>Pulls PROCEED low, or lets it go, if it is connected.</summary>
    void SetProceed(bool low);

    /// <summary>Lets time pass on the bus.</summary>
    void Pause(TimeSpan time);
}
