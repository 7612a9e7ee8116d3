using Attic.Engine.Input;
using Attic.Engine.Sessions;

namespace Attic.Server;

/// <summary>The engine's services that the endpoints stand on.</summary>
internal sealed record EngineServices
{
    /// <summary>Card, catalogs and modules as sessions need them.</summary>
    public required ISessionResources Resources { get; init; }

    /// <summary>The card's mapping profiles.</summary>
    public required MappingStore Mappings { get; init; }

    /// <summary>Whether machines run as fast as they can; for tests.</summary>
    public bool Unpaced { get; init; }

    /// <summary>Opens a card and everything on it.</summary>
    public static EngineServices Open(ServerOptions options) => throw new NotSupportedException();
}
