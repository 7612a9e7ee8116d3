using Attic.Abi.State;

namespace Attic.Abi.Media;

/// <summary>
/// A cassette: the data track as a line that is high (a mark, 5327 Hz on the tape) or low (a space, 3995 Hz) over the time from the
/// tape's beginning. Used by the machine's thread alone; making records durable is the medium's business.
/// </summary>
public interface ITapeMedium : IStateful
{
    /// <summary>Name for messages: the file's name.</summary>
    string Name { get; }

    /// <summary>A number made of the content at opening: which tape a machine state belongs to. Above 1.</summary>
    ulong Fingerprint { get; }

    /// <summary>Whether its tabs are broken out: it cannot be recorded on.</summary>
    bool WriteProtected { get; }

    /// <summary>The moments, in µs from the beginning, at which the line changes; it begins high, so the first one falls.</summary>
    ReadOnlySpan<long> Edges { get; }

    /// <summary>The track with sound; null when the tape has none.</summary>
    ITapeSound? Sound => null;

    /// <summary>Where the last signal ends, in µs.</summary>
    long Length { get; }

    /// <summary>Records bytes over whatever was there.</summary>
    /// <param name="start">Where the first start bit begins, in µs.</param>
    /// <param name="bytes">1 to 65,535 bytes, one after another.</param>
    /// <param name="baud">Bits a second, 1 to 65,535.</param>
    /// <returns>False when the tape is protected; nothing is changed then.</returns>
    bool Record(long start, ReadOnlySpan<byte> bytes, int baud);

    /// <summary>The motor stopped: a good moment to make records durable. Returns at once.</summary>
    void Settle();
}
