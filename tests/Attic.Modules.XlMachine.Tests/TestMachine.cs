using System.Text;
using Attic.Abi.AtariXl;
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

    /// <summary>The OS and BASIC that ATTIC_XL_ROMS holds; skips the test without them.</summary>
    public static byte[] OsAndBasic()
    {
        byte[] os = Os();
        string file = Path.Combine(Environment.GetEnvironmentVariable("ATTIC_XL_ROMS")!, "ATARIBAS.ROM");
        Skip.IfNot(File.Exists(file), "Needs a BASIC: put ATARIBAS.ROM into the folder that ATTIC_XL_ROMS names.");
        return [.. os, .. File.ReadAllBytes(file)];
    }

    /// <summary>A machine whose ROM runs <paramref name="program"/>; NMI and IRQ return at once.</summary>
    public static XlMachine Build(params ReadOnlySpan<byte> program) => With(Rom(program));

    /// <summary>A ROM that runs a program; NMI and IRQ return at once.</summary>
    public static byte[] Rom(params ReadOnlySpan<byte> program)
    {
        byte[] rom = new byte[0x4000];
        program.CopyTo(rom.AsSpan(ProgramStart - 0xC000));
        rom[0x3F00] = 0x40;
        (rom[0x3FFA], rom[0x3FFB]) = (0x00, 0xFF);
        (rom[0x3FFC], rom[0x3FFD]) = (0x00, 0xE0);
        (rom[0x3FFE], rom[0x3FFF]) = (0x00, 0xFF);
        return rom;
    }

    /// <summary>A machine with a ROM.</summary>
    public static XlMachine With(byte[] rom, VideoRegion region = VideoRegion.Ntsc, int kilobytes = 64, uint seed = 1985, XlOptions? options = null) =>
        (XlMachine)new XlMachineModule().Create(
            new()
            {
                Machine = "atari_xl",
                Profile = "xl_800_ntsc",
                Region = region,
                RamKilobytes = kilobytes,
                Rom = rom,
                Seed = seed,
                Xl = options ?? XlOptions.Default,
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

    /// <summary>Types a text; letters without SHIFT, since the OS starts in upper case.</summary>
    public static void Type(this XlMachine machine, string text)
    {
        var input = machine.Capability<IInputPort>()!;
        foreach (char character in text.ToLowerInvariant())
        {
            var keys = input.KeysFor(new Rune(character));
            foreach (int key in keys)
            {
                input.Apply(key, InputPhase.Press, 0);
            }

            machine.RunFrames(5);
            foreach (int key in keys)
            {
                input.Apply(key, InputPhase.Release, 0);
            }

            machine.RunFrames(5);
        }

        machine.RunFrames(30);
    }

    public static byte PeekByte(this XlMachine machine, ushort address)
    {
        Span<byte> value = stackalloc byte[1];
        machine.Peek(address, value);
        return value[0];
    }
}
