using Attic.Abi.Buses;
using Attic.Abi.Machines;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Abi.Trace;
using Attic.Engine.Card;
using Attic.Engine.Catalogs;
using Attic.Engine.Machines;
using Attic.Engine.Sessions;
using Attic.Engine.Streams;

namespace Attic.Engine.Tests.Sessions;

/// <summary>The real machines from their packages, watched in every way: who looks must not change what happens.</summary>
public sealed class StreamedDeterminismTests : IDisposable
{
    private const int Frames = 150;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("atari_st", "st_1040_pal")]
    [InlineData("atari_xl", "xl_800_ntsc")]
    [InlineData("atari_xl", "xl_800_pal")]
    public void The_same_frames_give_the_same_hash_streamed_traced_or_alone(string machine, string profile)
    {
        PackedModules.Require();
        using var card = EngineCard.Open(AtticHome.Locate(_folder.Path, null), ShippedCard.Locate(AppContext.BaseDirectory, SourceTree.Configuration));
        var plan = card.Builder.Plan(machine, profile);
        byte[] rom = machine is "atari_xl"
            ? XlBusyRom.Make()
            : File.ReadAllBytes(card.Media.FindSystem(CatalogKind.Rom, "tos.attic-st", "rom_id", machine).File.Host);
        string alone = Run(RunAlone);

        Assert.Equal(alone, Run(RunAlone));
        Assert.Equal(alone, Run(RunStreamed));
        Assert.Equal(alone, Run(RunTraced));

        string Run(Action<IMachine, int> run)
        {
            using var built = card.Builder.Build(plan, rom);
            run(built.Machine, Frames);
            return StateHasher.Hash(built.Machine);
        }
    }

    private static void RunAlone(IMachine machine, int frames)
    {
        for (int frame = 0; frame < frames; frame++)
        {
            machine.RunFrame();
            machine.Audio.Clear();
        }
    }

    private static void RunStreamed(IMachine machine, int frames)
    {
        using var streams = new SessionStreams("ses_test", new StreamDefaults());
        using var video = streams.Connect(StreamKind.Video, new VideoSettings());
        using var audio = streams.Connect(StreamKind.Audio, new AudioSettings());
        using var registers = streams.Connect(StreamKind.Registers, null);
        var host = new MachineHost(machine, streams, 0);
        for (int frame = 0; frame < frames; frame++)
        {
            host.RunFrame();
        }
    }

    private static void RunTraced(IMachine machine, int frames)
    {
        machine.SetTrace(new DeafSink());
        RunAlone(machine, frames);
        machine.SetTrace(null);
    }

    private sealed class DeafSink : ITraceSink
    {
        public void OnInstruction(uint address, ushort opcode, CpuCycles clock)
        {
        }

        public void OnBus(in BusAccess access)
        {
        }

        public void OnException(int vector, uint address, CpuCycles clock)
        {
        }
    }
}
