namespace Attic.FujiNet.Devices;

/// <summary>What the payloads of all devices have in common.</summary>
internal static class DevicePayload
{
    /// <summary>The first byte of every payload, in both directions.</summary>
    public const byte Version = 1;
}
