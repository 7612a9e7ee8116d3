using System.Diagnostics.CodeAnalysis;

namespace Attic.Server;

/// <summary>No port could be bound; the message says which and what to do.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "Without a port it would say nothing.")]
[SuppressMessage("Roslynator", "RCS1194:Implement exception constructors", Justification = "As above.")]
public sealed class PortTakenException : Exception
{
    /// <summary>The failure to bind <paramref name="port"/>.</summary>
    /// <param name="port">The port asked for, or null when the whole default range is taken.</param>
    /// <param name="inner">What the system said.</param>
    public PortTakenException(int? port, Exception? inner)
        : base(
            port is { } asked
                ? $"Port {asked} is taken. Choose another with --port N, or leave --port out and the next free one is used."
                : $"The ports {ServerOptions.PreferredPort} to {ServerOptions.LastPort} are all taken. Choose another with --port N.",
            inner) => Port = port;

    /// <summary>The port asked for, or null.</summary>
    public int? Port { get; }
}
