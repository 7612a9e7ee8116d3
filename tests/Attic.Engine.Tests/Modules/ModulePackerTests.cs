using Attic.Engine.Modules;

namespace Attic.Engine.Tests.Modules;

/// <summary>From a module's project to its package.</summary>
public sealed class ModulePackerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SigningKey _key = SigningKey.Create();

    [Fact]
    public void A_package_lies_where_machine_type_and_version_say()
    {
        var written = ModulePacker.Pack(ToyCard.Modules, _folder.Path, _key);
        Assert.Equal(
            [_folder["toy_box/machine_profile/toy.machine-1.0.0.ebin"], _folder["toy_box/audio/toy.audio-1.0.0.ebin"]],
            written);
    }

    [Fact]
    public void Packing_again_changes_nothing_although_signatures_are_random()
    {
        byte[] first = File.ReadAllBytes(Pack());
        Assert.Empty(ModulePacker.Pack(ToyCard.Modules, _folder.Path, _key));
        Assert.Equal(first, File.ReadAllBytes(_folder["toy_box/machine_profile/toy.machine-1.0.0.ebin"]));
    }

    [Fact]
    public void A_package_that_was_damaged_or_signed_by_another_key_is_packed_again()
    {
        string path = Pack();
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Equal([path], ModulePacker.Pack(ToyCard.Modules, _folder.Path, _key));

        using var other = SigningKey.Create();
        Assert.Equal(2, ModulePacker.Pack(ToyCard.Modules, _folder.Path, other).Count);
    }

    [Fact]
    public void A_folder_of_projects_is_searched_for_modules()
    {
        var found = ModulePacker.Find(Path.Combine(SourceTree.Root, "tests"), SourceTree.Configuration);
        Assert.Equal(["Attic.Toys.Audio.dll", "Attic.Toys.Machine.dll"], found.Select(module => Path.GetFileName(module.Assembly)));
    }

    [Fact]
    public void A_module_that_was_not_built_is_named()
    {
        Directory.CreateDirectory(_folder["Some.Module"]);
        File.WriteAllText(_folder["Some.Module/module.json"], "{}");
        var missing = Assert.Throws<FileNotFoundException>(() => ModulePacker.Find(_folder.Path, "Release"));
        Assert.Contains("Some.Module.dll", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"module_id":"x","module_type":"cpu","machine_targets":["m"],"version":"1.0.0","exports":["X"],"typo":1}""")]
    [InlineData("""{"module_id":null,"module_type":"cpu","machine_targets":["m"],"version":"1.0.0","exports":["X"]}""")]
    public void A_module_json_that_is_none_is_refused(string json)
    {
        File.WriteAllText(_folder["module.json"], json);
        Assert.Throws<InvalidDataException>(() => ModuleSource.Read(_folder["module.json"]));
    }

    [Fact]
    public void The_trust_folder_of_a_build_holds_its_key_alone()
    {
        using var older = SigningKey.Create();
        older.PublishTo(_folder.Path);
        _key.PublishAloneTo(_folder.Path);
        Assert.Equal([_folder[_key.KeyId + ".pem"]], Directory.GetFiles(_folder.Path));
    }

    public void Dispose()
    {
        _key.Dispose();
        _folder.Dispose();
    }

    private string Pack() => ModulePacker.Pack(ToyCard.Modules, _folder.Path, _key)[0];
}
