using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Attic.Abi.Machines;
using Attic.Engine.Card;
using Attic.Engine.Errors;
using Attic.Engine.Profiles;
using FsCheck;
using FsCheck.Fluent;

namespace Attic.Engine.Tests.Profiles;

/// <summary>Profile manifests: the stages manifest, wiring and scheduler of a start (contract §5.1).</summary>
[Collection("toys")]
public sealed class ProfileTests : IDisposable
{
    private readonly ToyCard _card = new();

    [Fact]
    public void A_good_manifest_is_read()
    {
        var manifest = Load();
        Assert.Equal((1u, "toy_box", "toy_one", VideoRegion.Pal, 512), (manifest.ManifestVersion, manifest.Machine, manifest.Profile, manifest.Region, manifest.RamKilobytes));
        Assert.Equal(["cpu", "audio"], manifest.StepOrder);
        Assert.Equal(8_000_000, manifest.TickHz);
        Assert.Equal("/sdcard/config/engine_v2/machines/toy_box/toy_one.json", manifest.Path);
    }

    [Fact]
    public void A_television_can_be_adjusted()
    {
        Change(root => root["picture"] = new JsonObject { ["hue"] = -5.5, ["saturation"] = 0, ["artifacts"] = true });
        Assert.Equal(new() { Hue = -5.5, Saturation = 0, Artifacts = true }, Load().Xl.Picture);
    }

    [Theory]
    [InlineData("hue", "181")]
    [InlineData("gamma", "\"1\"")]
    [InlineData("artifacts", "1")]
    [InlineData("colour", "1")]
    public void What_no_television_can_do_is_named(string field, string json)
    {
        Change(root => root["picture"] = new JsonObject { [field] = JsonNode.Parse(json) });
        Assert.Equal("picture." + field, Refusal.Of(ErrorCode.BadRequest, Load).Details["field"]);
    }

    [Theory]
    [InlineData("toy_box", "nothing")]
    [InlineData("nothing", "toy_one")]
    [InlineData("toy_box", "../toy_box/toy_one")]
    [InlineData("", "")]
    [InlineData("toy_box", "TOY_ONE")]
    public void An_unknown_profile_is_not_found(string machine, string profile)
    {
        var refused = Refusal.Of(ErrorCode.MachineProfileNotFound, () => _card.Builder.Plan(machine, profile));
        Assert.Equal((machine, profile), (refused.Details["machine"], refused.Details["profile"]));
    }

    [Fact]
    public void Every_missing_field_is_named()
    {
        Change(root =>
        {
            root.Remove("region");
            root["modules"]!.AsObject().Remove("storage");
            root["scheduler"]!.AsObject().Remove("tick_hz");
        });

        var refused = Refusal.Of(ErrorCode.BadRequest, Load);
        Assert.Equal(["region", "modules.storage", "scheduler.tick_hz"], (string[])refused.Details["missing_fields"]!);
        Assert.Equal("region", refused.Details["field"]);
        Assert.Equal("profile_manifest_schema_v1", refused.Details["validator"]);
    }

    [Theory]
    [InlineData("manifest_version", "2")]
    [InlineData("machine", "\"atari_st\"")]
    [InlineData("profile", "\"toy_two\"")]
    [InlineData("region", "\"secam\"")]
    [InlineData("region", "1")]
    [InlineData("ram_kb", "\"512\"")]
    [InlineData("ram_kb", "-1")]
    [InlineData("ram_kb", "512.5")]
    [InlineData("ram_kb", "99999999999")]
    [InlineData("modules", "[]")]
    [InlineData("scheduler", "\"fast\"")]
    [InlineData("monitor", "\"green\"")]
    [InlineData("seed", "true")]
    [InlineData("picture", "1")]
    public void A_field_of_a_wrong_type_or_value_is_named(string field, string json)
    {
        Change(root => root[field] = JsonNode.Parse(json));

        var refused = Refusal.Of(ErrorCode.BadRequest, Load);
        Assert.Equal(field, refused.Details["field"]);
        Assert.Contains("expected", refused.Details.Keys);
        Assert.Contains("actual", refused.Details.Keys);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"a\":1,\"a\":2}")]
    public void What_is_no_json_object_is_a_bad_request(string json)
    {
        _card.WriteProfile(ToyCard.Profile, json);
        Refusal.Of(ErrorCode.BadRequest, Load);
    }

    [Fact]
    public void A_user_may_leave_comments_and_trailing_commas()
    {
        _card.WriteProfile(ToyCard.Profile, "\uFEFF" + ToyCard.ProfileJson.Replace("\"ram_kb\"", "/* half a megabyte */ \"ram_kb\"", StringComparison.Ordinal));
        Assert.Equal(512, Load().RamKilobytes);
    }

    [Fact]
    public void Another_name_for_a_profile_leads_to_it()
    {
        _card.WriteProfile("toy_alias", """{"machine":"toy_box","profile":"toy_alias","alias_of":"toy_one"}""");
        var manifest = _card.Builder.Profiles.Load(ToyCard.Machine, "toy_alias");

        Assert.Equal(("toy_alias", "toy_one"), (manifest.Profile, manifest.NormalizedProfile));
    }

    [Fact]
    public void Names_that_lead_to_each_other_end_in_a_bad_request()
    {
        _card.WriteProfile("toy_a", """{"machine":"toy_box","profile":"toy_a","alias_of":"toy_b"}""");
        _card.WriteProfile("toy_b", """{"machine":"toy_box","profile":"toy_b","alias_of":"toy_a"}""");
        Refusal.Of(ErrorCode.BadRequest, () => _card.Builder.Profiles.Load(ToyCard.Machine, "toy_a"));
        Refusal.Of(ErrorCode.MachineProfileNotFound, () =>
        {
            _card.WriteProfile("toy_c", """{"machine":"toy_box","profile":"toy_c","alias_of":"../../secret"}""");
            return _card.Builder.Profiles.Load(ToyCard.Machine, "toy_c");
        });
    }

    [Theory]
    [InlineData("""["cpu","coffee"]""", "coffee")]
    [InlineData("""["cpu","cpu"]""", "cpu")]
    public void A_step_order_that_does_not_fit_the_modules_fails_the_wiring(string order, string actual)
    {
        Change(root => root["scheduler"]!["step_order"] = JsonNode.Parse(order));
        var refused = Refusal.Of(ErrorCode.BadRequest, Plan);
        Assert.Equal("profile_wiring", refused.Details["validation_stage"]);
        Assert.Equal(actual, refused.Details["actual"]);
    }

    [Theory]
    [InlineData("tick_hz", "0")]
    [InlineData("tick_hz", "-5")]
    [InlineData("step_order", "[]")]
    public void A_scheduler_that_stands_still_is_refused(string field, string json)
    {
        Change(root => root["scheduler"]![field] = JsonNode.Parse(json));
        Assert.Equal("scheduler", Refusal.Of(ErrorCode.BadRequest, Plan).Details["validation_stage"]);
    }

    [Fact]
    public void A_selector_that_resolves_to_nothing_fails_the_wiring()
    {
        Change(root => root["modules"]!["audio"] = "toy.audio@^7.0.0");
        var refused = Refusal.Of(ErrorCode.EbinNotFound, Plan);
        Assert.Equal(("profile_wiring", "toy.audio@^7.0.0", "audio"), (refused.Details["validation_stage"], refused.Details["module_selector"], refused.Details["module_key"]));
    }

    [Fact]
    public void An_abi_that_does_not_fit_fails_the_wiring()
    {
        _card.PackAudio(manifest => manifest with { AbiVersion = new(2, 0, 0) });
        var refused = Refusal.Of(ErrorCode.EbinAbiMismatch, Plan);
        Assert.Equal(("1.0.x", "2.0.0", "audio"), (refused.Details["required_abi"], refused.Details["actual_abi"], refused.Details["module_key"]));
    }

    [Fact]
    public void A_dependency_that_the_profile_lacks_fails_the_wiring()
    {
        _card.PackAudio(manifest => manifest with { Dependencies = [manifest.Dependencies[0] with { ModuleId = "toy.missing" }] });
        Assert.Equal("toy.missing", Refusal.Of(ErrorCode.EbinDependencyMissing, Plan).Details["missing_dependency_id"]);
    }

    [Fact]
    public void A_module_can_be_overridden_at_the_start()
    {
        _card.PackAudio(manifest => manifest, "1.5.0");
        var plan = _card.Builder.Plan(ToyCard.Machine, ToyCard.Profile, new Dictionary<string, string> { ["audio"] = "toy.audio@1.0.0" });

        Assert.Equal("1.0.0", plan.Modules.Single(module => module.Component == "audio").Entry.Version.ToString());
        Assert.Equal("1.5.0", Plan().Modules.Single(module => module.Component == "audio").Entry.Version.ToString());
    }

    [Theory]
    [InlineData("coffee", "toy.audio@1.0.0")]
    [InlineData("audio", "toy.audio")]
    public void An_override_that_makes_no_sense_is_a_bad_request(string component, string selector) =>
        Refusal.Of(ErrorCode.BadRequest, () => _card.Builder.Plan(ToyCard.Machine, ToyCard.Profile, new Dictionary<string, string> { [component] = selector }));

    [Fact]
    public void Whatever_stands_in_a_manifest_is_read_or_refused_as_a_bad_request()
    {
        string[] values = ["null", "1", "-1", "1e999", "\"\"", "\"\\udfff\"", "[]", "{}", "true", "[[[]]]", "\"x@1\"", "{\"cpu\":7}", "{\"tick_hz\":1,\"step_order\":[3]}"];
        string[] fields = [.. JsonNode.Parse(ToyCard.ProfileJson)!.AsObject().Select(field => field.Key), "monitor", "seed", "alias_of"];
        var changes = (from field in Gen.Elements(fields) from value in Gen.Elements(values) select (field, value)).ArrayOf();
        var errors = new ProfileErrors(ToyCard.Machine, ToyCard.Profile, "/x");
        Prop.ForAll(changes.ToArbitrary(), edits => ReadsOrRefuses(Edited(edits), errors)).QuickCheckThrowOnFailure();
        Prop.ForAll<byte[]>(bytes => ReadsOrRefuses(bytes, errors)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_shipped_profiles_are_good_and_agree_with_their_names()
    {
        string folder = Path.Combine(SourceTree.Root, "sdcard", "config", "engine_v2", "machines");
        using var temporary = new TemporaryFolder();
        var root = new CardRoot(temporary.Path);
        CardSeeder.Seed(root, [new(Path.Combine(SourceTree.Root, "sdcard"), "", "*", Deep: true)]);
        var store = new ProfileStore(root);
        foreach (string machine in Directory.GetDirectories(folder).Select(path => Path.GetFileName(path)))
        {
            Assert.All(store.ProfilesOf(machine), profile => Assert.Equal(profile, store.Load(machine, profile).Profile));
        }

        Assert.Equal(
            ["atari_st_520_1040_baseline", "st_1040_mono", "st_1040_ntsc", "st_1040_pal", "st_520_ntsc", "st_520_pal"],
            store.ProfilesOf("atari_st"));
        Assert.Equal("st_1040_pal", store.Load("atari_st", "atari_st_520_1040_baseline").NormalizedProfile);
    }

    public void Dispose() => _card.Dispose();

    private static byte[] Edited((string Field, string Value)[] edits)
    {
        var root = JsonDocument.Parse(ToyCard.ProfileJson).RootElement.EnumerateObject().ToDictionary(field => field.Name, field => field.Value.GetRawText());
        foreach (var (field, value) in edits)
        {
            root[field] = value;
        }

        return Encoding.UTF8.GetBytes("{" + string.Join(',', root.Select(field => $"\"{field.Key}\":{field.Value}")) + "}");
    }

    private static bool ReadsOrRefuses(byte[] json, ProfileErrors errors)
    {
        try
        {
            _ = ProfileManifestReader.AliasOf(json, errors);
            _ = ProfileManifestReader.Read(json, errors);
            return true;
        }
        catch (EngineException refused)
        {
            return refused.Code == ErrorCode.BadRequest;
        }
    }

    private void Change(Action<JsonObject> change)
    {
        var root = JsonNode.Parse(ToyCard.ProfileJson)!.AsObject();
        change(root);
        _card.WriteProfile(ToyCard.Profile, root.ToJsonString());
    }

    private ProfileManifest Load() => _card.Builder.Profiles.Load(ToyCard.Machine, ToyCard.Profile);

    private Attic.Engine.Machines.MachinePlan Plan() => _card.Builder.Plan(ToyCard.Machine, ToyCard.Profile);
}
