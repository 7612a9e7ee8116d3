using System.Text.Json;
using Attic.Abi.AtariXl;
using Attic.Engine.Errors;

namespace Attic.Engine.Profiles;

/// <summary>Reads the optional field <c>picture</c> of an XL's profile: how its television is adjusted.</summary>
internal static class PictureReader
{
    /// <summary>The adjustment that a manifest asks for.</summary>
    /// <param name="picture">The field's value; null where it is absent.</param>
    /// <param name="errors">Whose errors these are.</param>
    /// <exception cref="EngineException"><c>BAD_REQUEST</c> with <c>field</c>, <c>expected</c>, <c>actual</c>.</exception>
    public static XlPicture Read(JsonElement? picture, ProfileErrors errors)
    {
        var read = XlPicture.Default;
        if (picture is not { } fields)
        {
            return read;
        }

        if (fields.ValueKind != JsonValueKind.Object)
        {
            throw errors.Field("picture", "object", fields.ValueKind.ToString());
        }

        foreach (var field in fields.EnumerateObject())
        {
            double Within(double least, double most) => Number(field, least, most, errors);
            read = field.Name switch
            {
                "hue" => read with { Hue = Within(-180, 180) },
                "hue_step" => read with { HueStep = Within(20, 30) },
                "saturation" => read with { Saturation = Within(0, 4) },
                "contrast" => read with { Contrast = Within(0, 4) },
                "brightness" => read with { Brightness = Within(-1, 1) },
                "gamma" => read with { Gamma = Within(0.25, 4) },
                "artifacts" => read with { Artifacts = Flag(field, errors) },
                "artifact_hue" => read with { ArtifactHue = Within(-180, 180) },
                _ => throw errors.Field($"picture.{field.Name}", "hue, hue_step, saturation, contrast, brightness, gamma, artifacts or artifact_hue", field.Name),
            };
        }

        return read;
    }

    private static double Number(JsonProperty field, double least, double most, ProfileErrors errors) =>
        field.Value.ValueKind == JsonValueKind.Number && field.Value.TryGetDouble(out double number) && number >= least && number <= most
            ? number
            : throw errors.Field($"picture.{field.Name}", FormattableString.Invariant($"{least} to {most}"), field.Value.GetRawText());

    private static bool Flag(JsonProperty field, ProfileErrors errors) => field.Value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw errors.Field($"picture.{field.Name}", "true or false", field.Value.GetRawText()),
    };
}
