namespace Attic.Firmware.Xl.Tests;

/// <summary>The folder <c>firmware/xl</c> around the tests.</summary>
internal static class FirmwareTree
{
    public static string Folder { get; } = Find();

    /// <summary>The operating system's 16 KB, as committed.</summary>
    public static byte[] Os() => File.ReadAllBytes(Path.Combine(Folder, "attic-xl.rom"));

    /// <summary>BASIC's 8 KB, as committed.</summary>
    public static byte[] Basic() => File.ReadAllBytes(Path.Combine(Folder, "attic-basic.rom"));

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Attic.slnx")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside of their source tree.");
        }

        return Path.Combine(folder.FullName, "firmware", "xl");
    }
}
