using Attic.Engine.Card;
using Attic.Engine.Machines;
using Attic.Engine.Modules;
using Attic.Engine.Profiles;

namespace Attic.Engine.Tests;

/// <summary>A card with a toy machine: modules that the tests pack, signed by a key of the test that is trusted.</summary>
internal sealed class ToyCard : IDisposable
{
    public const string Machine = "toy_box";
    public const string Profile = "toy_one";
    public const string RunMark = "attic.toys.audio.ran";

    private readonly TemporaryFolder _folder = new();

    public ToyCard(bool allowUnsigned = false)
    {
        AppDomain.CurrentDomain.SetData(RunMark, null);
        Root = new(_folder["card"]);
        Key.PublishTo(TrustFolder);
        WriteProfile(Profile, ProfileJson);
        ModulePacker.Pack(Modules, EbinFolder, Key);
        Catalog = new(Root, new(TrustFolder), allowUnsigned);
        Catalog.Rescan();
        Builder = new(new ProfileStore(Root), Catalog);
    }

    public static string ProfileJson =>
        """
        {
          "manifest_version": 1, "machine": "toy_box", "profile": "toy_one", "region": "pal", "ram_kb": 512,
          "modules": {
            "cpu": "toy.machine@^1.0.0", "video": "toy.machine@1.x", "io": "toy.machine@*", "storage": "toy.machine@1",
            "audio": "toy.audio@^1.0.0", "machine_profile": "toy.machine@^1.0.0"
          },
          "scheduler": { "tick_hz": 8000000, "step_order": ["cpu", "audio"] }
        }
        """;

    public static IReadOnlyList<BuiltModule> Modules { get; } = [Toy("Attic.Toys.Machine"), Toy("Attic.Toys.Audio")];

    public static byte[] Rom { get; } = [1, 2, 3, 4];

    public SigningKey Key { get; } = SigningKey.Create();

    public CardRoot Root { get; }

    public ModuleCatalog Catalog { get; }

    public MachineBuilder Builder { get; }

    public string TrustFolder => _folder["trust"];

    public string EbinFolder => Root.HostOf(CardRoots.Ebins);

    public string AudioPackage => Path.Combine(EbinFolder, Machine, "audio", "toy.audio-1.0.0.ebin");

    public static bool AudioCodeHasRun => AppDomain.CurrentDomain.GetData(RunMark) is true;

    public BuiltMachine Build() => Builder.Build(Builder.Plan(Machine, Profile), Rom);

    public void WriteProfile(string profile, string json)
    {
        string path = Root.HostOf($"{CardRoots.EngineConfig}/machines/{Machine}/{profile}.json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, json);
    }

    /// <summary>Packs the audio toy again under another manifest.</summary>
    public void PackAudio(Func<EbinManifest, EbinManifest> change, string version = "1.0.0", SigningKey? key = null, bool sign = true)
    {
        var package = EbinPackage.Parse(File.ReadAllBytes(Path.Combine(EbinFolder, Machine, "audio", "toy.audio-1.0.0.ebin")));
        var manifest = change(package.Manifest with { Version = null });
        byte[] bytes = EbinPackage.Write(manifest, package.Payload.Span, sign ? key ?? Key : null);
        File.WriteAllBytes(Path.Combine(EbinFolder, Machine, "audio", $"toy.audio-{version}.ebin"), bytes);
        Catalog.Rescan();
    }

    public void Dispose()
    {
        Key.Dispose();
        _folder.Dispose();
    }

    private static BuiltModule Toy(string project) =>
        new(Path.Combine(SourceTree.Root, "tests", project), SourceTree.Built("tests", project));
}
