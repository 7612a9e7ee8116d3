using System.Reflection;
using System.Runtime.CompilerServices;
using Attic.Abi.Cpu;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Abi.Trace;
using FsCheck;
using FsCheck.Fluent;

namespace Attic.Modules.M68000.Tests;

/// <summary>Random programs: whatever lies in memory, the processor stays in its frame and in one state.</summary>
public sealed class EquivalenceTests
{
    private const int Cycles = 20_000;

    [Fact]
    public void Traced_and_untraced_runs_end_in_the_same_state() => ForSeeds(40, seed =>
    {
        var (traced, tracedMemory) = Make<SinkTrace>(seed, new(new RecordingSink()));
        var (plain, plainMemory) = Make<NoTrace>(seed, default);
        traced.Run(new CpuCycles(Cycles));
        plain.Run(new CpuCycles(Cycles));
        Assert.Equal(StateHasher.Hash(plain), StateHasher.Hash(traced));
        Assert.Equal(plainMemory.Acknowledged, tracedMemory.Acknowledged);
        Assert.True(plainMemory.Bytes.AsSpan().SequenceEqual(tracedMemory.Bytes));
    });

    [Fact]
    public void Slices_and_single_steps_end_where_one_run_ends() => ForSeeds(40, seed =>
    {
        var (whole, _) = Make<NoTrace>(seed, default);
        var (sliced, _) = Make<NoTrace>(seed, default);
        var (stepped, _) = Make<NoTrace>(seed, default);
        whole.Run(new CpuCycles(Cycles));
        var random = new Random(seed);
        while (sliced.Registers.Clock.Count < Cycles)
        {
            sliced.Run(new CpuCycles(Math.Min(Cycles, sliced.Registers.Clock.Count + random.Next(1, 300))));
        }

        while (stepped.Registers.Clock.Count < Cycles)
        {
            long before = stepped.Registers.Clock.Count;
            stepped.Step();
            Assert.True(stepped.Registers.Clock.Count > before);
        }

        Assert.Equal(StateHasher.Hash(whole), StateHasher.Hash(sliced));
        Assert.Equal(StateHasher.Hash(whole), StateHasher.Hash(stepped));
    });

    [Fact]
    public void A_state_saved_in_the_middle_goes_on_in_another_processor() => ForSeeds(20, seed =>
    {
        var (first, memory) = Make<NoTrace>(seed, default);
        first.Run(new CpuCycles(Cycles / 2));
        var second = new M68000Module().Create<FlatBus, NoTrace>(new(memory), default);
        new StateLoader().Load(second, new StateSaver().Save(first));
        byte[] middle = memory.Bytes.AsSpan().ToArray();
        var levels = memory.LevelChanges.ToArray();
        int level = memory.InterruptLevel;
        first.Run(new CpuCycles(Cycles));
        middle.CopyTo(memory.Bytes, 0);
        memory.InterruptLevel = level;
        memory.LevelChanges.Clear();
        foreach (var change in levels)
        {
            memory.LevelChanges.Enqueue(change);
        }

        second.Run(new CpuCycles(Cycles));
        Assert.Equal(StateHasher.Hash(first), StateHasher.Hash(second));
    });

    [Fact]
    public void Registers_are_their_bytes_and_A_follows_D()
    {
        var layout = StateLayout.Of<M68kRegisters>();
        Assert.Equal(Unsafe.SizeOf<M68kRegisters>(), layout.Size);
        var d = layout.Fields.Single(field => field.Name == "D");
        Assert.Equal(d.Offset + 32, layout.Fields.Single(field => field.Name == "A").Offset);
    }

    [Fact]
    public void No_method_is_so_large_that_the_JIT_gives_up()
    {
        const BindingFlags everything = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var largest = typeof(M68000Module).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(everything))
            .MaxBy(method => method.GetMethodBody()?.GetILAsByteArray()?.Length ?? 0)!;
        Assert.InRange(largest.GetMethodBody()!.GetILAsByteArray()!.Length, 1, 8_000);
    }

    private static void ForSeeds(int count, Action<int> property) =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(count));

    // Registers are random too, so that most programs live for a while; every vector leads back into memory.
    private static (IM68kCpu Cpu, FlatMemory Memory) Make<TTrace>(int seed, TTrace trace)
        where TTrace : struct, IM68kTrace
    {
        var random = new Random(seed);
        var memory = new FlatMemory { BusErrorsFrom = 0xF0_0000 };
        var tile = memory.Bytes.AsSpan(0, 0x4_0000);
        random.NextBytes(tile);
        for (int at = tile.Length; at < memory.Bytes.Length; at += tile.Length)
        {
            tile.CopyTo(memory.Bytes.AsSpan(at));
        }

        for (uint vector = 0; vector < 256; vector++)
        {
            memory.SetLong(vector * 4, (uint)random.Next(0x400, 0xE0_0000) & ~1u);
        }

        for (long at = 0; at < Cycles; at += random.Next(1, 1500))
        {
            memory.LevelChanges.Enqueue((at, random.Next(8)));
        }

        var cpu = new M68000Module().Create<FlatBus, TTrace>(new(memory), trace);
        cpu.Reset();
        for (int register = 0; register < 7; register++)
        {
            cpu.Registers.D[register] = (uint)random.Next();
            cpu.Registers.A[register] = (uint)random.Next() & ~1u;
        }

        return (cpu, memory);
    }
}
