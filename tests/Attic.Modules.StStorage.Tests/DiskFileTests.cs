using Attic.Abi.State;
using Attic.Media.Floppies;

namespace Attic.Modules.StStorage.Tests;

public sealed class DiskFileTests : IDisposable
{
    private const int ToDisk = 0x100;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("attic-storage-");
    private readonly Bench _bench = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void When_the_motor_stops_the_file_is_brought_up_to_date()
    {
        string path = Path.Combine(_folder.FullName, "disk.st");
        FloppyImage.CreateBlank(path, DiskGeometry.DoubleSided);
        using var disk = FloppyImage.Open(path);
        _bench.Drives.Insert(0, disk, _bench.Now);
        _bench.Select(0);
        _bench.Seek(79);
        _bench.Memory.AsSpan(0x4000, 512).Fill(0x5A);
        _bench.Aim(0x4000, 1, ToDisk);
        _bench.Write(Bench.Sector, 9, ToDisk);
        Assert.Equal(0x80, _bench.Do(0xA0, ToDisk));
        _bench.Run(10 * Bench.Revolution);

        int at = ((79 * 18) + 8) * 512;
        Assert.True(SpinWait.SpinUntil(() => File.ReadAllBytes(path)[at] == 0x5A, TimeSpan.FromSeconds(30)));
        Assert.True(SpinWait.SpinUntil(() => !File.Exists(path + ".journal"), TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void Reading_and_saving_state_allocate_nothing()
    {
        _bench.WithDisk();
        _bench.Seek(5);
        var saver = new StateSaver();
        void Work()
        {
            _bench.Aim(0x1000, 9);
            _bench.Write(Bench.Sector, 1);
            _bench.Write(Bench.Command, 0x90);
            _bench.Run(3 * Bench.Revolution);
            _bench.Write(Bench.Command, 0xD0);
            saver.Save((IStateful)_bench.Chips[0]);
            saver.Save((IStateful)_bench.Chips[1]);
        }

        Assert.Equal(0, Allocation.Of(Work));
    }

    [Fact]
    public void A_damaged_state_ends_in_an_error_or_in_a_machine_that_runs()
    {
        var random = new Random(99);
        _bench.WithDisk();
        _bench.Seek(5);
        _bench.Write(Bench.Command, 0x90);
        byte[] ram = new byte[_bench.Memory.Length];
        byte[] sound = new StateSaver().Save(_bench).ToArray();
        var then = _bench.Now;
        for (int round = 0; round < 300; round++)
        {
            byte[] damaged = (byte[])sound.Clone();
            for (int hits = 0; hits < 4; hits++)
            {
                damaged[random.Next(ram.Length, damaged.Length)] = (byte)random.Next(256);
            }

            _bench.TurnBack(then);
            try
            {
                new StateLoader().Load(_bench, damaged);
                _bench.Run(Bench.Revolution);
            }
            catch (InvalidDataException refusal)
            {
                Assert.NotEmpty(refusal.Message);
            }
        }
    }
}
