using Attic.Abi.State;
using FsCheck;
using FsCheck.Fluent;
using static Attic.Modules.XlVideo.Tests.VideoRig;

namespace Attic.Modules.XlVideo.Tests;

/// <summary>The chips work when somebody looks, many cycles at a time: it is as if they had worked in every cycle.</summary>
public class LatenessTests
{
    private const int FirstLine = 8;
    private const int Lines = 24;
    private const ushort Shapes = 0x3000;

    private static readonly int[] Registers =
    [
        Hposp0, Hposp0 + 1, Hposp0 + 2, Hposp0 + 3, Hposm0, Hposm0 + 2, Sizep0, Sizep0 + 3, Sizem, Grafp0 + 1, Grafm, Colpm0, Colpf0 + 1,
        Colbk, Prior, Vdelay, Gractl, Hitclr, Dmactl, Chactl, Hscrol, Vscrol, Pmbase, Chbase,
    ];

    [Fact]
    public void Lines_drawn_when_they_are_over_are_those_drawn_clock_by_clock() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll<int>(seed =>
        {
            var late = Run(seed, everyCycle: false);
            var prompt = Run(seed, everyCycle: true);
            for (int line = 0; line < Lines; line++)
            {
                int differs = late.Picture[line].AsSpan().CommonPrefixLength(prompt.Picture[line]);
                Assert.True(differs == late.Picture[line].Length, $"seed {seed}, line {FirstLine + line}, pixel {differs}");
            }

            Assert.Empty(StateCollector.Differences(prompt.State, late.State));
        }));

    // A picture with objects and random writes to registers in random cycles.
    private static (List<ushort[]> Picture, IReadOnlyList<StateBlock> State) Run(int seed, bool everyCycle)
    {
        var random = new Random(seed);
        var rig = new VideoRig();
        random.NextBytes(rig.Ram.AsSpan(Screen, 0x2000));
        random.NextBytes(rig.Ram.AsSpan(Shapes, 0x1000));
        for (int register = Hposp0; register < Prior; register++)
        {
            rig.Write(register, random.Next(256));
        }

        rig.Write(Pmbase, Shapes >> 8);
        rig.Write(Chbase, Screen >> 8);
        rig.Write(Gractl, 3);
        rig.Write(Prior, random.Next(4) == 0 ? random.Next(256) : 1 << random.Next(6));
        rig.Show(0x20 | random.Next(64), RandomList(random));
        for (int line = FirstLine; line < FirstLine + Lines; line++)
        {
            rig.To(line, 0);
            for (int cycle = 0; cycle < rig.Scanline.Bus.Length; cycle++)
            {
                rig.Scanline.Bus[cycle] = (byte)((cycle * 37) + line);
            }

            int[] writes = [.. Enumerable.Range(0, random.Next(3)).Select(_ => random.Next(114)).Order()];
            var values = writes.Select(cycle => (Cycle: cycle, Register: Registers[random.Next(Registers.Length)], Value: random.Next(256))).ToList();
            for (int cycle = 0; cycle < 114; cycle++)
            {
                if (everyCycle)
                {
                    rig.To(line, cycle);
                    rig.Synchronize();
                }

                foreach (var write in values.Where(write => write.Cycle == cycle))
                {
                    rig.Write(line, cycle, write.Register, write.Value);
                }
            }
        }

        rig.To(FirstLine + Lines, 0);
        rig.Synchronize();
        var state = StateCollector.Collect(rig);
        return ([.. Enumerable.Range(FirstLine, Lines).Select(rig.PictureOf)], state);
    }

    private static byte[] RandomList(Random random)
    {
        var list = new List<byte>();
        for (int instruction = 0; instruction < 12; instruction++)
        {
            int mode = random.Next(2, 16) | (random.Next(4) == 0 ? 0x10 : 0) | (random.Next(4) == 0 ? 0x20 : 0) | (random.Next(5) == 0 ? 0x80 : 0);
            list.AddRange(instruction == 0 || random.Next(3) == 0 ? [(byte)(0x40 | mode), (byte)random.Next(256), (byte)((Screen >> 8) + random.Next(16))] : [(byte)mode]);
        }

        return [.. list];
    }

    [Fact]
    public void Collisions_are_those_of_every_clock_looked_at_alone() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll<int>(seed =>
        {
            var random = new Random(seed);
            var rig = new VideoRig();
            random.NextBytes(rig.Ram.AsSpan(Screen, 40));
            rig.Show(0x22, 0x4E, Screen & 0xFF, Screen >> 8);
            rig.To(FirstLine, 0);
            byte[] places = [.. Enumerable.Range(0, 8).Select(_ => (byte)random.Next(40, 200))];
            int[] sizes = [.. Enumerable.Range(0, 8).Select(_ => random.Next(4))];
            byte[] shapes = [.. Enumerable.Range(0, 4).Select(_ => (byte)random.Next(256))];
            byte missiles = (byte)random.Next(256);
            for (int index = 0; index < 8; index++)
            {
                rig.Write(Hposp0 + index, places[index]);
            }

            for (int player = 0; player < 4; player++)
            {
                rig.Write(Sizep0 + player, sizes[player]);
                rig.Write(Grafp0 + player, shapes[player]);
            }

            rig.Write(Sizem, sizes[4] | (sizes[5] << 2) | (sizes[6] << 4) | (sizes[7] << 6));
            rig.Write(Grafm, missiles);
            rig.Write(Hitclr, 0);

            var expected = new int[16];
            for (int clock = 48; clock < 208; clock++)
            {
                int pair = (rig.Ram[Screen + ((clock - 48) / 4)] >> (6 - (2 * (clock & 3)))) & 3;
                int playfield = pair == 0 ? 0 : 1 << (pair - 1);
                int present = Enumerable.Range(0, 8).Where(index => Covers(index, clock)).Aggregate(0, (set, index) => set | (1 << index));
                Expect(expected, present, playfield);
            }

            for (int clock = 34; clock < 222; clock++)
            {
                int present = Enumerable.Range(0, 8).Where(index => Covers(index, clock)).Aggregate(0, (set, index) => set | (1 << index));
                Expect(expected, present, 0);
            }

            rig.To(FirstLine + 1, 0);
            Assert.Equal(expected, Enumerable.Range(0, 16).Select(register => rig.Read(M0Pf + register)));

            bool Covers(int index, int clock)
            {
                int shift = sizes[index] switch { 1 => 1, 3 => 2, _ => 0 };
                int bit = (clock - places[index]) >> shift;
                int bits = index < 4 ? shapes[index] : (missiles << (6 - (2 * (index - 4)))) & 0xC0;
                return clock >= places[index] && bit < 8 && (bits & (0x80 >> bit)) != 0;
            }
        }));

    private static void Expect(int[] registers, int present, int playfield)
    {
        int players = present & 15;
        for (int index = 0; index < 4; index++)
        {
            registers[index] |= (present & (0x10 << index)) != 0 ? playfield : 0;
            registers[8 + index] |= (present & (0x10 << index)) != 0 ? players : 0;
            registers[4 + index] |= (present & (1 << index)) != 0 ? playfield : 0;
            registers[12 + index] |= (present & (1 << index)) != 0 ? players & ~(1 << index) : 0;
        }
    }

    [Theory]
    [InlineData(0x42, false)]
    [InlineData(0x43, false)]
    [InlineData(0x4F, false)]
    [InlineData(0x44, true)]
    [InlineData(0x46, true)]
    [InlineData(0x4E, true)]
    [InlineData(0x70, true)]
    public void Lines_keep_two_pixels_a_colour_clock_only_where_they_can_differ(int instruction, bool halfWidth)
    {
        var rig = Showing(0x22, (byte)instruction, Screen & 0xFF, Screen >> 8);
        rig.To(248, 20);
        Assert.Equal(halfWidth, rig.Video.Frame.HalfWidth[0]);
    }

    // The pages of a character set may lie apart, as when part of it is in a bank.
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void Characters_are_fetched_from_scattered_pages_as_from_plain_memory(int mode)
    {
        var plain = Text(mode, static _ => { });
        var scattered = Text(mode, static rig =>
        {
            rig.Ram.AsSpan(0x6100, 0x100).CopyTo(rig.Ram.AsSpan(0x9500));
            rig.Memory.AnticReads[0x61] = 0x9500;
        });
        for (int line = 8; line < 16; line++)
        {
            Assert.Equal(plain.PictureOf(line), scattered.PictureOf(line));
        }

        static VideoRig Text(int mode, Action<VideoRig> arrange)
        {
            var rig = new VideoRig();
            new Random(mode).NextBytes(rig.Ram.AsSpan(Screen, 64));
            new Random(1).NextBytes(rig.Ram.AsSpan(0x6000, 0x400));
            for (int field = 0; field < 4; field++)
            {
                rig.Write(Colpf0 + field, (field + 1) << 4);
            }

            arrange(rig);
            rig.Write(Chbase, 0x60);
            rig.Show(0x22, (byte)(0x40 | mode), Screen & 0xFF, Screen >> 8);
            return rig;
        }
    }

    // One line resolution; a delayed missile keeps on even lines what it had.
    [Fact]
    public void Missiles_take_their_bits_of_the_byte_unless_they_are_delayed()
    {
        var random = new Random(3);
        for (int round = 0; round < 40; round++)
        {
            int vdelay = random.Next(16);
            var (before, after) = (random.Next(256), random.Next(256));
            var rig = new VideoRig();
            (rig.Ram[Shapes + 0x300 + 39], rig.Ram[Shapes + 0x300 + 40]) = ((byte)before, (byte)after);
            rig.Write(Pmbase, Shapes >> 8);
            rig.Write(Gractl, 1);
            rig.Write(Vdelay, vdelay);
            for (int missile = 0; missile < 4; missile++)
            {
                rig.Write(Hposm0 + missile, 0x50 + (0x10 * missile));
                rig.Write(Colpm0 + missile, 0x10);
            }

            rig.Show(0x34, 0x70);
            var row = rig.PictureOf(40);
            for (int missile = 0; missile < 4; missile++)
            {
                int bits = ((vdelay & (1 << missile)) != 0 ? before : after) >> (2 * missile);
                int lit = Enumerable.Range(0, 2).Sum(clock => row[2 * (0x50 + (0x10 * missile) + clock - 32)] == 0x10 ? 2 >> clock : 0);
                Assert.Equal(bits & 3, lit);
            }
        }
    }

    [Fact]
    public void Plans_of_lines_stay_within_their_number_whatever_a_program_shows()
    {
        var rig = new VideoRig();
        rig.Show(0x22, [.. Enumerable.Range(0, 60).SelectMany(index => new[] { (byte)(0x50 | (2 + (index % 14))), (byte)0, (byte)(Screen >> 8), (byte)(0x12 + (index % 14)) })]);
        var antic = (Antic)rig.Video.Chips[0];
        var seen = new HashSet<int>();
        Walk();
        Assert.True(seen.Count > 2 * PlanCache.Capacity, $"{seen.Count} kinds of lines are too few to say anything.");
        Assert.InRange(antic.PlansKept, 1, PlanCache.Capacity);
        Assert.Equal(0, Attic.Tests.Allocation.Of(Walk));
        Assert.InRange(antic.PlansKept, 1, PlanCache.Capacity);

        void Walk()
        {
            uint step = 1;
            for (int picture = 0; picture < 60; picture++)
            {
                for (int line = 8; line < 240; line++)
                {
                    step = (step * 1664525) + 1013904223;
                    rig.To(line, 110);
                    rig.Write(Dmactl, (int)(0x20 | ((step >> 8) & 0x1F)));
                    rig.Write(Hscrol, (int)(step >> 16) & 15);
                    rig.To(line + 1, 0);
                    seen.Add(antic.PlanInUse);
                }
            }
        }
    }

    [Fact]
    public void Plans_are_found_again_and_are_given_out_anew_when_there_are_too_many()
    {
        var cache = new PlanCache();
        var plans = Enumerable.Range(0, 3 * PlanCache.Capacity).Select(key => cache.Add(key)).ToList();
        Assert.Equal(PlanCache.Capacity, plans.Distinct().Count());
        Assert.True(cache.TryGet((3 * PlanCache.Capacity) - 1, out var last));
        Assert.Same(plans[^1], last);
        Assert.False(cache.TryGet(0, out _));
    }
}
