namespace Attic.Firmware.Xl.Tests.Basic;

/// <summary>The code of firmware/xl/tests/ramdevice.s; a test compares it with its source.</summary>
internal static class RamDevice
{
    /// <summary>Where the code keeps the end of the file.</summary>
    public const int End = 0x26;

    /// <summary>What lies at $0600.</summary>
    public static byte[] Code { get; } = Convert.FromHexString(
        "0B06210631062406210621" + "06A9008D4306A2608E4406A42AC008D0068D26068E2706A001608D0060"
        + "EE2606D0F5EE2706D0F0AD4306CD2606AD4406ED2706A088B00DAD0060EE4306D0D8EE4406D0D36000");
}
