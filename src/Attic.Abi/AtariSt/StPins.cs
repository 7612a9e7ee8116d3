namespace Attic.Abi.AtariSt;

/// <summary>
/// The ST's schematic by name: wires and ports between its modules. Interrupt lines are active low, as on the board.
/// </summary>
public static class StPins
{
    /// <summary>MFP IRQ output, low when an interrupt is pending: IPL6 at GLUE.</summary>
    public const string MfpInterrupt = "mfp.irq";

    /// <summary>Both ACIAs' IRQ outputs, low active, to MFP GPIP4.</summary>
    public const string AciaInterrupt = "acia.irq";

    /// <summary>WD1772 INTRQ (inverted) and ACSI IRQ, low active, to MFP GPIP5.</summary>
    public const string DiskInterrupt = "dma.irq";

    /// <summary>Blitter done, low active, to MFP GPIP3; pulled up where no blitter is fitted.</summary>
    public const string BlitterInterrupt = "blitter.irq";

    /// <summary>Display enable from GLUE to MFP TBI (timer B's event input): high while a line's picture is fetched.</summary>
    public const string DisplayEnable = "glue.de";

    /// <summary>Monochrome monitor detect at MFP GPIP7: low with a monochrome monitor.</summary>
    public const string MonochromeDetect = "monitor.mono";

    /// <summary>Centronics BUSY at MFP GPIP0.</summary>
    public const string CentronicsBusy = "centronics.busy";

    /// <summary>RS-232 carrier detect at MFP GPIP1.</summary>
    public const string CarrierDetect = "rs232.dcd";

    /// <summary>RS-232 clear to send at MFP GPIP2.</summary>
    public const string ClearToSend = "rs232.cts";

    /// <summary>RS-232 ring indicator at MFP GPIP6.</summary>
    public const string RingIndicator = "rs232.ri";

    /// <summary>YM2149 port A: bit 0 side (low = side 1), 1 drive A (low), 2 drive B (low), 3 RTS, 4 DTR, 5 strobe, 6 GPO.</summary>
    public const string PsgPortA = "psg.porta";

    /// <summary>YM2149 port B: Centronics data.</summary>
    public const string PsgPortB = "psg.portb";

    /// <summary>The MMU's memory configuration register (0xFF8001): bits 0–1 bank 1, bits 2–3 bank 0.</summary>
    public const string MemoryConfiguration = "mmu.config";
}
