using System.Runtime.CompilerServices;
using Attic.Abi.State;
using Attic.Engine.Errors;
using Attic.Engine.Modules;

namespace Attic.Engine.Tests.Modules;

/// <summary>From packages on a card to a machine that runs, and back to nothing.</summary>
[Collection("toys")]
public class ModuleLoadingTests
{
    [Fact]
    public void A_machine_is_built_from_packages_alone()
    {
        using var card = new ToyCard();
        using var built = card.Build();
        string before = StateHasher.Hash(built.Machine);
        built.Machine.RunFrame();

        Assert.Equal(100, built.Machine.Ticks);
        Assert.NotEqual(before, StateHasher.Hash(built.Machine));
        Assert.Equal(["cpu", "video", "io", "storage", "audio", "machine_profile"], built.LoadedModules.Select(module => module.Component));
        Assert.Contains(new LoadedModule("audio", "toy.audio", "1.0.0", "1.0.0"), built.LoadedModules);
    }

    [Fact]
    public void Unloading_frees_the_code()
    {
        using var card = new ToyCard();
        var context = RunOnce(card);
        for (int round = 0; context.IsAlive && round < 20; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(context.IsAlive);
    }

    [Fact]
    public void Two_machines_have_their_own_copies_of_the_code()
    {
        using var card = new ToyCard();
        using var one = card.Build();
        using var other = card.Build();

        Assert.NotSame(one.Machine.GetType(), other.Machine.GetType());
    }

    [Fact]
    public void A_module_signed_by_another_key_is_refused_and_never_runs()
    {
        using var card = new ToyCard();
        using var stranger = SigningKey.Create();
        card.PackAudio(manifest => manifest, key: stranger);

        var refused = Refusal.Of(ErrorCode.EbinSignatureInvalid, card.Build);

        Assert.Equal(stranger.KeyId, refused.Details["key_id"]);
        Assert.Equal("toy.audio", refused.Details["module_id"]);
        Assert.False(ToyCard.AudioCodeHasRun);
    }

    [Fact]
    public void An_unsigned_module_is_refused_unless_that_was_allowed()
    {
        using var strict = new ToyCard();
        strict.PackAudio(manifest => manifest, sign: false);
        Refusal.Of(ErrorCode.EbinSignatureInvalid, strict.Build);
        Assert.False(ToyCard.AudioCodeHasRun);

        using var lenient = new ToyCard(allowUnsigned: true);
        lenient.PackAudio(manifest => manifest, sign: false);
        using var built = lenient.Build();
        Assert.True(ToyCard.AudioCodeHasRun);
    }

    [Fact]
    public void A_module_that_was_changed_after_signing_is_refused_even_where_unsigned_ones_are_allowed()
    {
        using var card = new ToyCard(allowUnsigned: true);
        byte[] bytes = File.ReadAllBytes(card.AudioPackage);
        bytes[^1] ^= 1;
        File.WriteAllBytes(card.AudioPackage, bytes);
        card.Catalog.Rescan();

        Refusal.Of(ErrorCode.EbinSignatureInvalid, card.Build);
        Assert.False(ToyCard.AudioCodeHasRun);
    }

    [Fact]
    public void A_package_with_a_changed_byte_on_the_card_never_runs()
    {
        using var card = new ToyCard();
        byte[] good = File.ReadAllBytes(card.AudioPackage);
        var random = new Random(4711);
        foreach (int place in Enumerable.Range(0, 24).Select(_ => random.Next(good.Length)))
        {
            byte[] bad = [.. good];
            bad[place] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(card.AudioPackage, bad);
            card.Catalog.Rescan(Attic.Engine.Card.CardRoots.Ebins + "/toy_box/audio");

            var refused = Assert.Throws<EngineException>(() => card.Build().Dispose());
            Assert.Equal("ebin", refused.Code.Category);
        }

        Assert.False(ToyCard.AudioCodeHasRun);
    }

    [Fact]
    public void A_package_that_is_exchanged_after_the_scan_meets_the_gates_again()
    {
        using var card = new ToyCard();
        var plan = card.Builder.Plan(ToyCard.Machine, ToyCard.Profile);
        byte[] bytes = File.ReadAllBytes(card.AudioPackage);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(card.AudioPackage, bytes);

        Refusal.Of(ErrorCode.EbinInvalid, () => card.Builder.Build(plan, ToyCard.Rom));
        Assert.False(ToyCard.AudioCodeHasRun);
    }

    [Fact]
    public void A_key_that_was_taken_away_is_trusted_no_more()
    {
        using var card = new ToyCard();
        card.Build().Dispose();
        File.Delete(Path.Combine(card.TrustFolder, card.Key.KeyId + ".pem"));

        Refusal.Of(ErrorCode.EbinSignatureInvalid, card.Build);
    }

    [Fact]
    public void An_export_that_is_not_in_the_assembly_fails_at_bind()
    {
        using var card = new ToyCard();
        card.PackAudio(manifest => manifest with { Exports = ["Attic.Toys.Audio.Nothing"] });

        var refused = Refusal.Of(ErrorCode.InternalError, card.Build);
        Assert.Equal("bind", refused.Details["failed_stage"]);
    }

    [Fact]
    public void A_payload_that_is_no_assembly_fails_at_bind()
    {
        using var card = new ToyCard();
        var package = EbinPackage.Parse(File.ReadAllBytes(card.AudioPackage));
        File.WriteAllBytes(card.AudioPackage, EbinPackage.Write(package.Manifest, new byte[1000], card.Key));
        card.Catalog.Rescan();

        var refused = Refusal.Of(ErrorCode.InternalError, card.Build);
        Assert.Equal("bind", refused.Details["failed_stage"]);
    }

    [Fact]
    public void A_module_that_refers_to_the_engine_is_refused_at_bind()
    {
        using var card = new ToyCard();
        var package = EbinPackage.Parse(File.ReadAllBytes(card.AudioPackage));
        byte[] engine = File.ReadAllBytes(SourceTree.Built("tests", "Attic.Toys.Process"));
        File.WriteAllBytes(card.AudioPackage, EbinPackage.Write(package.Manifest, engine, card.Key));
        card.Catalog.Rescan();

        var refused = Refusal.Of(ErrorCode.InternalError, card.Build);
        Assert.Contains("Attic.Engine", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_that_the_board_refuses_is_a_bad_request()
    {
        using var card = new ToyCard();
        var plan = card.Builder.Plan(ToyCard.Machine, ToyCard.Profile);

        Refusal.Of(ErrorCode.BadRequest, () => card.Builder.Build(plan, Array.Empty<byte>()));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference RunOnce(ToyCard card)
    {
        using var built = card.Build();
        built.Machine.RunFrame();
        return built.Modules.ContextReference();
    }
}
