namespace Attic.FujiNet.Storage;

/// <summary>Why a file system refused.</summary>
public enum StorageError
{
    /// <summary>It failed, or could not be reached.</summary>
    Failed,

    /// <summary>There is no such file or folder.</summary>
    NotFound,

    /// <summary>There is one already.</summary>
    Exists,

    /// <summary>It is a folder, or no folder.</summary>
    WrongKind,

    /// <summary>It may not be changed, or not be reached.</summary>
    Denied,

    /// <summary>The folder is not empty.</summary>
    NotEmpty,

    /// <summary>The file system cannot do that at all.</summary>
    Unsupported,

    /// <summary>It took too long.</summary>
    TimedOut,
}

#pragma warning disable RCS1194 // Without a kind it could not be answered.
/// <summary>A file system refused something.</summary>
public sealed class StorageException : Exception
{
    /// <summary>A refusal.</summary>
    /// <param name="error">Why.</param>
    /// <param name="message">What happened, for people.</param>
    /// <param name="inner">What caused it.</param>
    public StorageException(StorageError error, string message, Exception? inner = null)
        : base(message, inner)
    {
        Error = error;
    }

    /// <summary>Why.</summary>
    public StorageError Error { get; }

    internal static StorageException NotFound(string path) => new(StorageError.NotFound, $"{path} does not exist.");

    internal static StorageException ReadOnly(string name) => new(StorageError.Denied, $"{name} can only be read.");
}
