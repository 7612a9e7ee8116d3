using Attic.Abi.AtariXl;

namespace Attic.FujiNet.Sio;

/// <summary>A device behind the Atari's serial bus, whatever carries the bus: an emulator's datagrams, a cable, our own XL.</summary>
public abstract class SioPeripheral : IDisposable
{
    /// <summary>
    /// Says at once whether a command can be taken. Called from the loop that receives, on any thread, while the computer
    /// stands still: it looks at nothing that takes time.
    /// </summary>
    public abstract SioReception Accept(SioCommand command);

    /// <summary>Carries a command out. Called on the core's thread, one command at a time.</summary>
    /// <param name="command">A command that was taken.</param>
    /// <param name="data">What the computer sent, as much as was asked for.</param>
    public abstract ValueTask<SioResult> ExecuteAsync(SioCommand command, ReadOnlyMemory<byte> data);

    /// <summary>The computer was reset.</summary>
    /// <param name="cold">Whether it was switched off and on.</param>
    public virtual void Reset(bool cold)
    {
        // Most devices do not notice.
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives back what the device holds.</summary>
    /// <param name="disposing">True: called from <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        // Most devices hold nothing.
    }
}
