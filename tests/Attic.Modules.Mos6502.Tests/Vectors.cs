using System.IO.Compression;
using System.Text.Json;
using Attic.Abi.Cpu;

namespace Attic.Modules.Mos6502.Tests;

internal static class Vectors
{
    public static IEnumerable<JsonElement> Read(string file)
    {
        string path = Path.Combine(Folder(), file);
        Skip.IfNot(File.Exists(path), $"{file} is not here: set ATTIC_VECTORS to a folder with the shared test vectors.");
        using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var document = JsonDocument.Parse(stream);
        foreach (var test in document.RootElement.EnumerateArray())
        {
            yield return test;
        }
    }

    public static (Board Board, IMos6502Cpu Cpu) Prepare(JsonElement initial)
    {
        var board = new Board();
        foreach (var cell in initial.GetProperty("ram").EnumerateArray())
        {
            board.Ram[cell[0].GetInt32()] = cell[1].GetByte();
        }

        var cpu = new Mos6502Module().Create(new RecordingBus(board));
        ref var registers = ref cpu.Registers;
        registers.Pc = initial.GetProperty("pc").GetUInt16();
        registers.S = initial.GetProperty("s").GetByte();
        registers.A = initial.GetProperty("a").GetByte();
        registers.X = initial.GetProperty("x").GetByte();
        registers.Y = initial.GetProperty("y").GetByte();
        registers.P = initial.GetProperty("p").GetByte();
        return (board, cpu);
    }

    /// <summary>What differs after the instruction, as "name: what"; nothing when all is as expected.</summary>
    public static IEnumerable<string> Differences(JsonElement test, IMos6502Cpu cpu, Board board, bool registers)
    {
        string name = test.GetProperty("name").GetString()!;
        if (FirstDifference(test, board.Log, withSync: false) is { } cycle)
        {
            yield return $"{name}: {cycle}";
        }

        var (final, r) = (test.GetProperty("final"), cpu.Registers);
        if (final.GetProperty("pc").GetUInt16() != r.Pc)
        {
            yield return $"{name}: PC {r.Pc:X4}";
        }

        if (!registers)
        {
            yield break;
        }

        if ((final.GetProperty("a").GetByte(), final.GetProperty("x").GetByte(), final.GetProperty("y").GetByte(), final.GetProperty("s").GetByte()) != (r.A, r.X, r.Y, r.S))
        {
            yield return $"{name}: A {r.A:X2} X {r.X:X2} Y {r.Y:X2} S {r.S:X2}";
        }

        if (final.GetProperty("p").GetByte() != r.P)
        {
            yield return $"{name}: P";
        }

        foreach (var cell in final.GetProperty("ram").EnumerateArray())
        {
            if (board.Ram[cell[0].GetInt32()] != cell[1].GetByte())
            {
                yield return $"{name}: ${cell[0].GetInt32():X4} holds {board.Ram[cell[0].GetInt32()]:X2}";
            }
        }
    }

    public static string? FirstDifference(JsonElement test, IReadOnlyList<Access> log, bool withSync)
    {
        var expected = test.GetProperty("cycles").EnumerateArray().Select(cycle => new Access(
            cycle[0].GetUInt16(), cycle[1].GetByte(), cycle[2].GetString() == "write", withSync && cycle[3].GetInt32() != 0)).ToList();
        var actual = log.Select(access => withSync ? access : access with { IsFetch = false }).ToList();
        for (int cycle = 0; cycle < Math.Max(expected.Count, actual.Count); cycle++)
        {
            var (want, got) = (expected.ElementAtOrDefault(cycle), actual.ElementAtOrDefault(cycle));
            if (want != got || cycle >= expected.Count || cycle >= actual.Count)
            {
                return $"cycle {cycle} of {expected.Count}: expected {want}, got {got}";
            }
        }

        return null;
    }

    private static string Folder()
    {
        if (Environment.GetEnvironmentVariable("ATTIC_VECTORS") is { Length: > 0 } given)
        {
            return given;
        }

        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Attic.slnx")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.Parent?.FullName ?? ".", "shared", "vectors");
    }
}
