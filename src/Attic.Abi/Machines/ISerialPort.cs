using Attic.Abi.Time;

namespace Attic.Abi.Machines;

/// <summary>
/// A serial socket of a machine (MIDI, RS-232) as the world outside sees it: bytes in, bytes out, timed by the machine's
/// own line rate. One thread, the machine's, uses it.
/// </summary>
public interface ISerialPort
{
    /// <summary>The socket's name: "midi", "rs232".</summary>
    string PortName { get; }

    /// <summary>Puts bytes on the line into the machine; they arrive one after another at the line's rate.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="at">The machine's present.</param>
    /// <returns>How many fit into the queue.</returns>
    int Deliver(ReadOnlySpan<byte> bytes, MasterCycles at);

    /// <summary>Takes bytes that the machine has sent; what nobody takes is dropped, newest first, and counted.</summary>
    /// <returns>How many were taken.</returns>
    int Take(Span<byte> bytes);

    /// <summary>Bytes sent by the machine that were dropped because nobody took them.</summary>
    long Dropped { get; }
}
