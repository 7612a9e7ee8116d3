using Attic.Abi.AtariXl;

namespace Attic.FujiNet.Sio;

/// <summary>How a device takes a command frame.</summary>
/// <param name="Answer">ACK, NAK, or 0 for silence: the frame is for nobody here.</param>
/// <param name="WriteBytes">Bytes that the computer sends next, its checksum not counted; 0 for none.</param>
public readonly record struct SioReception(byte Answer, int WriteBytes = 0)
{
    /// <summary>Nobody here.</summary>
    public static SioReception Silent => default;

    /// <summary>Not understood.</summary>
    public static SioReception Nak => new(SioFrame.Nak);

    /// <summary>Taken; the computer sends nothing more.</summary>
    public static SioReception Ack => new(SioFrame.Ack);

    /// <summary>Taken; the computer sends data.</summary>
    /// <param name="bytes">How much.</param>
    public static SioReception AckWrite(int bytes) => new(SioFrame.Ack, bytes);
}

/// <summary>How a command ended.</summary>
/// <param name="Answer">COMPLETE or ERROR.</param>
/// <param name="Data">What the computer reads; a frame and its checksum follow the answer unless there is none.</param>
public readonly record struct SioResult(byte Answer, ReadOnlyMemory<byte> Data)
{
    /// <summary>Done, without data.</summary>
    public static SioResult Complete => new(SioFrame.Complete, default);

    /// <summary>Failed, without data.</summary>
    public static SioResult Error => new(SioFrame.Error, default);

    /// <summary>Done; the computer reads data.</summary>
    public static SioResult Read(ReadOnlyMemory<byte> data) => new(SioFrame.Complete, data);

    /// <summary>Failed; the computer expects a data frame all the same.</summary>
    public static SioResult FailedRead(ReadOnlyMemory<byte> data) => new(SioFrame.Error, data);
}
