using Attic.Abi.AtariXl;
using Attic.Abi.Buses;
using Attic.Abi.Chips;
using Attic.Abi.Machines;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Abi.Wires;

namespace Attic.Modules.XlVideo;

/// <summary>
/// GTIA (CO14805 NTSC, CO14889 PAL): merges ANTIC's playfield with players and missiles, finds collisions, makes colours;
/// reads triggers and console keys, clicks the speaker.
/// </summary>
/// <remarks>
/// <para>Time runs in colour clocks, 228 a line, two a machine cycle. The chip draws late: up to the present clock when
/// a register changes, the rest when the line ends.</para>
/// <para>Sources: Atari 400/800 Hardware Manual, part III; GTIA data sheet C014889; "Altirra Hardware Reference Manual",
/// chapter 5.</para>
/// <para>Not modelled: what a television does with the signal (artifact colours are the palette's option).</para>
/// </remarks>
internal sealed partial class Gtia : IChip, IByteDevice, IRegisterSource
{
    public const int Clocks = 228;

    // The part of a line that a picture keeps: 192 colour clocks.
    public const int FirstClock = 32;
    public const int LastClock = 224;

    // Blanking ends and begins here; nothing collides outside. When it ends, GTIA decides whether the line is high resolution:
    // ANTIC has announced it, and no GTIA mode is on.
    private const int VisibleFrom = 34;
    private const int VisibleTo = 222;

    private readonly byte[] _objects = new byte[Clocks + 32];
    private readonly VideoFrame[] _frames;
    private readonly bool _pal;
    private readonly bool _artifacts;
    private readonly Wire _speaker;
    private readonly int _speakerDriver;
    private GtiaState _s;
    private ushort[] _priority = Priority.For(0);
    private VideoFrame _drawing;

    // Whether ANTIC has put codes into the line: a cache, not state.
    private bool _hasCodes = true;

    public Gtia(VideoRegion region, Wire speaker, XlPicture picture)
    {
        (_speaker, _speakerDriver) = (speaker, speaker.AddDriver());
        _pal = region == VideoRegion.Pal;
        uint[] palette = Palette.For(region, picture);
        _artifacts = palette.Length > Palette.Plain;
        _frames = [NewFrame(palette), NewFrame(palette)];
        (Frame, _drawing) = (_frames[0], _frames[1]);
    }

    /// <inheritdoc/>
    public string Name => "gtia";

    /// <summary>ANTIC's codes (AN2–AN0) of the line, a byte a colour clock.</summary>
    public byte[] Codes { get; } = new byte[Clocks + 28];

    /// <summary>The last completed picture.</summary>
    public VideoFrame Frame { get; private set; }

    /// <summary>The chip that gives the codes and counts the line's cycles; set by the module.</summary>
    public Antic Antic { get; set; } = null!;

    /// <inheritdoc/>
    public void Reset(ResetKind kind, MasterCycles at)
    {
        if (kind == ResetKind.Cold)
        {
            _s = default;
            _priority = Priority.For(0);
        }
    }

    /// <inheritdoc/>
    public void CatchUp(MasterCycles now) => RenderTo(2 * Antic.CycleOf(now));

    /// <inheritdoc/>
    public void Visit(StateVisitor visitor)
    {
        visitor.Struct("registers", ref _s);
        visitor.Array<byte>("codes", Codes);
        _hasCodes = true;
        _priority = Priority.For(_s.Prior);
    }

    /// <summary>A line begins.</summary>
    /// <param name="line">Its number.</param>
    /// <param name="hiRes">Whether ANTIC announces hi-res codes in its blank.</param>
    public void BeginLine(int line, bool hiRes)
    {
        (_s.Line, _s.Drawn) = (line, 0);
        _s.Announced = (byte)(hiRes ? 1 : 0);
        if (_hasCodes)
        {
            Array.Clear(Codes);
            _hasCodes = false;
        }
    }

    /// <summary>Takes codes of the line, from a colour clock on.</summary>
    public void Take(ReadOnlySpan<byte> codes, int clock)
    {
        codes.CopyTo(Codes.AsSpan(clock));
        _hasCodes = true;
    }

    /// <summary>Draws what is left of the line.</summary>
    public void EndLine(int line)
    {
        RenderTo(Clocks);
        if (_artifacts && _s.Announced != 0 && line is >= Antic.FirstDisplayLine and < Antic.BlankLine)
        {
            ArtifactCodes.Apply(_drawing.Codes.AsSpan((line - Antic.FirstDisplayLine) * _drawing.Width, _drawing.Width));
        }
    }

    /// <summary>The picture is complete.</summary>
    public void EndFrame(long number)
    {
        _drawing.Number = number;
        (Frame, _drawing) = (_drawing, Frame);
    }

    private static VideoFrame NewFrame(uint[] palette) => new((LastClock - FirstClock) * 2, Antic.BlankLine - Antic.FirstDisplayLine, palette)
    {
        ActiveLeft = (48 - FirstClock) * 2,
        ActiveTop = 20,
        ActiveWidth = 320,
        ActiveHeight = 200,
        LineRepeat = 1,
    };
}
