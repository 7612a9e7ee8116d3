namespace Attic.Modules.XlVideo;

/// <summary>
/// GTIA's priority logic: which colour registers drive a pixel. Several may (a conflict); their values are then ORed.
/// The equations are those of the GTIA data sheet (C014889, "priority encoder").
/// </summary>
internal static class Priority
{
    /// <summary>The mask's bit of the background; players are bits 0–3, playfields 4–7.</summary>
    public const int Background = 1 << 8;

    /// <summary>No playfield in the inputs of <see cref="Build"/>'s table; 1 to 4 are PF0 to PF3.</summary>
    public const int PlayfieldInputs = 5;

    private static readonly ushort[]?[] Tables = new ushort[]?[64];

    /// <summary>The table for a PRIOR value: indexed by playfield (0 none, 1–4) × 256 + objects (players, missiles).</summary>
    public static ushort[] For(byte prior) => Tables[prior & 63] ??= Build(prior);

    private static ushort[] Build(byte prior)
    {
        var table = new ushort[PlayfieldInputs * 256];
        for (int playfield = 0; playfield < PlayfieldInputs; playfield++)
        {
            for (int objects = 0; objects < 256; objects++)
            {
                table[(playfield * 256) + objects] = (ushort)Select(prior, playfield, objects);
            }
        }

        return table;
    }

    private static int Select(byte prior, int playfield, int objects)
    {
        bool fifthPlayer = (prior & 0x10) != 0;
        bool multi = (prior & 0x20) != 0;
        bool pri0 = (prior & 1) != 0;
        bool pri1 = (prior & 2) != 0;
        bool pri2 = (prior & 4) != 0;
        bool pri3 = (prior & 8) != 0;
        int missiles = objects >> 4;
        int players = (objects & 15) | (fifthPlayer ? 0 : missiles);
        bool p0 = (players & 1) != 0;
        bool p1 = (players & 2) != 0;
        bool p2 = (players & 4) != 0;
        bool p3 = (players & 8) != 0;
        bool pf0 = playfield == 1;
        bool pf1 = playfield == 2;
        bool pf2 = playfield == 3;
        bool pf3 = playfield == 4 || (fifthPlayer && missiles != 0);
        bool p01 = p0 || p1;
        bool p23 = p2 || p3;
        bool pf01 = pf0 || pf1;
        bool pf23 = pf2 || pf3;

        bool front01 = !(pf01 && (pri2 || pri3)) && !(pri2 && pf23);
        bool front23 = !p01 && !(pf23 && (pri1 || pri2)) && !(pf01 && !pri0);
        bool sp0 = p0 && front01;
        bool sp1 = p1 && front01 && (!p0 || multi);
        bool sp2 = p2 && front23;
        bool sp3 = p3 && front23 && (!p2 || multi);
        bool sf3 = pf3 && !(p23 && (pri0 || pri3)) && !(p01 && !pri2);
        bool front = !(p23 && pri0) && !(p01 && (pri0 || pri1)) && !sf3;
        bool sf0 = pf0 && front;
        bool sf1 = pf1 && front;
        bool sf2 = pf2 && !(p23 && (pri0 || pri3)) && !(p01 && !pri2) && !sf3;
        bool back = !p01 && !p23 && !pf01 && !pf23;
        return Bit(sp0, 0) | Bit(sp1, 1) | Bit(sp2, 2) | Bit(sp3, 3) | Bit(sf0, 4) | Bit(sf1, 5) | Bit(sf2, 6) | Bit(sf3, 7) | Bit(back, 8);
    }

    private static int Bit(bool on, int bit) => on ? 1 << bit : 0;
}
