using System.Buffers.Binary;
using System.Text;
using Attic.Engine.Modules;
using FsCheck;
using FsCheck.Fluent;

namespace Attic.Engine.Tests.Modules;

/// <summary>The bytes of a package (contract R50), and bytes that are none.</summary>
public class EbinPackageTests
{
    private static readonly SigningKey s_key = SigningKey.Create();

    private static readonly EbinManifest s_manifest = new()
    {
        ModuleId = "a.module",
        ModuleType = "audio",
        Roles = ["io"],
        MachineTargets = ["toy_box", "other"],
        Version = new(1, 2, 3, "rc.1"),
        AbiVersion = new(1, 0, 0),
        ApiContractVersion = "2.0.0",
        Exports = ["A.Type"],
        Dependencies = [],
        BuildFingerprint = "test",
        PayloadSha256 = new('0', 64),
    };

    private static byte[] Good { get; } = EbinPackage.Write(s_manifest, Encoding.ASCII.GetBytes("payload"), s_key);

    [Fact]
    public void The_header_is_the_documented_one()
    {
        Assert.Equal("EBIN"u8, Good.AsSpan(0, 4));
        Assert.Equal(1, BinaryPrimitives.ReadUInt16LittleEndian(Good.AsSpan(4)));
        int manifest = BinaryPrimitives.ReadInt32LittleEndian(Good.AsSpan(8));
        int payload = BinaryPrimitives.ReadInt32LittleEndian(Good.AsSpan(12));
        Assert.Equal(7, payload);
        Assert.Equal((byte)'{', Good[16]);
        Assert.Equal("payload"u8, Good.AsSpan(16 + manifest, payload));
        Assert.Equal(64, BinaryPrimitives.ReadInt32LittleEndian(Good.AsSpan(16 + manifest + payload)));
        Assert.Equal(Good.Length, 16 + manifest + payload + 4 + 64);
    }

    [Fact]
    public void What_was_written_is_read()
    {
        var package = EbinPackage.Parse(Good);
        Assert.Equal("a.module", package.Manifest.ModuleId);
        Assert.Equal(["io"], package.Manifest.Roles);
        Assert.Equal(["toy_box", "other"], package.Manifest.MachineTargets);
        Assert.Equal("1.2.3-rc.1", package.Manifest.Version?.ToString());
        Assert.Equal(s_key.KeyId, package.Manifest.Signature?.KeyId);
        Assert.Equal(package.PayloadHash, package.Manifest.PayloadSha256);
        Assert.Equal("payload"u8, package.Payload.Span);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        for (int length = 0; length < Good.Length; length++)
        {
            Assert.Throws<EbinFormatException>(() => EbinPackage.Parse(Good.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Bytes_after_the_signature_are_refused() =>
        Assert.Equal("signature_length", Assert.Throws<EbinFormatException>(() => EbinPackage.Parse([.. Good, 0])).Field);

    [Fact]
    public void A_signature_without_its_name_in_the_manifest_is_refused()
    {
        byte[] unsigned = EbinPackage.Write(s_manifest, [1], null);
        byte[] withSignature = [.. unsigned.AsSpan(0, unsigned.Length - 4), 64, 0, 0, 0, .. new byte[64]];
        Assert.Equal("signature", Assert.Throws<EbinFormatException>(() => EbinPackage.Parse(withSignature)).Field);
    }

    [Theory]
    [InlineData(8, "manifest_length")]
    [InlineData(12, "payload_length")]
    public void Lengths_beyond_the_file_are_refused(int offset, string field)
    {
        byte[] bad = [.. Good];
        BinaryPrimitives.WriteUInt32LittleEndian(bad.AsSpan(offset), uint.MaxValue);
        Assert.Equal(field, Assert.Throws<EbinFormatException>(() => EbinPackage.Parse(bad)).Field);
    }

    [Fact]
    public void A_property_that_stands_twice_is_refused()
    {
        string twice = Encoding.UTF8.GetString(s_manifest.ToJson()).Replace("{\n  \"module_id\"", "{\"module_id\":\"x\",\"module_id\"", StringComparison.Ordinal);
        Assert.Throws<EbinFormatException>(() => EbinManifest.Parse(Encoding.UTF8.GetBytes(twice)));
    }

    [Fact]
    public void Any_bytes_are_read_or_refused_but_nothing_else() =>
        Prop.ForAll<byte[]>(bytes => ReadsOrRefuses([.. Good.AsSpan(0, 16), .. bytes])).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_damage_to_a_good_package_is_read_or_refused_but_nothing_else() =>
        Prop.ForAll(Damage().ToArbitrary(), ReadsOrRefuses).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_json_is_a_manifest_or_refused_but_nothing_else() =>
        Prop.ForAll(Json(3).ToArbitrary(), text => ParsesOrRefuses(Encoding.UTF8.GetBytes(text))).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_field_replaced_by_any_json_is_a_manifest_or_refused_but_nothing_else()
    {
        string[] fields = ["module_id", "module_type", "roles", "machine_targets", "version", "abi_version", "exports", "dependencies", "payload_sha256", "signature"];
        var generator = from field in Gen.Elements(fields) from value in Json(2) select $$"""{"{{field}}":{{value}},"build_fingerprint":"x","api_contract_version":"2.0.0"}""";
        Prop.ForAll(generator.ToArbitrary(), text => ParsesOrRefuses(Encoding.UTF8.GetBytes(text))).QuickCheckThrowOnFailure();
    }

    private static Gen<byte[]> Damage() =>
        from places in Gen.Choose(0, Good.Length - 1).ArrayOf()
        from values in Gen.Choose(0, 255).ArrayOf(places.Length)
        from length in Gen.Choose(0, Good.Length)
        select Damaged(places, values, length);

    private static byte[] Damaged(int[] places, int[] values, int length)
    {
        byte[] bad = [.. Good];
        for (int i = 0; i < places.Length; i++)
        {
            bad[places[i]] = (byte)values[i];
        }

        return length % 3 == 0 ? bad[..length] : bad;
    }

    private static Gen<string> Json(int depth)
    {
        var leaves = Gen.Elements("null", "true", "0", "-1e400", "18446744073709551616", "\"\"", "\"\\ud800\"", "\"1.0.0\"", "\"^1\"", "{", "]", "\"a.b@*\"");
        if (depth == 0)
        {
            return leaves;
        }

        var inner = Json(depth - 1);
        var array = from items in inner.ArrayOf() select $"[{string.Join(',', items)}]";
        var pair = from key in Gen.Elements("module_id", "abi_range", "required", "x", "machine", "modules", "cpu") from value in inner select $"\"{key}\":{value}";
        var obj = from pairs in pair.ArrayOf() select $$"""{{{string.Join(',', pairs)}}}""";
        return Gen.OneOf(leaves, array, obj);
    }

    private static bool ReadsOrRefuses(byte[] bytes)
    {
        try
        {
            _ = EbinPackage.Parse(bytes);
        }
        catch (EbinFormatException)
        {
            // The documented refusal; any other exception fails the property.
        }

        return true;
    }

    private static bool ParsesOrRefuses(byte[] json)
    {
        try
        {
            _ = EbinManifest.Parse(json);
        }
        catch (EbinFormatException)
        {
            // As above.
        }

        return true;
    }
}
