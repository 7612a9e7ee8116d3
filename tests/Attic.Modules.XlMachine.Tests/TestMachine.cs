using Attic.Abi.Machines;
using Attic.Abi.Modules;
using Attic.Modules.Mos6502;
using Attic.Modules.XlIo;
using Attic.Modules.XlStorage;
using Attic.Modules.XlVideo;

namespace Attic.Modules.XlMachine.Tests;

/// <summary>Machines for tests: with a ROM of a few bytes, or with the OS that the environment names.</summary>
internal static class TestMachine
{
    /// <summary>Where <see cref="Build"/>'s ROM starts its program.</summary>
    public const ushort ProgramStart = 0xE000;

    /// <summary>The OS of 16 KB that ATTIC_XL_ROMS holds; skips the test without one.</summary>
    public static byte[] Os()
    {
        string folder = Environment.GetEnvironmentVariable("ATTIC_XL_ROMS") ?? "";
        string file = Path.Combine(folder, "ATARIXL.ROM");
        Skip.IfNot(folder.Length > 0 && File.Exists(file), "Needs an XL OS: set ATTIC_XL_ROMS to a folder with ATARIXL.ROM (AltirraOS for example).");
        return File.ReadAllBytes(file);
    }

    /// <summary>A machine whose ROM runs <paramref name="program"/>; NMI and IRQ return at once.</summary>
    public static XlMachine Build(params ReadOnlySpan<byte> program)
    {
        byte[] rom = new byte[0x4000];
        program.CopyTo(rom.AsSpan(ProgramStart - 0xC000));
        rom[0x3F00] = 0x40;
        (rom[0x3FFA], rom[0x3FFB]) = (0x00, 0xFF);
        (rom[0x3FFC], rom[0x3FFD]) = (0x00, 0xE0);
        (rom[0x3FFE], rom[0x3FFF]) = (0x00, 0xFF);
        return With(rom);
    }

    /// <summary>A machine with a ROM.</summary>
    public static XlMachine With(byte[] rom, VideoRegion region = VideoRegion.Ntsc, int kilobytes = 64, uint seed = 1985) =>
        (XlMachine)new XlMachineModule().Create(
            new()
            {
                Machine = "atari_xl",
                Profile = "xl_800_ntsc",
                Region = region,
                RamKilobytes = kilobytes,
                Rom = rom,
                Seed = seed,
            },
            Modules());

    /// <summary>All modules of an XL.</summary>
    public static Dictionary<string, IModule> Modules() => new(StringComparer.Ordinal)
    {
        ["cpu"] = new Mos6502Module(),
        ["video"] = new XlVideoModule(),
        ["io"] = new XlIoModule(),
        ["storage"] = new XlStorageModule(),
    };

    public static void RunFrames(this XlMachine machine, int count)
    {
        for (int frame = 0; frame < count; frame++)
        {
            machine.RunFrame();
            machine.Audio.Clear();
        }
    }

    public static byte PeekByte(this XlMachine machine, ushort address)
    {
        Span<byte> value = stackalloc byte[1];
        machine.Peek(address, value);
        return value[0];
    }
}
