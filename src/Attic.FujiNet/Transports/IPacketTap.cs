namespace Attic.FujiNet.Transports;

/// <summary>Sees the packets that pass a transport, unescaped. Called on the core's thread; it must be quick.</summary>
public interface IPacketTap
{
    /// <summary>A packet passes.</summary>
    /// <param name="transport">The transport's name.</param>
    /// <param name="toDevice">Whether it comes from the peer.</param>
    /// <param name="packet">The packet; valid during the call.</param>
    void OnPacket(string transport, bool toDevice, ReadOnlySpan<byte> packet);
}
