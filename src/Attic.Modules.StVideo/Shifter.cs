using System.Runtime.CompilerServices;
using Attic.Abi.Buses;
using Attic.Abi.Chips;
using Attic.Abi.Machines;
using Attic.Abi.State;
using Attic.Abi.Time;

namespace Attic.Modules.StVideo;

/// <summary>
/// The Shifter: palette (0xFF8240–0xFF825F), resolution (0xFF8260), and the picture.
/// </summary>
/// <remarks>
/// <para>
/// A line is drawn whole when it is over, from the bytes that the MMU fetched for it. Register writes that fall into its
/// visible part are noted with their position and replayed then, so a line without such writes costs one vector pass.
/// </para>
/// <para>
/// A pixel leaves the Shifter 27 cycles after the comparator that would let it be fetched: the MMU's slots, four words to
/// load before the first pixel is shifted out, and the colour looked up last. A colour whose write ends at cycle c of a
/// line therefore shows from pixel c - 27 - (display on) of the picture (Spectrum 512's colour positions; Hatari agrees).
/// </para>
/// <para>Not modelled: the STE's fourth colour bits and fine scrolling, and the pixel shifts that
/// resolution changes in mid-fetch cause.</para>
/// </remarks>
internal sealed class Shifter : IChip, IWordDevice, IRegisterSource
{
    /// <summary>Cycles from the display enable comparator to the first pixel on the screen.</summary>
    public const int PixelDelay = 27;

    /// <summary>Width of the colour raster in cycles (low-resolution pixels).</summary>
    public const int RasterCycles = 416;

    /// <summary>Lines of the colour raster: 29 of border, 200 of picture, 47 of border.</summary>
    public const int RasterLines = 276;

    /// <summary>Left border of the colour raster in cycles.</summary>
    public const int LeftBorder = 48;

    private const int LogCapacity = 160;
    private const int ResolutionRegister = 16;
    private const int LineBufferBytes = 288;

    private readonly VideoFrame[] _frames = new VideoFrame[2];
    private readonly byte[] _line = new byte[LineBufferBytes];
    private readonly LogEntry[] _log = new LogEntry[LogCapacity];
    private readonly ushort[] _indices = new ushort[1024];
    private readonly ushort[] _otherIndices = new ushort[1024];
    private readonly bool _monochrome;
    private int _back;
    private ShifterState _state;

    public Shifter(MachineConfiguration configuration)
    {
        _monochrome = configuration.Monitor == MonitorKind.Monochrome;
        var palette = StPalette.Create();
        for (int index = 0; index < _frames.Length; index++)
        {
            _frames[index] = _monochrome
                ? new VideoFrame(640, 400, palette) { ActiveWidth = 640, ActiveHeight = 400 }
                : new VideoFrame(RasterCycles * 2, RasterLines, palette)
                {
                    ActiveLeft = LeftBorder * 2,
                    ActiveTop = 29,
                    ActiveWidth = 640,
                    ActiveHeight = 200,
                    LineRepeat = 2,
                };
        }
    }

    /// <inheritdoc/>
    public string Name => "shifter";

    /// <summary>GLUE, which tells the time; set once by it.</summary>
    public Glue? Glue { get; set; }

    /// <summary>The last completed picture.</summary>
    public VideoFrame Frame => _frames[1 - _back];

    /// <summary>Where the MMU's fetches of the line go.</summary>
    public Span<byte> LineBuffer => _line;

    /// <summary>The resolution register, 0 to 3.</summary>
    public int Resolution => _state.Resolution;

    /// <inheritdoc/>
    public void Reset(ResetKind kind, MasterCycles at)
    {
        if (kind == ResetKind.Cold)
        {
            // The colour registers have no reset; they come up as anything, black here.
            _state = default;
            Array.Clear(_log);
            Array.Clear(_line);
        }

        SetResolution(0, at);
    }

    /// <inheritdoc/>
    public void CatchUp(MasterCycles now) => Glue!.CatchUp(now);

    /// <inheritdoc/>
    public ushort Read(uint address, ByteLanes lanes, MasterCycles at) => Peek(address, at);

    /// <inheritdoc/>
    public ushort Peek(uint address, MasterCycles at)
    {
        uint offset = address & 0x3E;
        return offset switch
        {
            < 0x20 => _state.Palette[(int)(offset >> 1)],
            0x20 => (ushort)(0xFCFF | (_state.Resolution << 8)),
            _ => 0xFFFF,
        };
    }

    /// <inheritdoc/>
    public void Write(uint address, ushort value, ByteLanes lanes, MasterCycles at)
    {
        uint offset = address & 0x3E;
        if (offset < 0x20)
        {
            // The Shifter has no byte selects: a byte write puts its byte, which the 68000 drives on both halves, in both.
            Glue!.CatchUp(at);
            int index = (int)(offset >> 1);
            ushort colour = (ushort)(value & 0x777);
            _state.Palette[index] = colour;
            Note(index, colour, at);
        }
        else if (offset == 0x20 && (lanes & ByteLanes.Upper) == ByteLanes.Upper)
        {
            SetResolution((value >> 8) & 3, at);
        }
    }

    /// <summary>Draws the line that has just ended into row <paramref name="row"/> of the raster and forgets its notes.</summary>
    /// <param name="row">The row; nothing is drawn when the raster does not keep it.</param>
    /// <param name="left">The cycle of the line at which the raster begins.</param>
    /// <param name="on">Cycle at which display enable rose; negative for a line without picture.</param>
    /// <param name="bytes">Bytes fetched.</param>
    public void DrawLine(int row, int left, int on, int bytes)
    {
        var frame = _frames[_back];
        if ((uint)row < (uint)frame.Height)
        {
            var codes = frame.Codes.AsSpan(row * frame.Width, frame.Width);
            if (_monochrome)
            {
                frame.HalfWidth[row] = DrawOnMonochrome(codes, on, bytes);
            }
            else if ((_state.LogCount == 0 || _log[0].Position >= RasterCycles) && Standard(on - left, bytes))
            {
                frame.HalfWidth[row] = DrawStandard(codes, bytes);
            }
            else
            {
                frame.HalfWidth[row] = DrawReplayed(codes, on - left, bytes);
            }
        }

        EndLog();
    }

    /// <summary>Completes the picture: rows from <paramref name="firstMissing"/> on, which the beam never reached, are black.</summary>
    public void EndFrame(int firstMissing, long number)
    {
        var frame = _frames[_back];
        for (int row = Math.Clamp(firstMissing, 0, frame.Height); row < frame.Height; row++)
        {
            frame.Codes.AsSpan(row * frame.Width, frame.Width).Clear();
            frame.HalfWidth[row] = true;
        }

        frame.Number = number;
        _back = 1 - _back;
    }

    /// <inheritdoc/>
    public void Visit(StateVisitor visitor)
    {
        visitor.Struct("registers", ref _state);
        visitor.Memory("line", _line);
        visitor.Array<LogEntry>("log", _log);
        var back = _frames[_back];
        visitor.Array<ushort>("picture", back.Codes);
        visitor.Array<bool>("halfwidth", back.HalfWidth);
        if (!IsPlausible(back.Codes))
        {
            throw new InvalidDataException("The state holds an impossible picture or palette of the Shifter.");
        }
    }

    /// <inheritdoc/>
    public void AddRegisters(ICollection<RegisterValue> registers)
    {
        for (int index = 0; index < 16; index++)
        {
            registers.Add(new(Name, RegisterNames[index], _state.Palette[index], 16));
        }

        registers.Add(new(Name, "RES", _state.Resolution, 8));
    }

    private bool IsPlausible(ReadOnlySpan<ushort> picture)
    {
        const ushort White = 0x777;
        bool plausible = _state.Resolution <= 3 && _state.LineResolution <= 3 && _state.LogCount <= LogCapacity
            && ((ReadOnlySpan<ushort>)_state.Palette).IndexOfAnyExceptInRange((ushort)0, White) < 0
            && ((ReadOnlySpan<ushort>)_state.LinePalette).IndexOfAnyExceptInRange((ushort)0, White) < 0
            && picture.IndexOfAnyExceptInRange((ushort)0, White) < 0;
        for (int index = 0; plausible && index < _state.LogCount; index++)
        {
            plausible = _log[index].Register <= ResolutionRegister
                && _log[index].Value <= (_log[index].Register == ResolutionRegister ? 3 : White);
        }

        return plausible;
    }

    private static readonly string[] RegisterNames = [.. Enumerable.Range(0, 16).Select(index => $"COLOR{index}")];

    private void SetResolution(int resolution, MasterCycles at)
    {
        Glue!.CatchUp(at);
        _state.Resolution = (byte)resolution;
        Note(ResolutionRegister, (ushort)resolution, at);
        Glue.RateChanged(at);
    }

    // Before the visible part of a line, and on lines that are not kept, a write takes effect at once.
    private void Note(int register, ushort value, MasterCycles at)
    {
        int position = Glue!.RasterPosition(at) - PixelDelay;
        if (_state.LogCount == 0 && (position <= 0 || !Glue.LineIsVisible))
        {
            Apply(register, value);
        }
        else if (_state.LogCount < LogCapacity)
        {
            _log[_state.LogCount++] = new() { Position = (short)position, Register = (ushort)register, Value = value };
        }
        else
        {
            throw new InvalidOperationException("More writes on one line than the bus has slots.");
        }
    }

    private void Apply(int register, ushort value)
    {
        if (register == ResolutionRegister)
        {
            _state.LineResolution = (byte)value;
        }
        else
        {
            _state.LinePalette[register] = value;
        }
    }

    private void EndLog()
    {
        for (int index = 0; index < _state.LogCount; index++)
        {
            Apply(_log[index].Register, _log[index].Value);
        }

        _log.AsSpan(0, _state.LogCount).Clear();
        _state.LogCount = 0;
    }

    private static bool Standard(int start, int bytes) => bytes == 0 || (start == LeftBorder && bytes == 160);

    private bool DrawStandard(Span<ushort> codes, int bytes)
    {
        ushort border = _state.LinePalette[0];
        if (bytes == 0)
        {
            codes[..RasterCycles].Fill(border);
            return true;
        }

        switch (_state.LineResolution)
        {
            case 0:
                codes[..LeftBorder].Fill(border);
                PlanarExpander.Expand(_line, 4, _state.LinePalette, codes.Slice(LeftBorder, 320));
                codes[(LeftBorder + 320)..RasterCycles].Fill(border);
                return true;
            case 1:
                codes[..(LeftBorder * 2)].Fill(border);
                PlanarExpander.Expand(_line, 2, _state.LinePalette, codes.Slice(LeftBorder * 2, 640));
                codes[((LeftBorder * 2) + 640)..].Fill(border);
                return false;
            default:
                return DrawReplayed(codes, LeftBorder, bytes);
        }
    }

    // The monochrome monitor has no border; the picture fills the raster. A colour resolution cannot be seen on it, but a
    // program between two modes may show it for a moment.
    private bool DrawOnMonochrome(Span<ushort> codes, int on, int bytes)
    {
        int planes = PlaneCount(_state.LineResolution);
        bool half = planes == 4;
        int width = half ? 320 : 640;
        if (on < 0)
        {
            codes.Clear();
            return true;
        }

        int pixels = Math.Min(width, bytes * 8 / planes / 32 * 32);
        if (planes == 1)
        {
            PlanarExpander.Expand(_line, 1, MonochromePalette(), codes[..pixels]);
        }
        else
        {
            PlanarExpander.Expand(_line, planes, _state.LinePalette, codes[..pixels]);
        }

        codes[pixels..].Clear();
        return half;
    }

    private bool DrawReplayed(Span<ushort> codes, int start, int bytes)
    {
        bool full = NeedsFullWidth();
        int scale = full ? 2 : 1;
        int width = RasterCycles * scale;
        int resolution = _state.LineResolution;
        DecodeIndices(_indices.AsSpan(0, width), resolution, scale, start, bytes);
        int drawn = 0;
        for (int index = 0; index < _state.LogCount; index++)
        {
            ref var entry = ref _log[index];
            int end = Math.Clamp(entry.Position * scale, drawn, width);
            Colour(codes[drawn..end], _indices.AsSpan(drawn), resolution);
            drawn = end;
            Apply(entry.Register, entry.Value);
            if (entry.Register == ResolutionRegister && entry.Value != resolution)
            {
                resolution = entry.Value;
                DecodeIndices(_indices.AsSpan(0, width), resolution, scale, start, bytes);
            }
        }

        Colour(codes[drawn..width], _indices.AsSpan(drawn), resolution);
        return !full;
    }

    private bool NeedsFullWidth()
    {
        bool full = _state.LineResolution != 0;
        for (int index = 0; index < _state.LogCount; index++)
        {
            full |= _log[index].Register == ResolutionRegister && _log[index].Value != 0;
        }

        return full;
    }

    // The palette index of every raster pixel at one resolution; the border is colour 0.
    private void DecodeIndices(Span<ushort> indices, int resolution, int scale, int start, int bytes)
    {
        indices.Clear();
        int planes = PlaneCount(resolution);
        int pixels = bytes / (planes * 2) * 16;
        if (pixels == 0)
        {
            return;
        }

        var decoded = _otherIndices.AsSpan(0, Math.Min(pixels, 1024));
        PlanarExpander.Expand(_line, planes, Identity, decoded);
        int repeat = planes == 4 ? scale : 1;
        int at = start * scale;
        for (int pixel = 0; pixel < decoded.Length; pixel++)
        {
            for (int copy = 0; copy < repeat; copy++, at++)
            {
                if ((uint)at < (uint)indices.Length)
                {
                    indices[at] = decoded[pixel];
                }
            }
        }
    }

    private void Colour(Span<ushort> codes, ReadOnlySpan<ushort> indices, int resolution)
    {
        ReadOnlySpan<ushort> palette = resolution >= 2 ? MonochromePalette() : _state.LinePalette;
        for (int x = 0; x < codes.Length; x++)
        {
            codes[x] = palette[indices[x] & 15];
        }
    }

    // Bit 0 of colour 0 decides whether a clear bit is white (1) or black.
    private ReadOnlySpan<ushort> MonochromePalette() =>
        (_state.LinePalette[0] & 1) != 0 ? BlackOnWhite : WhiteOnBlack;

    private static ReadOnlySpan<ushort> Identity => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

    private static ReadOnlySpan<ushort> BlackOnWhite => [0x777, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private static ReadOnlySpan<ushort> WhiteOnBlack => [0, 0x777, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private static int PlaneCount(int resolution) => resolution switch
    {
        0 => 4,
        1 => 2,
        _ => 1,
    };

    private struct LogEntry
    {
        public short Position;
        public ushort Register;
        public ushort Value;
    }

    [InlineArray(16)]
    private struct Colours
    {
        private ushort _first;
    }

    private struct ShifterState
    {
        public Colours Palette;
        public Colours LinePalette;
        public ushort LogCount;
        public byte Resolution;
        public byte LineResolution;
    }
}
