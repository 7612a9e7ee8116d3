namespace Attic.Modules.Mos6502.Tests;

/// <summary>The transistor-level netlist's truth, one instruction a test (see the vectors' README).</summary>
public sealed class VectorTests
{
    // The netlist resolves the internal bus fights of these wrongly: only their cycles and next PC count.
    private static readonly HashSet<string> CyclesOnly = ["0b", "2b", "4b", "6b", "8b", "ab", "bb"];

    // Eleven of the 62,464 vectors end with flags that their instruction cannot make: NOPs ($5A, $E2) that change P, EORs
    // that clear I, a TSX that sets it. All else in them is right, and is checked.
    private static readonly HashSet<string> ImpossibleFlags =
    [
        "0f 159: P", "18 167: P", "41 184: P", "55 176: P", "55 201: P", "59 177: P", "5a 81: P", "ba 153: P", "c4 47: P",
        "d1 82: P", "e2 244: P",
    ];

    public static TheoryData<string> Opcodes()
    {
        var data = new TheoryData<string>();
        for (int opcode = 0; opcode < 256; opcode++)
        {
            if (!JamTests.JamOpcodes.Contains((byte)opcode))
            {
                data.Add(opcode.ToString("x2"));
            }
        }

        return data;
    }

    [SkippableTheory]
    [MemberData(nameof(Opcodes))]
    public void Every_cycle_and_result_is_the_chips(string opcode)
    {
        var failures = new List<string>();
        foreach (var test in Vectors.Read($"mos6502/{opcode}.json.gz"))
        {
            var (board, cpu) = Vectors.Prepare(test.GetProperty("initial"));
            cpu.Step();
            failures.AddRange(Vectors.Differences(test, cpu, board, registers: !CyclesOnly.Contains(opcode)));
        }

        Assert.DoesNotContain(failures, failure => !ImpossibleFlags.Contains(failure));
    }

    [SkippableFact]
    public void Interrupts_and_RDY_act_in_the_chips_cycle()
    {
        var failures = new List<string>();
        int count = 0;
        foreach (var test in Vectors.Read("mos6502-lines/lines.json.gz"))
        {
            count++;
            var (board, cpu) = Vectors.Prepare(test.GetProperty("initial"));
            board.Script = test.GetProperty("lines").EnumerateArray().ToLookup(
                change => change[0].GetInt32(), change => (change[1].GetString()!, change[2].GetInt32() != 0));
            int cycles = test.GetProperty("cycles").GetArrayLength();
            while (board.Log.Count < cycles)
            {
                cpu.Step();
            }

            if (Vectors.FirstDifference(test, board.Log.Take(cycles).ToList(), withSync: true) is { } difference)
            {
                failures.Add($"{test.GetProperty("name")} {test.GetProperty("lines")}: {difference}");
            }
        }

        Assert.True(failures.Count == 0, $"{failures.Count} of {count} differ:\n{string.Join('\n', failures.Take(12))}");
    }
}
