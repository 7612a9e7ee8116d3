using Attic.FujiNet.Core;

namespace Attic.FujiNet.Diagnostics;

/// <summary>One request and the answer that belongs to it.</summary>
/// <param name="Line">Its line in the file, from 1.</param>
/// <param name="Device">The device.</param>
/// <param name="Command">The command.</param>
/// <param name="Repeats">Whether it is repeated while the answer is <see cref="IOStatus.NotReady"/>.</param>
/// <param name="Request">The payload; a handle stands for the one of the last Open.</param>
/// <param name="Status">The status.</param>
/// <param name="Response">The payload of the answer.</param>
public sealed record Vector(int Line, byte Device, byte Command, bool Repeats, VectorBytes Request, IOStatus Status, VectorBytes Response);

/// <summary>Bytes in which handles may stand.</summary>
/// <param name="Bytes">The bytes; zeros where a handle stands.</param>
/// <param name="Handles">Offsets of handles, two bytes each.</param>
public sealed record VectorBytes(IReadOnlyList<byte> Bytes, IReadOnlyList<int> Handles)
{
    /// <summary>The bytes with a handle in its places.</summary>
    public byte[] With(ushort handle)
    {
        byte[] bytes = [.. Bytes];
        foreach (int offset in Handles)
        {
            (bytes[offset], bytes[offset + 1]) = ((byte)handle, (byte)(handle >> 8));
        }

        return bytes;
    }
}
