using Attic.Abi.AtariXl;
using Attic.Firmware.Xl.Tests;
using Attic.FujiNet.Config;
using Attic.FujiNet.Core;
using Attic.FujiNet.Platform;
using Attic.FujiNet.Sio;

namespace Attic.FujiNet.Tests.Atari;

/// <summary>Our 800XL with a FujiNet at its serial bus, the core on a thread of its own as in the product.</summary>
internal sealed class FujiXl : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("attic-fuji-");
    private readonly CancellationTokenSource _stop = new();
    private readonly IReadinessWaiter _waiter = HostPlatform.CreateWaiter();
    private readonly FujiNetStack _stack;
    private readonly SioMailboxTransport _transport;
    private readonly Thread _thread;

    /// <param name="rom">OS and BASIC; without it ours.</param>
    /// <param name="prepare">Puts things into the FujiNet's folder.</param>
    /// <param name="boot">Whether CONFIG's disk is in D1:.</param>
    /// <param name="configure">Changes the configuration.</param>
    public FujiXl(byte[]? rom = null, Action<string>? prepare = null, bool boot = false, Action<FujiConfig>? configure = null)
    {
        prepare?.Invoke(_data.FullName);
        _stack = FujiNetStack.CreateAsync(new FujiNetOptions
        {
            DataFolder = _data.FullName,
            Wakeup = _waiter,
            Log = message => Log.Add(message),
            Configure = config =>
            {
                config.Boot.IsConfig = boot;
                configure?.Invoke(config);
            },
        }).AsTask().GetAwaiter().GetResult();
        var chain = AtariChain.CreateAsync(_stack, null, message => Log.Add(message)).AsTask().GetAwaiter().GetResult();
        _transport = new SioMailboxTransport(chain, _stack.Core.Context, isPaced: false);
        _stack.Core.IO.Add(_transport);
        _thread = new Thread(() => new CoreRunner(_stack.Core, _waiter).Run(_stop.Token)) { IsBackground = true };
        _thread.Start();
        Computer = new XlComputer(rom ?? [.. FirmwareTree.Os(), .. FirmwareTree.Basic()]);
        Computer.Machine.Capability<ISioPort>()!.Plug(_transport.Mailbox, Computer.Machine.Now);
    }

    public XlComputer Computer { get; }

    public List<string> Log { get; } = [];

    public string Folder => _data.FullName;

    public FujiXl Type(string text)
    {
        Computer.Type(text);
        return this;
    }

    public FujiXl Until(string text, int frames = 3000)
    {
        Computer.RunUntil(text, frames);
        return this;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _stack.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _waiter.Dispose();
        _stop.Dispose();
        _data.Delete(recursive: true);
    }
}
