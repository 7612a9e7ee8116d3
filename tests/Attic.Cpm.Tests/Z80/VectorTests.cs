using System.Text.Json;
using Attic.Cpm.Z80;

namespace Attic.Cpm.Tests.Z80;

/// <summary>The public single-step vectors of the Z80 (SingleStepTests/z80, folder v1): 1,000 runs of each opcode.</summary>
public sealed class VectorTests
{
    private const string Variable = "ATTIC_Z80_VECTORS";

    [SkippableFact]
    public void Every_register_flag_and_T_state_is_the_chips()
    {
        string? folder = Environment.GetEnvironmentVariable(Variable);
        Skip.If(folder is null, $"Clone github.com/SingleStepTests/z80 and set {Variable} to its folder v1.");
        var failures = new List<string>();
        foreach (string file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            using var tests = JsonDocument.Parse(File.ReadAllBytes(file));
            failures.AddRange(tests.RootElement.EnumerateArray().Select(Run).OfType<string>().Take(1));
        }

        Assert.Empty(failures);
    }

    private static string? Run(JsonElement test)
    {
        var ports = test.TryGetProperty("ports", out var list) ? list.EnumerateArray().ToArray() : [];
        var bus = FlatZ80Bus.Create([.. ports.Where(port => port[2].GetString() == "r").Select(port => port[1].GetByte())]);
        var cpu = new Z80<FlatZ80Bus>(bus);
        Load(ref cpu.State, test.GetProperty("initial"), bus.Memory);
        cpu.Step();
        var differences = Differences(cpu.State, test.GetProperty("final"), bus.Memory).ToList();
        int cycles = test.GetProperty("cycles").GetArrayLength();
        if (cpu.State.Cycles != cycles)
        {
            differences.Add($"{cpu.State.Cycles} cycles instead of {cycles}");
        }

        if (!bus.Output.SequenceEqual(ports.Where(port => port[2].GetString() == "w").Select(port => (port[0].GetUInt16(), port[1].GetByte()))))
        {
            differences.Add("other output");
        }

        return differences.Count == 0 ? null : $"{test.GetProperty("name")}: {string.Join(", ", differences)}";
    }

    private static void Load(ref Z80State state, JsonElement from, byte[] memory)
    {
        int Value(string name) => from.GetProperty(name).GetInt32();
        state = new Z80State
        {
            Pc = (ushort)Value("pc"), Sp = (ushort)Value("sp"), Ix = (ushort)Value("ix"), Iy = (ushort)Value("iy"), Wz = (ushort)Value("wz"),
            A = (byte)Value("a"), F = (byte)Value("f"), B = (byte)Value("b"), C = (byte)Value("c"), D = (byte)Value("d"), E = (byte)Value("e"),
            H = (byte)Value("h"), L = (byte)Value("l"), I = (byte)Value("i"), R = (byte)Value("r"), Q = (byte)Value("q"),
            AfOther = (ushort)Value("af_"), BcOther = (ushort)Value("bc_"), DeOther = (ushort)Value("de_"), HlOther = (ushort)Value("hl_"),
            InterruptMode = (byte)Value("im"), Iff1 = Value("iff1") != 0, Iff2 = Value("iff2") != 0, AfterEi = Value("ei") != 0,
        };
        foreach (var cell in from.GetProperty("ram").EnumerateArray())
        {
            memory[cell[0].GetInt32()] = cell[1].GetByte();
        }
    }

    private static IEnumerable<string> Differences(Z80State state, JsonElement expected, byte[] memory)
    {
        (string Name, int Actual)[] registers =
        [
            ("pc", state.Pc), ("sp", state.Sp), ("ix", state.Ix), ("iy", state.Iy), ("wz", state.Wz), ("a", state.A), ("f", state.F),
            ("b", state.B), ("c", state.C), ("d", state.D), ("e", state.E), ("h", state.H), ("l", state.L), ("i", state.I), ("r", state.R),
            ("q", state.Q), ("af_", state.AfOther), ("bc_", state.BcOther), ("de_", state.DeOther), ("hl_", state.HlOther),
            ("im", state.InterruptMode), ("iff1", state.Iff1 ? 1 : 0), ("iff2", state.Iff2 ? 1 : 0), ("ei", state.AfterEi ? 1 : 0),
        ];
        foreach (var (name, actual) in registers)
        {
            int wanted = expected.GetProperty(name).GetInt32();
            if (wanted != actual)
            {
                yield return $"{name} {actual:x} instead of {wanted:x}";
            }
        }

        foreach (var cell in expected.GetProperty("ram").EnumerateArray())
        {
            if (memory[cell[0].GetInt32()] != cell[1].GetByte())
            {
                yield return $"{cell[0].GetInt32():x4} {memory[cell[0].GetInt32()]:x2} instead of {cell[1].GetByte():x2}";
            }
        }
    }
}
