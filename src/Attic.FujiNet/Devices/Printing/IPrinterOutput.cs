namespace Attic.FujiNet.Devices.Printing;

/// <summary>Where a printer's paper goes. Called on the core's thread.</summary>
public interface IPrinterOutput
{
    /// <summary>Takes bytes as the computer sends them.</summary>
    /// <exception cref="Storage.StorageException">They cannot be kept.</exception>
    /// <exception cref="IOException">They cannot be sent.</exception>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>The job is over: nothing was printed for a while.</summary>
    ValueTask EndJobAsync();
}
