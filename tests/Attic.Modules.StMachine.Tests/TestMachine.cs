using System.Buffers.Binary;
using System.Diagnostics;
using System.Reflection;
using Attic.Abi.Cpu;
using Attic.Abi.Machines;
using Attic.Abi.Modules;
using Attic.Media.Fat;
using Attic.Media.Floppies;
using Attic.Modules.M68000;
using Attic.Modules.StAudio;
using Attic.Modules.StIo;
using Attic.Modules.StStorage;
using Attic.Modules.StVideo;

namespace Attic.Modules.StMachine.Tests;

/// <summary>Machines for tests: with a ROM of a few words, or with the EmuTOS image that the environment names.</summary>
internal static class TestMachine
{
    /// <summary>Where <see cref="Build"/>'s ROM starts its program.</summary>
    public const uint ProgramStart = 0xFC0008;

    /// <summary>An image of EmuTOS (192 KiB), or null.</summary>
    public static string? EmuTosFile => Environment.GetEnvironmentVariable("ATTIC_EMUTOS");

    /// <summary>Skips the test without an EmuTOS image.</summary>
    public static byte[] EmuTos()
    {
        Skip.IfNot(File.Exists(EmuTosFile), "Needs an EmuTOS 192K image: set ATTIC_EMUTOS to the path of etos192us.img from emutos.sourceforge.io.");
        return File.ReadAllBytes(EmuTosFile!);
    }

    /// <summary>A machine whose ROM holds <paramref name="program"/>, with the stack at 0x8000.</summary>
    public static StMachine Build(params ReadOnlySpan<ushort> program)
    {
        var rom = new byte[1024];
        BinaryPrimitives.WriteUInt32BigEndian(rom, 0x8000);
        BinaryPrimitives.WriteUInt32BigEndian(rom.AsSpan(4), ProgramStart);
        for (int index = 0; index < program.Length; index++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rom.AsSpan(8 + (index * 2)), program[index]);
        }

        return With(rom);
    }

    /// <summary>A machine with a ROM.</summary>
    /// <param name="rom">The image.</param>
    /// <param name="kilobytes">Main memory.</param>
    /// <param name="monitor">The monitor.</param>
    /// <param name="seed">Seeds what is random at power-on.</param>
    /// <param name="storage">The floppy controller; without one a system finds no drives and starts at once.</param>
    public static StMachine With(
        byte[] rom, int kilobytes = 1024, MonitorKind monitor = MonitorKind.Colour, uint seed = 1985, IModule? storage = null) =>
        (StMachine)new StMachineModule().Create(
            new()
            {
                Machine = "atari_st",
                Profile = "st_1040_pal",
                Region = VideoRegion.Pal,
                RamKilobytes = kilobytes,
                Rom = rom,
                Monitor = monitor,
                Seed = seed,
            },
            Modules(storage));

    /// <summary>Whether the code under test was built without optimisation, in which the JIT boxes at will.</summary>
    public static bool IsDebugBuild { get; } =
        typeof(StMachineModule).Assembly.GetCustomAttribute<DebuggableAttribute>()?.IsJITOptimizerDisabled == true;

    /// <summary>Puts a formatted disk with some files into drive A.</summary>
    public static StMachine WithDisk(this StMachine machine, params ReadOnlySpan<(string Name, byte[] Content)> files)
    {
        var volume = Fat12Volume.Format(DiskGeometry.DoubleSided);
        foreach (var (name, content) in files)
        {
            volume.WriteFile(name, content);
        }

        machine.Capability<IFloppyDrives>()!.Insert(0, FloppyImage.FromBytes("test.st", volume.Image.Span), machine.Now);
        return machine;
    }

    /// <summary>All modules of an ST.</summary>
    public static Dictionary<string, IModule> Modules(IModule? storage = null) => new(StringComparer.Ordinal)
    {
        ["cpu"] = new M68000Module(),
        ["video"] = new StVideoModule(),
        ["io"] = new StIoModule(),
        ["audio"] = new StAudioModule(),
        ["storage"] = storage ?? new StStorageModule(),
    };

    /// <summary>Lets the processor go on at an address, in supervisor mode with all interrupts masked.</summary>
    public static void Jump(this StMachine machine, uint address, ushort status = 0x2700)
    {
        Span<byte> words = stackalloc byte[4];
        machine.Peek(address, words);
        ref var registers = ref machine.Registers;
        registers.Sr = status;
        registers.Pc = address + 4;
        registers.Ird = BinaryPrimitives.ReadUInt16BigEndian(words);
        registers.Irc = BinaryPrimitives.ReadUInt16BigEndian(words[2..]);
        registers.RunState = M68kRunState.Running;
    }

    /// <summary>Puts words into RAM.</summary>
    public static void PokeWords(this StMachine machine, uint address, params ReadOnlySpan<ushort> words)
    {
        Span<byte> bytes = stackalloc byte[2];
        foreach (ushort word in words)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes, word);
            machine.Poke(address, bytes);
            address += 2;
        }
    }

    /// <summary>A word of memory, as an inspector sees it.</summary>
    public static ushort PeekWord(this StMachine machine, uint address)
    {
        Span<byte> bytes = stackalloc byte[2];
        machine.Peek(address, bytes);
        return BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }
}
