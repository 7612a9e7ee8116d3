using Attic.Abi.Buses;
using Attic.Abi.Machines;
using Attic.Abi.State;
using FsCheck;
using FsCheck.Fluent;

namespace Attic.Modules.StIo.Tests;

public sealed class ChipStateTests
{
    [Fact]
    public void The_state_of_every_chip_has_a_layout_without_padding() =>
        Assert.NotEmpty(StateCollector.Collect(new Board()));

    [Fact]
    public void Random_accesses_never_throw_and_leave_no_deadline_in_the_past()
    {
        var property = Prop.ForAll(Accesses(), accesses =>
        {
            var board = new Board();
            foreach (int access in accesses)
            {
                Access(board, access);
            }
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), property);
    }

    [Fact]
    public void A_saved_machine_goes_on_exactly_as_the_one_it_was_saved_from()
    {
        var property = Prop.ForAll(Accesses(), accesses =>
        {
            var one = new Board();
            int half = accesses.Length / 2;
            foreach (int access in accesses.AsSpan(0, half))
            {
                Access(one, access);
            }

            var two = new Board();
            new StateLoader().Load(two, new StateSaver().Save(one));
            two.SetTime(one.Now);
            foreach (int access in accesses.AsSpan(half))
            {
                Access(one, access);
                Access(two, access);
            }

            var differences = StateCollector.Differences(StateCollector.Collect(one), StateCollector.Collect(two));
            Assert.Empty(differences);
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), property);
    }

    [Fact]
    public void Looking_often_changes_nothing()
    {
        var property = Prop.ForAll(Accesses(), accesses =>
        {
            var seldom = new Board();
            var often = new Board();
            foreach (int access in accesses)
            {
                Access(seldom, access);
                long target = seldom.Now.Count;
                var before = often.Now;
                for (long at = before.Count; at < target - 1_000; at += Math.Max(997, (target - before.Count) / 16))
                {
                    often.RunTo(at);
                    often.Mfp.CatchUp(often.Now);
                    often.Midi.CatchUp(often.Now);
                    often.Ikbd.CatchUp(often.Now);
                    often.Keyboard.CatchUp(often.Now);
                }

                often.SetTime(new(Math.Max(often.Now.Count, before.Count)));
                Access(often, access, target);
            }

            seldom.Mfp.CatchUp(seldom.Now);
            often.Mfp.CatchUp(often.Now);
            Assert.Empty(StateCollector.Differences(StateCollector.Collect(seldom), StateCollector.Collect(often)));
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), property);
    }

    [Fact]
    public void A_state_that_was_tampered_with_never_throws_while_its_times_are_sane()
    {
        var property = Prop.ForAll(Accesses(), accesses =>
        {
            var board = new Board();
            board.Visit(new Scribbler(accesses[0]));
            foreach (int access in accesses)
            {
                Access(board, access);
            }
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), property);
    }

    [Fact]
    public void Nothing_is_allocated_while_timers_run_and_packets_pass()
    {
        var board = new Board();
        board.WriteKeyboard(0, 0x96);
        board.WriteMfp(0x07, 0x20);
        board.WriteMfp(0x13, 0x20);
        board.WriteMfp(0x1F, 50);
        board.WriteMfp(0x19, 5);
        Assert.Equal(0, Allocation.Of(() => PassPackets(board)));
    }

    private static void PassPackets(Board board)
    {
        for (int round = 0; round < 200; round++)
        {
            board.Ikbd.Apply(0x80, InputPhase.Press, 5);
            board.Ikbd.Apply(0x1E, InputPhase.Press, 0);
            board.Ikbd.Apply(0x1E, InputPhase.Release, 0);
            board.WriteKeyboard(2, 0x1C);
            board.RunMicroseconds(1_300);
            board.ReadKeyboard(2);
            board.Mfp.Acknowledge(board.Now);
        }
    }

    private static Arbitrary<int[]> Accesses() => ArbMap.Default.GeneratorFor<int>()
        .Select(seed => new System.Random(seed))
        .Select(random => Enumerable.Range(0, 120).Select(_ => random.Next()).ToArray())
        .ToArbitrary();

    // Bits of a number make an access: what, where, which value, and how long before it.
    private static void Access(Board board, int access, long? at = null)
    {
        int value = (access >> 8) & 0xFF;
        long pause = ((access >> 16) & 0xF) switch
        {
            < 8 => access & 0x7F,
            < 14 => access & 0x7FFF,
            _ => access & 0xFFFFF,
        };
        board.RunTo(at ?? board.Now.Count + pause);
        uint place = (uint)(access >> 20) & 0x1F;
        switch ((access >> 25) & 7)
        {
            case 0 or 1:
                board.WriteMfp((place * 2) + 1, value);
                break;
            case 2:
                board.ReadMfp((place * 2) + 1);
                break;
            case 3:
                board.Mfp.Acknowledge(board.Now);
                break;
            case 4:
                board.Keyboard.Write(0xFFFC00 + (place & 2), (ushort)(value << 8), ByteLanes.Both, board.Now);
                break;
            case 5:
                board.WriteMidi(place & 2, value);
                board.Midi.Deliver([(byte)value], board.Now);
                board.Mfp.Deliver([(byte)value], board.Now);
                break;
            case 6:
                board.Ikbd.Apply(value, (access & 1) != 0 ? InputPhase.Press : InputPhase.Release, (sbyte)access);
                break;
            default:
                board.ReadKeyboard(place & 2);
                board.ReadMidi(place & 2);
                break;
        }
    }
}
