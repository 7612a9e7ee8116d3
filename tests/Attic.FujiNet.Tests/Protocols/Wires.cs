using FsCheck;
using FsCheck.Fluent;

namespace Attic.FujiNet.Tests.Protocols;

/// <summary>Bytes as they come from a bad line.</summary>
internal static class Wires
{
    /// <summary>Up to some hundred bytes in which SLIP's special ones are frequent.</summary>
    public static Gen<byte[]> SpecialBytes { get; } = Gen.Sized(size =>
        Gen.ArrayOf(Gen.Frequency((3, Gen.Choose(0, 255)), (2, Gen.Elements(0xC0, 0xDB, 0xDC, 0xDD))).Select(value => (byte)value)));

    /// <summary>Any bytes.</summary>
    public static Gen<byte[]> Bytes { get; } = Gen.ArrayOf(Gen.Choose(0, 255).Select(value => (byte)value));
}
