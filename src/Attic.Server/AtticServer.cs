using System.Net;
using Attic.Engine.Errors;
using Attic.Engine.Sessions;
using Attic.Server.Rest;
using Attic.Server.Security;
using Microsoft.AspNetCore.Connections;

namespace Attic.Server;

/// <summary>The engine behind HTTP: REST and WebSockets below <c>/api/v2</c>, and the page.</summary>
public sealed class AtticServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly EngineServices _engine;
    private readonly RateLimits _limits;

    private AtticServer(WebApplication application, SessionManager sessions, EngineServices engine, RateLimits limits) =>
        (_application, Sessions, _engine, _limits) = (application, sessions, engine, limits);

    /// <summary>Where the server listens, once started: <c>http://127.0.0.1:8080/</c>.</summary>
    public Uri Url => new(_application.Urls.First());

    /// <summary>The engine's sessions.</summary>
    public SessionManager Sessions { get; }

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

    /// <summary>Starts a server on the first port that <paramref name="options"/> allows, over a card's own engine.</summary>
    /// <exception cref="PortTakenException">No port could be bound.</exception>
    /// <exception cref="EngineException">The card is in use, or the session to start with was refused.</exception>
    public static async Task<AtticServer> StartAsync(ServerOptions options, CancellationToken cancel = default)
    {
        var engine = EngineServices.Open(options);
        try
        {
            return await StartAsync(options, engine, cancel);
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _engine.Dispose();
    }

    /// <summary>Starts a server over given services.</summary>
    internal static async Task<AtticServer> StartAsync(ServerOptions options, EngineServices engine, CancellationToken cancel = default)
    {
        var ports = options.Port is { } asked
            ? [asked]
            : Enumerable.Range(ServerOptions.PreferredPort, ServerOptions.LastPort - ServerOptions.PreferredPort + 1);
        IOException? taken = null;
        foreach (int port in ports)
        {
            var server = Create(options, engine, port);
            try
            {
                await server._application.StartAsync(cancel);
                await server.AutoStartAsync(options.AutoStart);
                return server;
            }
            catch (IOException failure) when (failure.InnerException is AddressInUseException)
            {
                taken = failure;
                await server.CloseAsync();
            }
            catch
            {
                await server.CloseAsync();
                throw;
            }
        }

        throw new PortTakenException(options.Port, taken);
    }

    // Sockets and streams end first, then the machines, which write their disks out.
    private async Task CloseAsync()
    {
        await _application.StopAsync();
        await Sessions.DisposeAsync();
        await _application.DisposeAsync();
        _limits.Dispose();
    }

    private async Task AutoStartAsync(AutoStart? start)
    {
        if (start is not null)
        {
            await Sessions.StartAsync(_engine.Resolve(start), "startup");
        }
    }

    // The composition root: what the server is made of, in the order in which a request meets it.
    private static AtticServer Create(ServerOptions options, EngineServices engine, int port)
    {
        var application = Build(port);
        var sessions = new SessionManager(engine.Resources, engine.Mappings, options.Sessions, engine.Unpaced, options.FujiNet);
        var tokens = options.TokenClients is { } clients ? new TokenStore(clients, TimeProvider.System) : null;
        var limits = new RateLimits();
        var gate = new ApiGate(tokens, limits);

        application.UseEnvelopes(options.Report);
        if (tokens is null)
        {
            application.UseOriginGuard();
        }

        application.UsePage(options.WebRoot ?? Path.Combine(AppContext.BaseDirectory, "wwwroot"));
        application.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(15) });
        application.UseRouting();
        var routes = new ApiRoutes(application, gate);
        new AuthEndpoints(tokens).Map(routes);
        new EngineEndpoints(sessions).Map(routes);
        new DebugEndpoints(sessions).Map(routes);
        new MediaEndpoints(sessions).Map(routes);
        new CassetteEndpoints(sessions).Map(routes);
        new PrinterEndpoints(sessions).Map(routes);
        new FujiNetEndpoints(sessions).Map(routes);
        new StateEndpoints(sessions).Map(routes);
        new InputEndpoints(sessions).Map(routes);
        new StreamEndpoints(sessions, gate, application.Lifetime.ApplicationStopping).Map(routes);
        if (engine.Card is { } card)
        {
            new CatalogEndpoints(card).Map(routes);
            new MediaLook(card).Map(routes);
            new FileEndpoints(card.Files).Map(routes);
            new EbinEndpoints(card.Ebins, sessions).Map(routes);
            card.Files.IsAttached = sessions.IsAttached;
        }

        return new AtticServer(application, sessions, engine, limits);
    }

    private static WebApplication Build(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.AddServerHeader = false;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        return builder.Build();
    }
}
