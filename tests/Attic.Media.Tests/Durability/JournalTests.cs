using Attic.Media.Durability;
using Attic.Media.Floppies;
using FsCheck;
using FsCheck.Fluent;

namespace Attic.Media.Tests.Durability;

public sealed class JournalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _path;
    private readonly string _journal;

    public JournalTests()
    {
        _path = _folder["disk.st"];
        _journal = _path + ".journal";
        FloppyImage.Save(_path, Disks.Numbered(DiskGeometry.DoubleSided));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_write_is_in_the_journal_until_the_motor_stops_and_then_in_the_file()
    {
        byte[] before = File.ReadAllBytes(_path);
        using var disk = FloppyImage.Open(_path);
        disk.Write(0, 0, 0, Disks.Sector(0x55), deleted: false);
        WaitFor(() => disk.DurableWrites == 1);
        Assert.True(File.Exists(_journal));
        Assert.Equal(before, File.ReadAllBytes(_path));

        disk.Settle();
        WaitFor(() => !File.Exists(_journal));
        Assert.Equal(Disks.Sector(0x55), File.ReadAllBytes(_path)[..512]);
    }

    [Fact]
    public void A_journal_that_was_left_behind_is_replayed_and_reported()
    {
        LeaveBehind(3);
        using var disk = FloppyImage.Open(_path);
        Assert.Equal("3 writes of an interrupted run were brought back from the journal.", Assert.Single(disk.Notices));
        Assert.Equal(Disks.Sector(3), disk.Read(3, 0, 0).ToArray());
        Assert.False(File.Exists(_journal));
        Assert.Equal(disk.CopyContent().ToSectors(), File.ReadAllBytes(_path));
    }

    [Fact]
    public void A_write_protected_disk_shows_the_journals_writes_and_leaves_it_there()
    {
        LeaveBehind(1);
        using var disk = FloppyImage.Open(_path, writeProtect: true);
        Assert.Equal(Disks.Sector(1), disk.Read(1, 0, 0).ToArray());
        Assert.True(File.Exists(_journal));
    }

    [Fact]
    public void A_journal_torn_anywhere_gives_the_writes_before_the_tear()
    {
        LeaveBehind(2);
        byte[] journal = File.ReadAllBytes(_journal);
        byte[] image = File.ReadAllBytes(_path);
        var content = StCodec.Instance.Decode(image);
        for (int length = 0; length <= journal.Length; length += 13)
        {
            File.WriteAllBytes(_journal, journal[..length]);
            var replay = JournalReplay.Apply(_path, FileIdentity.Of(image), new ContentTarget(StCodec.Instance, content));
            Assert.Equal((Math.Max(length - JournalFormat.HeaderBytes, 0) / (512 + JournalFormat.RecordOverhead), ""), (replay.Replayed, replay.Problem));
        }
    }

    [Fact]
    public void A_journal_of_other_content_is_kept_aside_and_the_image_left_alone()
    {
        LeaveBehind(2);
        byte[] journal = File.ReadAllBytes(_journal);
        FloppyImage.Save(_path, Disks.Numbered(DiskGeometry.SingleSided));
        byte[] image = File.ReadAllBytes(_path);
        using (var disk = FloppyImage.Open(_path))
        {
            Assert.Contains("belongs to other content", disk.Notices[0], StringComparison.Ordinal);
            Assert.Contains("disk.st.journal.kept", disk.Notices[1], StringComparison.Ordinal);
        }

        Assert.Equal(journal, File.ReadAllBytes(_journal + ".kept"));
        Assert.Equal(image, File.ReadAllBytes(_path));
        Assert.False(File.Exists(_journal));
    }

    [Fact]
    public void A_journal_damaged_in_its_middle_is_kept_besides_being_replayed_up_to_there()
    {
        LeaveBehind(3);
        byte[] journal = File.ReadAllBytes(_journal);
        journal[JournalFormat.HeaderBytes + 512 + JournalFormat.RecordOverhead + 100] ^= 1;
        File.WriteAllBytes(_journal, journal);
        using var disk = FloppyImage.Open(_path);
        Assert.Equal(Disks.Sector(1), disk.Read(1, 0, 0).ToArray());
        Assert.NotEqual(Disks.Sector(2), disk.Read(2, 0, 0).ToArray());
        Assert.Equal(journal, File.ReadAllBytes(_journal + ".kept"));
    }

    [Fact]
    public void A_kill_between_the_images_renaming_and_the_journals_end_is_noticed()
    {
        LeaveBehind(2);
        byte[] before = File.ReadAllBytes(_path);
        var content = StCodec.Instance.Decode(before);
        var replay = JournalReplay.Apply(_path, FileIdentity.Of(before), new ContentTarget(StCodec.Instance, content));
        byte[] journal = File.ReadAllBytes(_journal);
        byte[] merged = content.ToSectors();
        replay.Finish(_path, merged);

        using var note = new MemoryStream();
        JournalFormat.Append(note, new(JournalKind.Merged, 0, 0, 0, JournalFormat.Identity(FileIdentity.Of(merged))), 3);
        File.WriteAllBytes(_journal, [.. journal, .. note.ToArray()]);
        using var disk = FloppyImage.Open(_path);
        Assert.Empty(disk.Notices);
        Assert.False(File.Exists(_journal));
        Assert.Equal(merged, File.ReadAllBytes(_path));
    }

    [Fact]
    public void An_image_that_another_program_changed_meanwhile_is_not_overwritten()
    {
        var disk = FloppyImage.Open(_path);
        disk.Write(0, 0, 0, Disks.Sector(0x55), deleted: false);
        WaitFor(() => disk.DurableWrites == 1);
        byte[] theirs = Disks.Numbered(DiskGeometry.SingleSided).ToSectors();
        File.WriteAllBytes(_path, theirs);
        Assert.Contains("another program", Assert.Throws<IOException>(disk.Dispose).Message, StringComparison.Ordinal);
        Assert.Equal(theirs, File.ReadAllBytes(_path));
        Assert.True(File.Exists(_journal));
    }

    [Fact]
    public void Writes_go_on_while_the_journal_cannot_be_written_and_are_not_lost()
    {
        using (var real = FloppyImage.Open(_path))
        {
            Directory.CreateDirectory(_journal);
            real.Write(5, 0, 0, Disks.Sector(0x66), deleted: false);
            WaitFor(() => real.WriteFault.Length > 0);
            Assert.Equal(0, real.DurableWrites);
            Directory.Delete(_journal);
            real.Write(6, 0, 0, Disks.Sector(0x77), deleted: false);
            WaitFor(() => real.DurableWrites == 2);
            Assert.Equal("", real.WriteFault);
        }

        using var again = FloppyImage.Open(_path, writeProtect: true);
        Assert.Equal(Disks.Sector(0x66), again.Read(5, 0, 0).ToArray());
        Assert.Equal(Disks.Sector(0x77), again.Read(6, 0, 0).ToArray());
    }

    [Fact]
    public void Random_journals_are_replayed_or_kept_and_nothing_else()
    {
        byte[] image = File.ReadAllBytes(_path);
        var content = StCodec.Instance.Decode(image);
        byte[] header = JournalFormat.Header(FileIdentity.Of(image));
        Prop.ForAll<byte[], byte, byte>((noise, kind, place) =>
        {
            using var records = new MemoryStream();
            JournalFormat.Append(records, new((JournalKind)(kind % 7), place, (byte)(place % 3), (byte)(place % 13), noise), 1);
            File.WriteAllBytes(_journal, [.. header, .. records.ToArray(), .. noise]);
            return JournalReplay.Apply(_path, FileIdentity.Of(image), new ContentTarget(StCodec.Instance, content)).Present;
        }).QuickCheckThrowOnFailure();
    }

    // A journal with so many writes beside the unchanged image, as a kill leaves it.
    private void LeaveBehind(int writes)
    {
        byte[] image = File.ReadAllBytes(_path);
        byte[] journal;
        using (var disk = FloppyImage.Open(_path))
        {
            for (int write = 1; write <= writes; write++)
            {
                disk.Write(write, 0, 0, Disks.Sector((byte)write), deleted: false);
            }

            WaitFor(() => disk.DurableWrites == writes);
            journal = ReadWhileOpen();
        }

        File.WriteAllBytes(_path, image);
        File.WriteAllBytes(_journal, journal);
    }

    private byte[] ReadWhileOpen()
    {
        using var file = new FileStream(_journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private static void WaitFor(Func<bool> condition) =>
        Assert.True(SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(30)), "It did not happen within 30 seconds.");
}
