using Attic.Abi.Media;
using Attic.Media.Floppies8;

namespace Attic.FujiNet.Sio.Classic;

/// <summary>The FujiNet's programs for the Atari (<c>firmware/xl/fujinet</c>).</summary>
public static class AtariPrograms
{
    private const ushort HandlerAt = 0x0700;
    private const int AtrHeaderBytes = 16;

    /// <summary>The N: handler, for the relocating loader.</summary>
    public static RelocatableHandler NetworkHandler() => new(
        Read("nhandler-0700.bin"), Read("nhandler-0801.bin"), Read("nstub-0700.bin"), Read("nstub-0801.bin"), HandlerAt);

    /// <summary>The R: handler, for the relocating loader.</summary>
    public static RelocatableHandler ModemHandler() => new(
        Read("rhandler-0700.bin"), Read("rhandler-0801.bin"), Read("rstub-0700.bin"), Read("rstub-0801.bin"), HandlerAt);

    /// <summary>An ATR of a single-density disk that boots CONFIG and leaves the N: handler in memory.</summary>
    public static byte[] ConfigDisk()
    {
        byte[] image = DiskImage8.Blank("config.atr", AtariDiskShape.Single)!;
        Read("config.bin").CopyTo(image, AtrHeaderBytes);
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
