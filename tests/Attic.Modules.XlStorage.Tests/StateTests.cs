using Attic.Abi.Machines;
using Attic.Abi.Media;
using Attic.Abi.State;
using Attic.Media.Cassettes;

namespace Attic.Modules.XlStorage.Tests;

public class StateTests
{
    [Fact]
    public void Whatever_a_state_says_the_devices_go_on()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var probe = Busy();
            foreach (var chip in probe.Machine.Chips.Where(chip => chip.Name is "disk" or "printer" or "tape" or "sio"))
            {
                try
                {
                    new Scribbler(seed).Part(chip.Name, chip);
                }
                catch (InvalidDataException)
                {
                    // A state of another disk or tape is refused.
                }
            }

            Frames(probe, 20);
        }
    }

    [Fact]
    public void Devices_at_work_allocate_nothing()
    {
        var probe = Busy();
        Frames(probe, 60);
        Assert.Equal(0, Allocation.Of(() => Frames(probe, 5)));
    }

    [Fact]
    public void A_state_saved_anywhere_goes_on_alike()
    {
        var probe = Busy();
        for (int round = 0; round < 10; round++)
        {
            Frames(probe, 7);
            byte[] saved = new StateSaver().Save(probe.Machine).ToArray();
            Frames(probe, 12);
            string hash = StateHasher.Hash(probe.Machine);
            new StateLoader().Load(probe.Machine, saved);
            Frames(probe, 12);
            Assert.Equal(hash, StateHasher.Hash(probe.Machine));
        }
    }

    private static Probe Busy()
    {
        var probe = new Probe();
        probe.Insert(Disks.Numbered(AtariDiskShape.Single));
        probe.Machine.Capability<ITapeDeck>()!.Insert(TapeImage.FromBytes("t.cas", TapeImage.Blank()), probe.Machine.Now);
        for (int sector = 1; sector < 30; sector++)
        {
            probe.Add('R', sector * 24);
            probe.Add('P', sector * 24);
        }

        probe.Start();
        Frames(probe, 3);
        return probe;
    }

    private static void Frames(Probe probe, int count)
    {
        for (int frame = 0; frame < count; frame++)
        {
            probe.Machine.RunFrame();
            probe.Machine.Audio.Clear();
        }
    }
}
