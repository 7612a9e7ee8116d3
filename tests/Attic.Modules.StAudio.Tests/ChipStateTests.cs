using Attic.Abi.State;
using FsCheck;
using FsCheck.Fluent;

namespace Attic.Modules.StAudio.Tests;

public sealed class ChipStateTests
{
    [Fact]
    public void A_chip_loaded_in_the_middle_of_a_sound_goes_on_bit_for_bit()
    {
        var property = Prop.ForAll(Scripts(), script =>
        {
            var one = new Board();
            Play(one, script, 0, script.Length / 2);
            var two = new Board();
            new StateLoader().Load(two.Psg, new StateSaver().Save(one.Psg));
            two.SetTime(one.Now);
            one.Audio.Clear();
            Play(one, script, script.Length / 2, script.Length);
            Play(two, script, script.Length / 2, script.Length);
            Assert.Equal(one.Left(), two.Left());
            Assert.Equal(StateHasher.Hash(one.Psg), StateHasher.Hash(two.Psg));
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(50), property);
    }

    [Fact]
    public void Catching_up_at_once_equals_catching_up_in_small_steps()
    {
        var property = Prop.ForAll(Scripts(), script =>
        {
            var seldom = new Board();
            var often = new Board();
            foreach (int access in script)
            {
                Play(seldom, [access], 0, 1);
                for (long step = 37; often.Now.Count + step < seldom.Now.Count; step += 611)
                {
                    often.Run(step);
                }

                often.Run(seldom.Now.Count - often.Now.Count);
                Write(often, access);
            }

            seldom.Run(0);
            often.Run(0);
            Assert.Equal(seldom.Left(), often.Left());
            Assert.Equal(StateHasher.Hash(seldom.Psg), StateHasher.Hash(often.Psg));
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(50), property);
    }

    [Fact]
    public void A_long_catch_up_equals_many_frames()
    {
        var once = new Board();
        var frames = new Board();
        foreach (var board in (Board[])[once, frames])
        {
            board.Write((0, 100), (2, 37), (6, 9), (7, 0x2C), (8, 15), (9, 0x10), (10, 9), (11, 13), (13, 0x0A));
        }

        once.Run(641_024 * 200L);
        for (int frame = 0; frame < 200; frame++)
        {
            frames.Run(641_024);
        }

        Assert.Equal(once.Left(), frames.Left());
    }

    [Fact]
    public void A_state_that_was_tampered_with_never_throws_while_its_times_are_sane()
    {
        var property = Prop.ForAll(Scripts(), script =>
        {
            var board = new Board();
            board.Psg.Visit(new Scribbler(script[0]));
            Play(board, script, 0, script.Length);
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), property);
    }

    [Fact]
    public void Nothing_is_allocated_while_sound_is_made()
    {
        var board = new Board();
        board.Write((0, 100), (6, 3), (7, 0x2E), (8, 0x10), (9, 9), (11, 7), (13, 0x0E));
        Assert.Equal(0, Allocation.Of(() =>
        {
            board.Run(641_024 * 10);
            board.Write(0, 50);
            board.Run(641_024);
        }));
    }

    private static Arbitrary<int[]> Scripts() => ArbMap.Default.GeneratorFor<int>()
        .Select(seed => new System.Random(seed))
        .Select(random => Enumerable.Range(0, 100).Select(_ => random.Next()).ToArray())
        .ToArbitrary();

    private static void Play(Board board, int[] script, int from, int to)
    {
        for (int index = from; index < to; index++)
        {
            int pause = (script[index] >> 16) & 0x3F;
            board.SetTime(new(board.Now.Count + (pause < 32 ? pause * 50 : pause * 2_000)));
            Write(board, script[index]);
        }

        board.Run(0);
    }

    private static void Write(Board board, int access) => board.Write((access >> 24) & 0x1F, (access >> 3) & 0xFF);
}
