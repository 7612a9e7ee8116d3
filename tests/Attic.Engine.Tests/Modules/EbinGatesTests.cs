using Attic.Engine.Errors;
using Attic.Engine.Modules;

namespace Attic.Engine.Tests.Modules;

/// <summary>Each gate closes with its own code, in the contract's order.</summary>
public class EbinGatesTests
{
    private static readonly SigningKey s_key = SigningKey.Create();

    private static EbinManifest Good => new()
    {
        ModuleId = "a.module",
        ModuleType = "audio",
        MachineTargets = ["toy_box"],
        AbiVersion = new(1, 0, 3),
        ApiContractVersion = "2.0.0",
        Exports = ["A.Type"],
        Dependencies = [],
        BuildFingerprint = "test",
        PayloadSha256 = new('0', 64),
    };

    private static EbinDependency Needed => new("b.module", VersionRange.TryParse("1.0.x", out var range) ? range : throw new InvalidOperationException(), true);

    [Fact]
    public void A_good_package_passes() => Check(Good);

    [Fact]
    public void A_type_that_is_none_is_invalid() =>
        Assert.Equal("module_type", Refusal.Of(ErrorCode.EbinInvalid, () => Check(Good with { ModuleType = "coffee" })).Details["field"]);

    [Fact]
    public void A_type_that_the_profile_does_not_want_is_invalid() =>
        Assert.Equal("module_type", Refusal.Of(ErrorCode.EbinInvalid, () => Check(Good with { ModuleType = "video" })).Details["field"]);

    [Fact]
    public void A_role_serves_like_a_type() => Check(Good with { ModuleType = "io", Roles = ["audio"] });

    [Fact]
    public void Another_machines_module_is_invalid() =>
        Assert.Equal("machine_targets", Refusal.Of(ErrorCode.EbinInvalid, () => Check(Good with { MachineTargets = ["atari_st"] })).Details["field"]);

    [Fact]
    public void Another_abi_mismatches()
    {
        var refused = Refusal.Of(ErrorCode.EbinAbiMismatch, () => Check(Good with { AbiVersion = new(1, 1, 0) }));
        Assert.Equal("1.0.x", refused.Details["required_range"]);
        Assert.Equal("1.1.0", refused.Details["actual_abi"]);
        Assert.Equal("a.module", refused.Details["module_id"]);
    }

    [Fact]
    public void Another_api_contract_mismatches() =>
        Refusal.Of(ErrorCode.EbinAbiMismatch, () => Check(Good with { ApiContractVersion = "3.0.0" }));

    [Fact]
    public void A_missing_dependency_is_named()
    {
        var refused = Refusal.Of(ErrorCode.EbinDependencyMissing, () => Check(Good with { Dependencies = [Needed] }));
        Assert.Equal("b.module", refused.Details["missing_dependency_id"]);
    }

    [Fact]
    public void A_dependency_that_is_not_required_may_miss() => Check(Good with { Dependencies = [Needed with { Required = false }] });

    [Fact]
    public void The_type_is_judged_before_machine_abi_and_dependencies() =>
        Refusal.Of(ErrorCode.EbinInvalid, () => Check(Good with { ModuleType = "video", AbiVersion = new(9, 0, 0), Dependencies = [Needed] }));

    [Fact]
    public void The_abi_is_judged_before_dependencies() =>
        Refusal.Of(ErrorCode.EbinAbiMismatch, () => Check(Good with { AbiVersion = new(9, 0, 0), Dependencies = [Needed] }));

    [Fact]
    public void Dependencies_are_judged_before_the_signature() =>
        Refusal.Of(ErrorCode.EbinDependencyMissing, () => Check(Good with { Dependencies = [Needed] }, trusted: false));

    [Fact]
    public void The_signature_is_judged_last() => Refusal.Of(ErrorCode.EbinSignatureInvalid, () => Check(Good, trusted: false));

    [Fact]
    public void A_field_of_a_wrong_type_closes_the_first_gate()
    {
        byte[] package = EbinPackage.Write(Good, [1, 2, 3], null);
        int exports = package.AsSpan().IndexOf("\"exports\""u8);
        "\"export_\""u8.CopyTo(package.AsSpan(exports));

        var refused = Refusal.Of(ErrorCode.EbinInvalid, () => EbinGates.Open(package, "/sdcard/ebins/x.ebin"));
        Assert.Equal("exports", refused.Details["field"]);
        Assert.Equal("missing", refused.Details["reason"]);
    }

    [Fact]
    public void One_changed_byte_anywhere_is_refused()
    {
        using var folder = new TemporaryFolder();
        s_key.PublishTo(folder.Path);
        var context = new GateContext { Trust = new(folder.Path), IsMet = _ => false, Machine = "toy_box", Component = "audio", AllowUnsigned = false };
        byte[] good = EbinPackage.Write(Good, new byte[100], s_key);
        for (int place = 0; place < good.Length; place++)
        {
            foreach (int bit in (int[])[0, 5])
            {
                byte[] bad = [.. good];
                bad[place] ^= (byte)(1 << bit);
                var refused = Assert.Throws<EngineException>(() => EbinGates.Check(EbinGates.Open(bad, "/sdcard/ebins/x.ebin"), context));
                Assert.Equal("ebin", refused.Code.Category);
            }
        }
    }

    private static void Check(EbinManifest manifest, bool trusted = true)
    {
        using var folder = new TemporaryFolder();
        if (trusted)
        {
            s_key.PublishTo(folder.Path);
        }

        var package = EbinPackage.Parse(EbinPackage.Write(manifest, [1, 2, 3], s_key));
        EbinGates.Check(package, new() { Trust = new(folder.Path), IsMet = _ => false, Machine = "toy_box", Component = "audio" });
    }
}
