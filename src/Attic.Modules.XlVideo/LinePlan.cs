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

    /// <summary>A byte of bitmap goes to the screen.</summary>
    Show = 64,

    /// <summary>Load or Character happen without DMA: counters step, and the byte is what the bus carries.</summary>
    Virtual = 16,

    /// <summary>GTIA takes what the bus carries for a player or the missiles, though ANTIC fetches nothing.</summary>
    Phantom = 32,
}

/// <summary>The cycles of one line, and which of them are left to the processor.</summary>
internal sealed class LinePlan
{
    public AnticCycle[] Cycles { get; } = new AnticCycle[Scanline.Cycles];

    public byte[] FreeFrom { get; } = new byte[Scanline.Cycles + 1];

    /// <summary>The first cycle in which playfield is fetched, 114 if none; what lies before are specials and refresh.</summary>
    public int FirstFetch { get; private set; } = Scanline.Cycles;

    /// <summary>The cycle after the last fetch.</summary>
    public int LastFetch { get; private set; }

    /// <summary>Derives <see cref="FreeFrom"/> from <see cref="Cycles"/>.</summary>
    public void Finish()
    {
        FreeFrom[Scanline.Cycles] = Scanline.Cycles;
        (FirstFetch, LastFetch) = (Scanline.Cycles, 0);
        for (int cycle = Scanline.Cycles - 1; cycle >= 0; cycle--)
        {
            var what = Cycles[cycle];
            bool taken = (what & (AnticCycle.Refresh | AnticCycle.Special)) != 0
                || ((what & (AnticCycle.Load | AnticCycle.Character)) != 0 && (what & AnticCycle.Virtual) == 0);
            FreeFrom[cycle] = taken ? FreeFrom[cycle + 1] : (byte)cycle;
            if ((what & (AnticCycle.Load | AnticCycle.Character | AnticCycle.Show)) != 0)
            {
                FirstFetch = cycle;
                LastFetch = Math.Max(LastFetch, cycle + 1);
            }
        }
    }
}
