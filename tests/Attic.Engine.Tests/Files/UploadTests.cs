using System.Security.Cryptography;
using Attic.Engine.Card;
using Attic.Engine.Catalogs;
using Attic.Engine.Errors;
using Attic.Engine.Files;
using Attic.Engine.Modules;

namespace Attic.Engine.Tests.Files;

/// <summary>Stage, verify, move, enter: and at any failure as if nothing had come (contract §8).</summary>
public sealed class UploadTests : IDisposable
{
    private readonly MediaCard _card = new();

    [Fact]
    public async Task An_uploaded_system_can_be_started_from_its_catalog_entry()
    {
        byte[] tos = MediaCard.Tos();
        var result = await Upload("/sdcard/roms/st/tos104.img", tos);

        Assert.Equal("/sdcard/roms/st/tos104.img", result.Path);
        Assert.Equal(tos.Length, result.Size);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(tos)), result.Sha256);
        Assert.Equal("tos.tos104", result.CatalogEntryId);
        Assert.True(result.StoredAtUs > 0);
        Assert.Equal(tos, File.ReadAllBytes(_card.Media.FindSystem(CatalogKind.Rom, "tos.tos104", "rom_id", "atari_st").File.Host));
        NothingIsStaged();
    }

    [Fact]
    public async Task A_program_and_a_disk_of_an_XL_are_taken()
    {
        byte[] atr = new byte[16 + (720 * 128)];
        (atr[0], atr[1], atr[2], atr[3], atr[4]) = (0x96, 0x02, 0x80, 0x16, 0x80);
        Assert.NotNull((await Upload("/sdcard/disks/game.atr", atr)).CatalogEntryId);
        Assert.NotNull((await Upload("/sdcard/disks/red.lst", "10 POKE 710,52\n"u8.ToArray())).CatalogEntryId);
    }

    [Fact]
    public async Task An_existing_file_is_replaced_only_on_demand()
    {
        var first = await Upload("/sdcard/disks/st/a.st", MediaCard.Disk);
        await Refusal.OfAsync(ErrorCode.Conflict, () => Upload("/sdcard/disks/st/a.st", MediaCard.Disk));
        byte[] other = [.. MediaCard.Disk];
        other[^1] = 1;
        var second = await Upload("/sdcard/disks/st/a.st", other, overwrite: true);

        Assert.Equal(first.CatalogEntryId, second.CatalogEntryId);
        Assert.Equal(second.Sha256, Assert.Single(_card.Catalogs.Entries(CatalogKind.Disk)).Sha256);
    }

    [Fact]
    public async Task A_disk_in_a_drive_is_not_replaced()
    {
        await Upload("/sdcard/disks/st/a.st", MediaCard.Disk);
        _card.Files.IsAttached = path => path == "/sdcard/disks/st/a.st";
        await Refusal.OfAsync(ErrorCode.Conflict, () => Upload("/sdcard/disks/st/a.st", MediaCard.Disk, overwrite: true));
    }

    [Theory]
    [InlineData("/sdcard/disks/st/a.st", 100)]
    [InlineData("/sdcard/disks/st/a.msa", 737280)]
    [InlineData("/sdcard/disks/st/a.zip", 5000)]
    [InlineData("/sdcard/disks/st/a.exe", 737280)]
    [InlineData("/sdcard/roms/st/a.img", 196608)]
    [InlineData("/sdcard/cartridges/st/a.stc", 0)]
    [InlineData("/sdcard/cartridges/st/a.stc", 131077)]
    [InlineData("/sdcard/ebins/st/cpu/index.json", 10)]
    public async Task A_file_that_is_not_what_its_name_says_is_refused(string path, int zeros)
    {
        var refused = await Refusal.OfAsync(ErrorCode.UnsupportedMediaFormat, () => Upload(path, new byte[zeros]));
        Assert.Contains("supported", refused.Details.Keys);
        Assert.Contains("reason", refused.Details.Keys);
        NothingCame(path);
    }

    [Fact]
    public async Task A_package_passes_its_integrity_gates_before_it_is_stored()
    {
        const string Path = "/sdcard/ebins/toy_box/audio/a.module-1.0.0.ebin";
        byte[] good = Package(_card.Key);
        await Upload(Path, good);
        Assert.Equal("verified", Assert.Single(_card.Modules.Entries).Integrity);

        using var stranger = SigningKey.Create();
        byte[] changed = [.. good];
        changed[^70] ^= 1;
        await Refusal.OfAsync(ErrorCode.EbinSignatureInvalid, () => Upload(Path, Package(stranger), overwrite: true));
        await Refusal.OfAsync(ErrorCode.EbinSignatureInvalid, () => Upload(Path, Package(null), overwrite: true));
        await Refusal.OfAsync(ErrorCode.EbinInvalid, () => Upload(Path, changed, overwrite: true));
        await Refusal.OfAsync(ErrorCode.EbinInvalid, () => Upload(Path, good[..^1], overwrite: true));
        await Refusal.OfAsync(ErrorCode.EbinInvalid, () => Upload("/sdcard/ebins/toy_box/audio/noversion.ebin", good));
        Assert.Equal(good, File.ReadAllBytes(_card.Root.HostOf(Path)));
    }

    [Theory]
    [InlineData("/sdcard/config/engine_v2/tos_catalog.json")]
    [InlineData("/sdcard/.staging/uploads/x.st")]
    [InlineData("/sdcard/disks/../../keys/evil.pem")]
    [InlineData("/sdcard/trust/evil.pem")]
    public async Task A_place_that_is_not_for_uploads_is_refused(string path) =>
        await Refusal.OfAsync(ErrorCode.PathNotAllowed, () => Upload(path, MediaCard.Disk));

    [Theory]
    [InlineData("/sdcard/disks")]
    [InlineData("/sdcard/disks/st/")]
    [InlineData("/sdcard/disks/.hidden.st")]
    public async Task A_place_without_a_file_name_is_a_bad_request(string path) =>
        Assert.Equal("path", (await Refusal.OfAsync(ErrorCode.BadRequest, () => Upload(path, MediaCard.Disk))).Details["field"]);

    [Fact]
    public async Task Bytes_with_another_hash_than_promised_are_refused()
    {
        var refused = await Refusal.OfAsync(ErrorCode.CatalogSyncFailed, () => Upload("/sdcard/disks/st/a.st", MediaCard.Disk, sha256: new string('0', 64)));
        Assert.Equal(new string('0', 64), refused.Details["expected"]);
        NothingCame("/sdcard/disks/st/a.st");
        await Refusal.OfAsync(ErrorCode.BadRequest, () => Upload("/sdcard/disks/st/a.st", MediaCard.Disk, sha256: "abc"));
    }

    [Fact]
    public async Task Fewer_bytes_than_promised_are_incomplete()
    {
        var request = new UploadRequest { Path = "/sdcard/disks/st/a.st", Size = MediaCard.Disk.Length + 1 };
        var refused = await Refusal.OfAsync(ErrorCode.UploadIncomplete, () => _card.Files.UploadAsync(request, new MemoryStream(MediaCard.Disk)));
        Assert.True(refused.Retryable);
        Assert.Equal((long)MediaCard.Disk.Length, refused.Details["received"]);
        NothingCame("/sdcard/disks/st/a.st");
    }

    [Fact]
    public async Task A_connection_that_breaks_leaves_nothing()
    {
        var request = new UploadRequest { Path = "/sdcard/disks/st/a.st" };
        await Refusal.OfAsync(ErrorCode.UploadIncomplete, () => _card.Files.UploadAsync(request, new BreakingStream()));
        NothingCame("/sdcard/disks/st/a.st");
    }

    [Fact]
    public async Task More_than_the_limit_is_refused()
    {
        var request = new UploadRequest { Path = "/sdcard/saves/big.bin" };
        var refused = await Refusal.OfAsync(ErrorCode.BadRequest, () => _card.Files.UploadAsync(request, new EndlessStream()));
        Assert.Equal(FileService.LargestUpload, refused.Details["maximum"]);
        NothingCame("/sdcard/saves/big.bin");
    }

    [Fact]
    public async Task When_the_catalog_cannot_be_updated_the_old_file_comes_back()
    {
        await Upload("/sdcard/disks/st/a.st", MediaCard.Disk);
        _card.WriteIndex(CatalogKind.Disk, "broken");
        byte[] other = [.. MediaCard.Disk];
        other[^1] = 1;

        await Refusal.OfAsync(ErrorCode.CatalogSyncFailed, () => Upload("/sdcard/disks/st/a.st", other, overwrite: true));
        await Refusal.OfAsync(ErrorCode.CatalogSyncFailed, () => Upload("/sdcard/disks/st/b.st", other));
        Assert.Equal(MediaCard.Disk, File.ReadAllBytes(_card.Root.HostOf("/sdcard/disks/st/a.st")));
        Assert.False(File.Exists(_card.Root.HostOf("/sdcard/disks/st/b.st")));
        NothingIsStaged();
    }

    [Fact]
    public async Task The_client_may_say_which_machines_a_file_is_for()
    {
        var request = new UploadRequest { Path = "/sdcard/disks/a.st", MachineTags = ["atari_st", "mega_st"] };
        await _card.Files.UploadAsync(request, new MemoryStream(MediaCard.Disk));
        Assert.Equal(["atari_st", "mega_st"], Assert.Single(_card.Catalogs.Entries(CatalogKind.Disk)).MachineTags);
    }

    [Fact]
    public async Task What_uploads_left_behind_a_kill_is_cleared_away()
    {
        string leftover = _card.Put("/sdcard/.staging/uploads/up_1.part", [1]);
        _card.Files.DeleteLeftovers();
        Assert.False(File.Exists(leftover));
        await Upload("/sdcard/saves/note.txt", [1]);
    }

    public void Dispose() => _card.Dispose();

    private static byte[] Package(SigningKey? key) => EbinPackage.Write(
        new()
        {
            ModuleId = "a.module",
            ModuleType = "audio",
            MachineTargets = ["toy_box"],
            AbiVersion = new(1, 0, 0),
            ApiContractVersion = "2.0.0",
            Exports = ["A.Type"],
            Dependencies = [],
            BuildFingerprint = "test",
            PayloadSha256 = new('0', 64),
        },
        new byte[100],
        key);

    private Task<UploadResult> Upload(string path, byte[] content, bool overwrite = false, string? sha256 = null) =>
        _card.Files.UploadAsync(new() { Path = path, Overwrite = overwrite, Sha256 = sha256 }, new MemoryStream(content));

    private void NothingCame(string path)
    {
        Assert.False(File.Exists(_card.Root.HostOf(path)));
        Assert.All(CatalogKind.All, kind => Assert.Empty(_card.Catalogs.Entries(kind)));
        NothingIsStaged();
    }

    private void NothingIsStaged() => Assert.Empty(Directory.GetFiles(_card.Root.HostOf(CardRoots.Staging), "*", SearchOption.AllDirectories));

    private sealed class BreakingStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("reset by peer");
    }

    private sealed class EndlessStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(buffer.Length);
    }
}
