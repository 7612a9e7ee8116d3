using System.Text.Json;

namespace Attic.Modules.Mos6502.Tests;

/// <summary>On a bus that tells quiet stretches, instructions skip what nobody sees; everything else stays as it is.</summary>
public sealed class QuietTests
{
    [SkippableTheory]
    [MemberData(nameof(VectorTests.Opcodes), MemberType = typeof(VectorTests))]
    public void Results_and_cycles_are_those_of_the_exact_instruction(string opcode)
    {
        foreach (var test in Vectors.Read($"mos6502/{opcode}.json.gz"))
        {
            Compare(test, static _ => false);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(VectorTests.Opcodes), MemberType = typeof(VectorTests))]
    public void A_device_sees_every_access_in_its_cycle(string opcode)
    {
        int seed = 0;
        foreach (var test in Vectors.Read($"mos6502/{opcode}.json.gz"))
        {
            int salt = seed++;
            Compare(test, page => ((page + 1) * (salt + 7) % 5) < 2);

            // The page of an access that the instruction makes.
            var cycles = test.GetProperty("cycles");
            int seen = cycles[salt % cycles.GetArrayLength()][0].GetInt32() >> 8;
            Compare(test, page => page == seen);
        }
    }

    private static void Compare(JsonElement test, Func<int, bool> isDevice)
    {
        var (exactBoard, exact) = Vectors.Prepare(test.GetProperty("initial"));
        exact.Step();

        var board = new QuietBoard();
        foreach (var cell in test.GetProperty("initial").GetProperty("ram").EnumerateArray())
        {
            board.Ram[cell[0].GetInt32()] = cell[1].GetByte();
        }

        for (int page = 0; page < 256; page++)
        {
            board.Devices[page] = isDevice(page);
        }

        var cpu = new Mos6502Module().Create(new QuietBus(board));
        (_, var start) = Vectors.Prepare(test.GetProperty("initial"));
        cpu.Registers = start.Registers;
        cpu.Step();

        string name = test.GetProperty("name").GetString()!;
        Assert.True(exact.Registers.Equals(cpu.Registers), name);
        Assert.True(exactBoard.Log.Count == board.Clock, $"{name}: {board.Clock} cycles");
        Assert.True(exactBoard.Ram.AsSpan().SequenceEqual(board.Ram), $"{name}: memory");
        var expected = exactBoard.Log
            .Select((access, cycle) => (Access: access with { IsFetch = false }, Cycle: cycle))
            .Where(entry => isDevice(entry.Access.Address >> 8));
        Assert.True(expected.SequenceEqual(board.Log), $"{name}: devices");
    }
}
