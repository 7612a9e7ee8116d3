using Attic.Abi.AtariXl;

namespace Attic.Modules.XlVideo;

/// <summary>What ANTIC does in a cycle.</summary>
[Flags]
internal enum AnticCycle : byte
{
    /// <summary>Nothing: the processor's.</summary>
    None = 0,

    /// <summary>Refreshes memory.</summary>
    Refresh = 1,

    /// <summary>Missile, instruction, player or operand: cycles 0 to 7.</summary>
    Special = 2,

    /// <summary>Fetches a character's name or a byte of bitmap into the line buffer.</summary>
    Load = 4,

    /// <summary>Fetches a row of a character.</summary>
    Character = 8,

    /// <summary>Load or Character happen without DMA: counters step, and the byte is what the bus carries.</summary>
    Virtual = 16,

    /// <summary>GTIA takes what the bus carries for a player, though ANTIC fetches nothing.</summary>
    Phantom = 32,

    /// <summary>A byte of bitmap goes to the screen.</summary>
    Show = 64,

    /// <summary>The display shifter of mode 8 steps: every second cycle, in step with the playfield DMA clock.</summary>
    Step = 128,
}

/// <summary>The cycles of one line, and which of them are left to the processor.</summary>
internal sealed class LinePlan
{
    private const AnticCycle Playfield = AnticCycle.Load | AnticCycle.Character | AnticCycle.Show;

    /// <summary>What happens in each cycle.</summary>
    public AnticCycle[] Cycles { get; } = new AnticCycle[Scanline.Cycles];

    /// <summary>For <see cref="Scanline.FreeFrom"/>.</summary>
    public byte[] FreeFrom { get; } = new byte[Scanline.Cycles + 1];

    /// <summary>For <see cref="Scanline.After"/>.</summary>
    public byte[] After { get; } = new byte[Scanline.AfterLength];

    /// <summary>For <see cref="Scanline.SampleFrom"/>.</summary>
    public byte[] SampleFrom { get; } = new byte[Scanline.Cycles + 1];

    /// <summary>
    /// Whether playfield is fetched in one burst at an even rhythm: such a line is fetched and drawn without looking at each
    /// cycle, but for the last ones of a wide line, which go without DMA.
    /// </summary>
    public bool IsRegular { get; private set; }

    /// <summary>The first cycle of the playfield, 114 if none.</summary>
    public int FirstFetch { get; private set; } = Scanline.Cycles;

    /// <summary>The cycle after the last one of the playfield.</summary>
    public int LastFetch { get; private set; }

    /// <summary>The playfield DMA clock when the line is over: bit n is the cycle n+1 before.</summary>
    public byte ClockAfter { get; set; }

    /// <summary>Derives the rest from <see cref="Cycles"/>.</summary>
    /// <param name="undisturbed">Whether the playfield DMA clock was still when the line began, and runs as its registers ask.</param>
    public void Finish(bool undisturbed)
    {
        FreeFrom[Scanline.Cycles] = Scanline.Cycles;
        SampleFrom[Scanline.Cycles] = Scanline.Cycles;
        (FirstFetch, LastFetch, IsRegular) = (Scanline.Cycles, 0, undisturbed);
        for (int cycle = Scanline.Cycles - 1; cycle >= 0; cycle--)
        {
            var what = Cycles[cycle];
            bool taken = IsTaken(what);
            bool sampled = (what & (AnticCycle.Virtual | AnticCycle.Phantom)) != 0 && !taken;
            FreeFrom[cycle] = taken ? FreeFrom[cycle + 1] : (byte)cycle;
            SampleFrom[cycle] = sampled ? (byte)cycle : SampleFrom[cycle + 1];
            if ((what & Playfield) != 0)
            {
                FirstFetch = cycle;
                LastFetch = Math.Max(LastFetch, cycle + 1);
            }
        }

        ChainFreeCycles();
    }

    private void ChainFreeCycles()
    {
        const byte Beyond = 255;
        for (int cycle = 0; cycle <= Scanline.Cycles; cycle++)
        {
            int next = cycle;
            for (int row = 1 << 7; row < Scanline.AfterLength; row += 1 << 7)
            {
                next = next < Scanline.Cycles && FreeFrom[next] < Scanline.Cycles ? FreeFrom[next] + 1 : Beyond;
                After[row + cycle] = (byte)next;
            }
        }
    }

    /// <summary>Whether DMA has the bus.</summary>
    public static bool IsTaken(AnticCycle what) =>
        (what & (AnticCycle.Refresh | AnticCycle.Special)) != 0
        || ((what & (AnticCycle.Load | AnticCycle.Character)) != 0 && (what & AnticCycle.Virtual) == 0);
}
