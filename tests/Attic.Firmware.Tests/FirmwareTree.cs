using System.Buffers.Binary;

namespace Attic.Firmware.Tests;

/// <summary>The folder <c>firmware/st</c> around the tests.</summary>
internal static class FirmwareTree
{
    public static string Folder { get; } = Find();

    public static byte[] Rom() => File.ReadAllBytes(Path.Combine(Folder, "attic-st.img"));

    public static byte[] Program(string name) => File.ReadAllBytes(Path.Combine(Folder, "programs", name));

    public static ushort Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);

    public static uint Long(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Attic.slnx")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside of their source tree.");
        }

        return Path.Combine(folder.FullName, "firmware", "st");
    }
}
