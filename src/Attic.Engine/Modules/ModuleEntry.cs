using System.Diagnostics.CodeAnalysis;
using Attic.Engine.Card;

namespace Attic.Engine.Modules;

/// <summary>One package of the card, as the last scan found it.</summary>
/// <param name="File">Where it lies.</param>
/// <param name="Manifest">Its manifest.</param>
/// <param name="Version">The module's version, from the file name.</param>
/// <param name="Component">The component folder that it lies in.</param>
/// <param name="Integrity"><c>verified unsigned untrusted signature_invalid hash_mismatch</c>.</param>
/// <param name="Sha256">SHA-256 of the whole file, 64 lower-case hex digits.</param>
public sealed record ModuleEntry(
    CardPath File,
    EbinManifest Manifest,
    SemanticVersion Version,
    string Component,
    string Integrity,
    string Sha256);

/// <summary>A file of the card that ends in <c>.ebin</c> but is none.</summary>
/// <param name="File">Where it lies.</param>
/// <param name="Name">What its file name says before the version; the whole name where there is no version.</param>
/// <param name="Version">The version that its file name gives, if it does.</param>
/// <param name="Code">The code of the contract.</param>
/// <param name="Field">The field that is wrong.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record InvalidModule(CardPath File, string Name, SemanticVersion? Version, string Code, string Field, string Reason);

/// <summary>The name of a package file: <c>&lt;name&gt;-&lt;version&gt;.ebin</c>.</summary>
internal static class EbinFileName
{
    /// <summary>How package files end.</summary>
    public const string Extension = ".ebin";

    /// <summary>Splits a file name at the first hyphen that a whole semantic version follows.</summary>
    public static bool TryParse(string fileName, out string name, [NotNullWhen(true)] out SemanticVersion? version)
    {
        name = fileName.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) ? fileName[..^Extension.Length] : fileName;
        version = null;
        for (int at = name.IndexOf('-', StringComparison.Ordinal); at > 0; at = name.IndexOf('-', at + 1))
        {
            if (SemanticVersion.TryParse(name[(at + 1)..], out version))
            {
                name = name[..at];
                return true;
            }
        }

        return false;
    }
}
