namespace Attic.Engine.Card;

/// <summary>A path that passed every check of <see cref="CardRoot.Resolve"/>.</summary>
/// <param name="Virtual">Canonical, <c>/sdcard/…</c>; what replies show.</param>
/// <param name="Host">Where it lies on the host; never shown.</param>
/// <param name="Root">The allowed root that it lies in.</param>
public sealed record CardPath(string Virtual, string Host, string Root)
{
    /// <summary>The last name of the path.</summary>
    public string Name => Path.GetFileName(Host);

    /// <summary>The virtual folder that holds it.</summary>
    public string VirtualFolder => Virtual[..Virtual.LastIndexOf('/')];
}
