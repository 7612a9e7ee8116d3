using Attic.Abi.Machines;
using Attic.Media.Cassettes;

namespace Attic.Modules.XlStorage.Tests;

public class WholeMachineTests
{
    [SkippableTheory]
    [InlineData(VideoRegion.Ntsc)]
    [InlineData(VideoRegion.Pal)]
    public void A_program_is_saved_on_tape_and_loaded_again(VideoRegion region)
    {
        var computer = new XlComputer(region: region);
        var deck = computer.Machine.Capability<ITapeDeck>()!;
        var tape = TapeImage.FromBytes("t.cas", TapeImage.Blank());
        deck.Insert(tape, computer.Machine.Now);
        computer.Await("READY");
        deck.Press(TapeKey.Record, computer.Machine.Now);
        computer.Type("10 PRINT 6*7\nCSAVE\n");
        computer.Type("\n");
        computer.Run(2_500);
        Assert.NotEmpty(tape.Edges.ToArray());
        deck.Press(TapeKey.Play, computer.Machine.Now);
        deck.Wind(0, computer.Machine.Now);
        computer.Type("NEW\nCLOAD\n");
        computer.Type("\n");
        computer.Run(2_500);
        computer.Type("RUN\n");
        computer.Await("  42\n", 300);
    }

    [SkippableFact]
    public void A_tape_that_was_recorded_as_sound_loads()
    {
        var computer = new XlComputer();
        var deck = computer.Machine.Capability<ITapeDeck>()!;
        var tape = TapeImage.FromBytes("t.cas", TapeImage.Blank());
        deck.Insert(tape, computer.Machine.Now);
        computer.Await("READY");
        deck.Press(TapeKey.Record, computer.Machine.Now);
        computer.Type("10 PRINT 6*7\nCSAVE\n");
        computer.Type("\n");
        computer.Run(2_500);
        deck.Insert(TapeImage.FromBytes("t.wav", TapeSounds.Wav(tape.Edges.ToArray(), tape.Length + 200_000, noise: 2_000, speed: 1.02)), computer.Machine.Now);
        computer.Type("NEW\nCLOAD\n");
        computer.Type("\n");
        computer.Run(2_500);
        computer.Type("RUN\n");
        computer.Await("  42\n", 300);
    }

    [SkippableFact]
    public void Basic_prints()
    {
        var computer = new XlComputer();
        var paper = new Paper();
        computer.Machine.Capability<IPrinterPort>()!.Load(paper);
        computer.Await("READY");
        computer.Type("LPRINT \"HELLO\"\n");
        computer.Run(100);
        Assert.Equal("HELLO"u8.ToArray(), paper.Printed.Take(5));
        Assert.Equal(0x9B, paper.Printed[5]);
    }

    private sealed class Paper : IPrinterPaper
    {
        public List<byte> Printed { get; } = [];

        public void Print(ReadOnlySpan<byte> characters) => Printed.AddRange(characters);
    }
}
