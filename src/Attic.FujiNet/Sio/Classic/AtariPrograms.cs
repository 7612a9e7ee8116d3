namespace Attic.FujiNet.Sio.Classic;

/// <summary>The FujiNet's programs for the Atari (<c>firmware/xl/fujinet</c>).</summary>
public static class AtariPrograms
{
    private const ushort HandlerAt = 0x0700;
    private const int SectorBytes = 128;
    private const int Sectors = 720;
    private const int HeaderBytes = 16;

    /// <summary>The N: handler, for the relocating loader.</summary>
    public static RelocatableHandler NetworkHandler() => new(
        Read("nhandler-0700.bin"), Read("nhandler-0801.bin"), Read("nstub-0700.bin"), Read("nstub-0801.bin"), HandlerAt);

    /// <summary>An ATR of a single-density disk that boots CONFIG and leaves the N: handler in memory.</summary>
    public static byte[] ConfigDisk()
    {
        byte[] program = Read("config.bin");
        byte[] image = new byte[HeaderBytes + (Sectors * SectorBytes)];
        int paragraphs = Sectors * SectorBytes / 16;
        (image[0], image[1], image[2], image[3], image[4]) = (0x96, 0x02, (byte)paragraphs, (byte)(paragraphs >> 8), SectorBytes);
        program.CopyTo(image, HeaderBytes);
        return image;
    }

    private static byte[] Read(string name)
    {
        using var resource = typeof(AtariPrograms).Assembly.GetManifestResourceStream($"Attic.FujiNet.Atari.{name}")
            ?? throw new InvalidOperationException($"{name} is not part of this build.");
        byte[] bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
