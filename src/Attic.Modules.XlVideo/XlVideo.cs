using Attic.Abi.AtariXl;
using Attic.Abi.Buses;
using Attic.Abi.Chips;
using Attic.Abi.Machines;
using Attic.Abi.Scheduling;
using Attic.Abi.Wires;

namespace Attic.Modules.XlVideo;

/// <summary>ANTIC and GTIA together.</summary>
internal sealed class XlVideo : IXlVideo
{
    private readonly Antic _antic;
    private readonly Gtia _gtia;

    public XlVideo(PagedMemory memory, XlInterrupts interrupts, DeadlineSlots deadlines, Wiring wiring, VideoRegion region, XlPicture picture)
    {
        _gtia = new Gtia(region, wiring.Wire(XlPins.Speaker), picture);
        _antic = new Antic(memory, new Scanline(), interrupts, deadlines, _gtia, region);
        _gtia.Antic = _antic;
        _antic.Video = this;
        Chips = [_antic, _gtia];
    }

    public IByteDevice AnticRegisters => _antic;

    public IByteDevice GtiaRegisters => _gtia;

    public IReadOnlyList<IChip> Chips { get; }

    public Scanline Line => _antic.Line;

    public VideoFrame Frame => _gtia.Frame;

    public long FrameNumber
    {
        get => _antic.FrameNumber;
        set => _antic.FrameNumber = value;
    }

    public ushort DisplayList => _antic.DisplayList;

    public byte DmaControl => _antic.DmaControl;

    public byte[] WatchedPages => _antic.WatchedPages;

    public void EndLine() => _antic.EndLine();

    public void CatchUpTo(int cycle) => _antic.CatchUpTo(cycle);

    public int Release() => _antic.Release();

    public void SetConsoleKeys(byte held) => _gtia.SetConsoleKeys(held);

    public void SetPen(int clock, int line) => _antic.SetPen(clock, line);

    public void SetTriggers(byte held) => _gtia.SetTriggers(held);
}
