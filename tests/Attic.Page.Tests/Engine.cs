using Attic.Engine.Card;
using Attic.Server;

namespace Attic.Page.Tests;

/// <summary>A server with the page from the source tree, on a card of its own.</summary>
internal sealed class Engine : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("attic-page-");
    private readonly ServerOptions _options;
    private AtticServer? _server;

    private Engine(bool session, string machine) => _options = new ServerOptions
    {
        Port = 0,
        CardDirectory = Path.Combine(_folder.FullName, "card"),
        WebRoot = Path.Combine(SourceRoot(), "src", "Attic.Server", "wwwroot"),
        AutoStart = session ? new AutoStart(machine) : null,
    };

    /// <summary>Where the page is.</summary>
    public string Url => _server!.Url.ToString();

    /// <summary>The folder of the disks on the card.</summary>
    public string Disks => Path.Combine(_options.CardDirectory!, "disks");

    /// <summary>Starts a server, with a machine in it or without.</summary>
    public static async Task<Engine> StartAsync(bool session = true, string machine = "atari_st")
    {
        Skip.IfNot(
            Directory.Exists(ShippedCard.Locate().Content[1].Host),
            "The modules are not packed. To run this test: dotnet build src/Attic.Pack -c Release");
        var engine = new Engine(session, machine);
        engine._server = await AtticServer.StartAsync(engine._options);
        return engine;
    }

    /// <summary>Stops the server; the page stays open.</summary>
    public async Task<int> StopAsync()
    {
        int port = _server!.Url.Port;
        await _server.DisposeAsync();
        _server = null;
        return port;
    }

    /// <summary>Starts it again where it was.</summary>
    public async Task RestartAsync(int port) => _server = await AtticServer.StartAsync(_options with { Port = port });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    /// <summary>The folder of the source tree.</summary>
    public static string SourceRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Attic.slnx")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside the source tree.");
        }

        return folder.FullName;
    }
}
