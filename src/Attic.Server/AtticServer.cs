using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Attic.Server;

/// <summary>The engine behind HTTP: REST and WebSockets below <c>/api/v2</c>, and the page.</summary>
public sealed class AtticServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private AtticServer(WebApplication application) => _application = application;

    /// <summary>Where the server listens, once started: <c>http://127.0.0.1:8080/</c>.</summary>
    public Uri Url => new(_application.Urls.First());

    /// <summary>Starts a server and serves until <paramref name="cancel"/>; then stops sessions and writes everything out.</summary>
    /// <param name="options">How.</param>
    /// <param name="started">Called once with the running server: print its URL, open a browser.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="PortTakenException">No port could be bound.</exception>
    public static async Task RunAsync(ServerOptions options, Action<AtticServer>? started, CancellationToken cancel)
    {
        await using var server = await StartAsync(options, cancel);
        started?.Invoke(server);
        await server._application.WaitForShutdownAsync(cancel);
    }

    /// <summary>Starts a server on the first port that <paramref name="options"/> allows.</summary>
    /// <exception cref="PortTakenException">No port could be bound.</exception>
    public static async Task<AtticServer> StartAsync(ServerOptions options, CancellationToken cancel = default)
    {
        var ports = options.Port is { } asked
            ? [asked]
            : Enumerable.Range(ServerOptions.PreferredPort, ServerOptions.LastPort - ServerOptions.PreferredPort + 1);
        IOException? taken = null;
        foreach (int port in ports)
        {
            var server = Create(options, port);
            try
            {
                await server._application.StartAsync(cancel);
                return server;
            }
            catch (IOException failure) when (failure.InnerException is AddressInUseException)
            {
                taken = failure;
                await server.DisposeAsync();
            }
        }

        throw new PortTakenException(options.Port, taken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private static AtticServer Create(ServerOptions options, int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Logging.ClearProviders();
        var application = builder.Build();
        return new AtticServer(application);
    }
}
