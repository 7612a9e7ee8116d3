namespace Attic.Cpm.Drives;

/// <summary>Drives A: to P:, each a folder <c>A</c> to <c>P</c> of one host folder; a drive without a folder is not there.</summary>
internal sealed class CpmDrives
{
    /// <summary>The most drives that CP/M 2.2 knows.</summary>
    public const int Count = 16;

    private readonly string _root;
    private readonly CpmDrive?[] _drives = new CpmDrive?[Count];

    /// <summary>The drives of a folder; A: is made if it is not there.</summary>
    public CpmDrives(string root)
    {
        _root = Path.GetFullPath(root);
        Directory.CreateDirectory(Path.Combine(_root, "A"));
    }

    /// <summary>Drive 0 to 15, or null if it has no folder.</summary>
    public CpmDrive? this[int drive]
    {
        get
        {
            string folder = Path.Combine(_root, ((char)('A' + drive)).ToString());
            var info = new DirectoryInfo(folder);
            return info.Exists && info.LinkTarget is null ? _drives[drive] ??= new CpmDrive(folder) : null;
        }
    }
}
