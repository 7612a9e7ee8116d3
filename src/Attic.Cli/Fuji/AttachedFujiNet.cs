using Attic.Abi.AtariXl;
using Attic.Abi.Machines;
using Attic.FujiNet.Core;
using Attic.FujiNet.Disk;
using Attic.FujiNet.Platform;
using Attic.FujiNet.Sio;
using Attic.FujiNet.Storage;

namespace Attic.Cli.Fuji;

/// <summary>A FujiNet at the serial bus of an XL that this process runs; its core has a thread of its own.</summary>
internal sealed class AttachedFujiNet : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly IReadinessWaiter _waiter;
    private readonly FujiNetStack _stack;
    private readonly Thread _thread;

    private AttachedFujiNet(FujiNetStack stack, IReadinessWaiter waiter, SioMailbox mailbox)
    {
        (_stack, _waiter, Mailbox) = (stack, waiter, mailbox);
        _thread = new Thread(() => new CoreRunner(stack.Core, waiter).Run(_stop.Token)) { IsBackground = true, Name = "fujinet" };
        _thread.Start();
    }

    /// <summary>What is plugged into the machine.</summary>
    public SioMailbox Mailbox { get; }

    /// <summary>Its drives.</summary>
    public DiskService Disks => _stack.Disks;

    /// <summary>Plugs a FujiNet in.</summary>
    /// <param name="machine">The machine, powered on and not running.</param>
    /// <param name="folder">The FujiNet's storage.</param>
    /// <param name="printer">Where its printer's paper goes; null as configured.</param>
    /// <exception cref="CommandFailure">The machine has no serial bus, or the folder cannot be used.</exception>
    public static AttachedFujiNet Attach(IMachine machine, string folder, string? printer)
    {
        var port = machine.Capability<ISioPort>() ?? throw CommandFailure.BadInput("--fuji: only an XL has a serial bus for a FujiNet.", "Add --machine xl.");
        try
        {
            var fujiNet = Create(folder, printer, isPaced: false);
            port.Plug(fujiNet.Mailbox, machine.Now);
            return fujiNet;
        }
        catch (IOException error)
        {
            throw CommandFailure.BadInput($"--fuji: {folder} cannot be used: {error.Message}", inner: error);
        }
    }

    /// <summary>Makes a FujiNet.</summary>
    /// <param name="folder">Its storage.</param>
    /// <param name="printer">Where its printer's paper goes; null as configured.</param>
    /// <param name="isPaced">Whether the machine keeps real time.</param>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    public static AttachedFujiNet Create(string folder, string? printer, bool isPaced)
    {
        var waiter = HostPlatform.CreateWaiter();
        try
        {
            // Nothing runs yet that could wait for this thread.
            var stack = FujiNetStack.CreateAsync(new FujiNetOptions
            {
                DataFolder = folder, Wakeup = waiter, Log = Say, Configure = config => FujiOptions.UsePrinter(config, printer),
            }).AsTask().GetAwaiter().GetResult();
            var chain = AtariChain.CreateAsync(stack, Path.Combine(folder, "cpm"), Say).AsTask().GetAwaiter().GetResult();
            var transport = new SioMailboxTransport(chain, stack.Core.Context, isPaced);
            stack.Core.IO.Add(transport);
            return new AttachedFujiNet(stack, waiter, transport.Mailbox);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or StorageException)
        {
            waiter.Dispose();
            throw error as IOException ?? new IOException(error.Message, error);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _stack.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _waiter.Dispose();
        _stop.Dispose();
    }

    private static void Say(string message) => Console.Error.WriteLine($"attic: {message}");
}
