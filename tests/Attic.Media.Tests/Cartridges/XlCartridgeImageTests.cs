using Attic.Abi.State;
using Attic.Media.Cartridges;
using Attic.Media.Durability;

namespace Attic.Media.Tests.Cartridges;

public sealed class XlCartridgeImageTests : IDisposable
{
    private const int Header = 16;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_programmed_is_in_the_file_and_its_checksum_right()
    {
        string path = Car(41);
        using (var image = XlCartridgeImage.Open(path)!)
        {
            Assert.True(image.Write(0x1234, [1, 2, 3]));
            Assert.Throws<FileInUseException>(() => XlCartridgeImage.Open(path));
        }

        var again = XlCartridgeFile.Read("c.car", File.ReadAllBytes(path));
        Assert.Equal([1, 2, 3], again.Image.Span[0x1234..0x1237].ToArray());
        Assert.Equal([Path.GetFileName(path)], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void After_a_kill_the_journal_brings_back_what_was_programmed()
    {
        string path = Car(75, 1024);
        string journal = path + ".journal";
        using (var image = XlCartridgeImage.Open(path)!)
        {
            image.Write(5, [0x42]);
            Assert.True(SpinWait.SpinUntil(() => image.DurableWrites == 1, TimeSpan.FromSeconds(30)));
            File.Copy(journal, _folder["kept"]);
            File.Copy(path, _folder["kept.car"]);
        }

        // As it was when the process was killed: the old file, the journal beside it.
        File.Move(_folder["kept.car"], path, overwrite: true);
        File.Move(_folder["kept"], journal, overwrite: true);
        using (var image = XlCartridgeImage.Open(path)!)
        {
            Assert.Equal(0x42, image.Image[5]);
            Assert.Contains("1 writes", image.Notices[0], StringComparison.Ordinal);
        }

        Assert.Equal(0x42, XlCartridgeFile.Read("c.car", File.ReadAllBytes(path)).Image.Span[5]);
    }

    [Fact]
    public void A_cartridge_of_ROM_is_not_opened_for_writing_and_a_damaged_one_is_refused()
    {
        Assert.Null(XlCartridgeImage.Open(Car(14)));
        string path = Car(41);
        byte[] file = File.ReadAllBytes(path);
        file[^1] ^= 1;
        File.WriteAllBytes(path, file);
        Assert.Equal(8, Assert.Throws<MediaFormatException>(() => XlCartridgeImage.Open(path)).Offset);
    }

    [Fact]
    public void A_protected_one_takes_nothing_and_none_takes_more_than_it_holds()
    {
        string path = Car(41);
        byte[] before = File.ReadAllBytes(path);
        using (var image = XlCartridgeImage.Open(path, writeProtect: true)!)
        {
            Assert.False(image.Write(0, [1]));
        }

        using (var image = XlCartridgeImage.Open(path)!)
        {
            Assert.False(image.Write(128 * 1024, [1]));
            Assert.False(image.Write(-1, [1]));
        }

        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Fact]
    public void A_state_brings_its_content_back()
    {
        using var image = XlCartridgeImage.FromBytes("c.rom", new byte[128 * 1024], 41);
        image.Write(7, [7]);
        byte[] saved = new StateSaver().Save(image).ToArray();
        image.Write(7, [9, 9]);
        int revision = image.Revision;
        new StateLoader().Load(image, saved);
        Assert.Equal((7, 0), (image.Image[7], image.Image[8]));
        Assert.NotEqual(revision, image.Revision);
    }

    private string Car(byte type, int kilobytes = 128)
    {
        byte[] rom = new byte[kilobytes * 1024];
        Array.Fill(rom, (byte)0xFF);
        uint sum = (uint)rom.Sum(value => (long)value);
        string path = _folder[$"c{type}.car"];
        File.WriteAllBytes(path, [.. "CART"u8, 0, 0, 0, type, (byte)(sum >> 24), (byte)(sum >> 16), (byte)(sum >> 8), (byte)sum, 0, 0, 0, 0, .. rom]);
        Assert.Equal(rom.Length + Header, new FileInfo(path).Length);
        return path;
    }
}
