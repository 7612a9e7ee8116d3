namespace Attic.Modules.StMachine;

/// <summary>Who answers in the I/O page.</summary>
internal enum IoDevice : byte
{
    /// <summary>Nobody drives the data lines, they read as ones; whether the cycle ends at all is <see cref="IoSlot"/>'s say.</summary>
    None,

    /// <summary>GLUE's own register.</summary>
    Glue,

    /// <summary>The MMU.</summary>
    Mmu,

    /// <summary>The Shifter.</summary>
    Shifter,

    /// <summary>The DMA chip.</summary>
    Dma,

    /// <summary>The sound chip.</summary>
    Psg,

    /// <summary>The MFP.</summary>
    Mfp,

    /// <summary>The keyboard's ACIA.</summary>
    KeyboardAcia,

    /// <summary>The MIDI ACIA.</summary>
    MidiAcia,

    /// <summary>The ACIA area beyond the two chips.</summary>
    AciaArea,
}

/// <summary>Which accesses to a word of the I/O page get DTACK; the others end in a bus error.</summary>
[Flags]
internal enum IoAccess : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Bytes at the odd address.</summary>
    OddByte = 1,

    /// <summary>Bytes at the even address.</summary>
    EvenByte = 2,

    /// <summary>Words.</summary>
    Word = 4,

    /// <summary>Words and odd bytes: an eight-bit chip on the lower half of the bus.</summary>
    LowerHalf = OddByte | Word,

    /// <summary>All.</summary>
    All = OddByte | EvenByte | Word,
}

/// <summary>One word of the I/O page.</summary>
/// <param name="Device">Who answers.</param>
/// <param name="Access">What it answers to.</param>
internal readonly record struct IoSlot(IoDevice Device, IoAccess Access);

/// <summary>
/// GLUE's decoding of 0xFF8000–0xFFFFFF on a 520/1040 STF with the Ricoh chip set, as bus-error probes on such a machine
/// map it.
/// </summary>
internal static class IoMap
{
    private const uint Base = 0xFF8000;
    private static readonly IoSlot[] Slots = Build();

    /// <summary>The word at <paramref name="address"/>, which is 0xFF8000 or above.</summary>
    public static IoSlot At(uint address) => Slots[(address - Base) >> 1];

    private static IoSlot[] Build()
    {
        var slots = new IoSlot[0x4000];
        Fill(slots, 0xFF8000, 0xFF8001, IoDevice.Mmu, IoAccess.LowerHalf);
        Fill(slots, 0xFF8200, 0xFF8209, IoDevice.Mmu, IoAccess.LowerHalf);
        Fill(slots, 0xFF820A, 0xFF820B, IoDevice.Glue, IoAccess.All);
        Fill(slots, 0xFF820C, 0xFF820F, IoDevice.None, IoAccess.LowerHalf);
        Fill(slots, 0xFF8240, 0xFF827F, IoDevice.Shifter, IoAccess.All);
        Fill(slots, 0xFF8604, 0xFF8607, IoDevice.Dma, IoAccess.Word);
        Fill(slots, 0xFF8608, 0xFF860F, IoDevice.Dma, IoAccess.LowerHalf);
        Fill(slots, 0xFF8800, 0xFF88FF, IoDevice.Psg, IoAccess.All);
        Fill(slots, 0xFFFA00, 0xFFFA2F, IoDevice.Mfp, IoAccess.LowerHalf);
        Fill(slots, 0xFFFA30, 0xFFFA3F, IoDevice.None, IoAccess.LowerHalf);
        Fill(slots, 0xFFFC00, 0xFFFC03, IoDevice.KeyboardAcia, IoAccess.All);
        Fill(slots, 0xFFFC04, 0xFFFC07, IoDevice.MidiAcia, IoAccess.All);
        Fill(slots, 0xFFFC08, 0xFFFDFF, IoDevice.AciaArea, IoAccess.All);
        return slots;
    }

    private static void Fill(IoSlot[] slots, uint first, uint last, IoDevice device, IoAccess access) =>
        slots.AsSpan((int)((first - Base) >> 1), (int)((last - first) >> 1) + 1).Fill(new(device, access));
}
