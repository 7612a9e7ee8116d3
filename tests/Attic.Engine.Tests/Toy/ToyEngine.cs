using Attic.Engine.Sessions;

namespace Attic.Engine.Tests.Toy;

/// <summary>Sessions over the toy card, unpaced unless asked otherwise.</summary>
internal sealed class ToyEngine : IAsyncDisposable
{
    public ToyEngine(int slots = 1, bool unpaced = true) => Sessions = new(Resources, Resources.Mappings, slots, unpaced);

    public ToyResources Resources { get; } = new();

    public SessionManager Sessions { get; }

    public ToyMachine Machine => Resources.Built[^1];

    public Task<Session> StartAsync(params string[] disks) => Sessions.StartAsync(ToyResources.Start(disks), "start");

    /// <summary>A session that stands still before its first tick is over.</summary>
    public async Task<Session> StartPausedAsync(params string[] disks)
    {
        var session = await StartAsync(disks);
        await session.PauseAsync("pause");
        return session;
    }

    public async ValueTask DisposeAsync()
    {
        await Sessions.DisposeAsync();
        Resources.Dispose();
    }
}
