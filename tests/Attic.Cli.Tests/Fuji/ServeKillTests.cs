using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using Attic.FujiNet.Core;
using Attic.FujiNet.Diagnostics;

namespace Attic.Cli.Tests.Fuji;

/// <summary><c>attic fuji serve</c> killed at any moment: images hold old or new sectors, whole images are old or new, mounts come back.</summary>
public sealed class ServeKillTests : IDisposable
{
    private const byte Disk = 0xFC;
    private const int SectorBytes = 256;
    private const int Sectors = 720;
    private const int Rounds = 4;
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("attic-serve-");

    private string Image => Path.Combine(_data.FullName, "d.atr");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task A_sector_is_old_or_new_and_what_was_answered_is_there_and_the_mount_comes_back()
    {
        byte[] generations = new byte[Sectors];
        var random = new Random(Environment.TickCount);
        for (int round = 0; round < Rounds; round++)
        {
            int pending = -1;
            await using (var serve = await Serve.StartAsync(_data.FullName))
            {
                if (round == 0)
                {
                    await serve.CallAsync(0x07, [1, 0, 1, 0, 1, 0xD0, 2, 0, 0, .. Named("host:/d.atr")]);
                    await serve.CallAsync(0x01, [1, 2, 0, 0, 0, 0, .. Named("host:/d.atr")]);
                }

                // Killed from outside while sectors are on their way.
                var kill = serve.KillAfterAsync(TimeSpan.FromMilliseconds(random.Next(20, 250)));
                byte generation = (byte)(round + 1);
                while (true)
                {
                    pending = random.Next(3, Sectors);
                    if (!await serve.TryWriteAsync(pending, Content(pending, generation)))
                    {
                        break;
                    }

                    generations[pending] = generation;
                }

                await kill;
            }

            Check(generations, pending, (byte)(round + 1));
        }

        await using var again = await Serve.StartAsync(_data.FullName);
        byte[] mounts = await again.CallAsync(0x0D, [1, 1, 0, 0, 7, 0, 0, 0, 0, 4]);
        Assert.Contains("1: AUTO host:/d.atr", Encoding.ASCII.GetString(mounts), StringComparison.Ordinal);
        byte[] read = await again.CallAsync(0x03, [1, 2, 99, 0, 0, 0, 0, 1]);
        Assert.Equal(Content(99, generations[99]), read[11..]);
    }

    [Fact]
    public async Task An_image_that_replaces_another_is_there_whole_or_not_at_all()
    {
        var random = new Random(Environment.TickCount);
        for (int round = 0; round < Rounds; round++)
        {
            await using (var serve = await Serve.StartAsync(_data.FullName))
            {
                var kill = serve.KillAfterAsync(TimeSpan.FromMilliseconds(random.Next(20, 250)));

                // By turns an image of 720 and one of 65,535 sectors.
                for (bool large = false; await serve.TryCallAsync(0x07, [1, 1, 1, 0, 1, large ? (byte)0xFF : (byte)0xD0, large ? (byte)0xFF : (byte)2, 0, 0, .. Named("host:/d.atr")]); large = !large)
                {
                    // Until it is killed.
                }

                await kill;
            }

            if (File.Exists(Image))
            {
                byte[] image = File.ReadAllBytes(Image);
                int data = (BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(2)) | (image[6] << 16)) * 16;
                Assert.Equal(0x0296, BinaryPrimitives.ReadUInt16LittleEndian(image));
                Assert.Equal(16 + data, image.Length);
                Assert.Contains(image.Length, new[] { 16 + 384 + ((Sectors - 3) * SectorBytes), 16 + 384 + ((65_535 - 3) * SectorBytes) });
            }
        }
    }

    private static byte[] Named(string uri) => [(byte)uri.Length, 0, .. Encoding.ASCII.GetBytes(uri)];

    // Zeros at first; each byte names its sector and the round that wrote it.
    private static byte[] Content(int sector, byte generation) =>
        generation == 0 ? new byte[SectorBytes] : [.. Enumerable.Range(0, SectorBytes).Select(at => (byte)((sector * 7) + (generation * 31) + at))];

    private void Check(byte[] generations, int pending, byte generation)
    {
        byte[] image = File.ReadAllBytes(Image);
        for (int sector = 3; sector < Sectors; sector++)
        {
            byte[] found = image.AsSpan(16 + 384 + ((sector - 3) * SectorBytes), SectorBytes).ToArray();
            if (sector == pending && found.AsSpan().SequenceEqual(Content(sector, generation)))
            {
                // Written, and killed before it could say so.
                generations[sector] = generation;
            }

            Assert.Equal(Content(sector, generations[sector]), found);
        }
    }

    private sealed class Serve : IAsyncDisposable
    {
        private readonly Process _process;
        private readonly FujiBusClient _client;

        private Serve(Process process, FujiBusClient client) => (_process, _client) = (process, client);

        public static async Task<Serve> StartAsync(string data)
        {
            string program = Path.Combine(AppContext.BaseDirectory, "attic.dll");
            var process = Process.Start(new ProcessStartInfo("dotnet", [program, "fuji", "serve", "--tcp", "127.0.0.1:0", "--data", data]) { RedirectStandardOutput = true })!;
            while (await process.StandardOutput.ReadLineAsync() is { } line)
            {
                const string listening = "Listening on ";
                int at = line.IndexOf(listening, StringComparison.Ordinal);
                if (at >= 0)
                {
                    return new(process, await FujiBusClient.ConnectAsync(line[(at + listening.Length)..]));
                }
            }

            throw new InvalidOperationException($"attic fuji serve ended with {process.ExitCode}.");
        }

        public async Task<byte[]> CallAsync(byte command, byte[] payload)
        {
            var (status, answer) = await _client.CallAsync(Disk, command, payload);
            Assert.Equal(IOStatus.Ok, status);
            return answer;
        }

        public async Task<bool> TryCallAsync(byte command, byte[] payload)
        {
            try
            {
                await CallAsync(command, payload);
                return true;
            }
            catch (Exception killed) when (killed is IOException or OperationCanceledException or TimeoutException)
            {
                return false;
            }
        }

        public Task<bool> TryWriteAsync(int sector, byte[] content) =>
            TryCallAsync(0x04, [1, 2, (byte)sector, (byte)(sector >> 8), 0, 0, 0, 1, .. content]);

        public async Task KillAfterAsync(TimeSpan time)
        {
            await Task.Delay(time);
            _process.Kill();
        }

        public async ValueTask DisposeAsync()
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            await _client.DisposeAsync();
            _process.Dispose();
        }
    }
}
