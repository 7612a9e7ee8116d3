namespace Attic.FujiNet.Storage;

/// <summary>The rules of paths: they start with a slash, hold no empty, <c>.</c> or <c>..</c> parts, and nothing climbs above the root.</summary>
public static class StoragePath
{
    /// <summary>Brings a path into its one form.</summary>
    /// <param name="path">Any text; backslashes are part of names.</param>
    public static string Normalize(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var parts = new List<string>();
        foreach (string part in path.Split('/'))
        {
            if (part is "" or ".")
            {
                continue;
            }

            if (part is not "..")
            {
                parts.Add(part);
            }
            else if (parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
        }

        return "/" + string.Join('/', parts);
    }

    /// <summary>A path seen from a folder; one that starts with a slash is seen from the root.</summary>
    public static string Combine(string folder, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Normalize(path.StartsWith('/') ? path : $"{folder}/{path}");
    }

    /// <summary>The last part of a path; empty for the root.</summary>
    public static string NameOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path[(path.LastIndexOf('/') + 1)..];
    }

    /// <summary>The path of the folder that holds it.</summary>
    public static string ParentOf(string path) => Normalize($"{path}/..");
}
