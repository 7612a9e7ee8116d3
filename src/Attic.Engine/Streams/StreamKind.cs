namespace Attic.Engine.Streams;

/// <summary>The contract's streams (§14).</summary>
public enum StreamKind
{
    /// <summary>Pictures.</summary>
    Video,

    /// <summary>Sound.</summary>
    Audio,

    /// <summary>Status, health, delivery and media events.</summary>
    Engine,

    /// <summary>Register changes.</summary>
    Registers,

    /// <summary>Bus cycles.</summary>
    Bus,

    /// <summary>Memory accesses.</summary>
    Memory,

    /// <summary>Translated input, capture and policy.</summary>
    Input,
}

/// <summary>Names and queue lengths of the streams.</summary>
public static class StreamKinds
{
    /// <summary>The name in paths and messages.</summary>
    public static string ApiName(this StreamKind kind) => kind switch
    {
        StreamKind.Video => "video",
        StreamKind.Audio => "audio",
        StreamKind.Engine => "engine",
        StreamKind.Registers => "registers",
        StreamKind.Bus => "bus",
        StreamKind.Memory => "memory",
        _ => "input",
    };

    /// <summary>Units that wait for one reader at most (R91).</summary>
    public static int Capacity(this StreamKind kind) => kind switch
    {
        StreamKind.Video => 4,
        StreamKind.Audio => 16,
        StreamKind.Engine or StreamKind.Input => 128,
        _ => 4096,
    };

    /// <summary>The stream of a name, or null.</summary>
    public static StreamKind? Parse(string name)
    {
        foreach (var kind in Enum.GetValues<StreamKind>())
        {
            if (string.Equals(kind.ApiName(), name, StringComparison.Ordinal))
            {
                return kind;
            }
        }

        return null;
    }
}
