namespace Attic.Modules.StStorage;

/// <summary>The other end of the floppy controller's data request line: the DMA chip.</summary>
internal interface IDataPort
{
    /// <summary>Whether a byte read from disk is fetched as soon as it is offered.</summary>
    bool TakesData { get; }

    /// <summary>Whether a byte for the disk is delivered as soon as it is asked for.</summary>
    bool GivesData { get; }

    /// <summary>Bytes until the transfer next touches memory, at least 1.</summary>
    int BytesToBurst { get; }

    /// <summary>Fetches a byte from the controller.</summary>
    void Take(byte value);

    /// <summary>Delivers a byte to the controller.</summary>
    byte Give();
}
