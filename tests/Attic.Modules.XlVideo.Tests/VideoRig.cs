using Attic.Abi.AtariXl;
using Attic.Abi.Machines;
using Attic.Abi.Scheduling;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Abi.Wires;

namespace Attic.Modules.XlVideo.Tests;

/// <summary>ANTIC and GTIA on 64 KB of RAM without a processor; time in machine cycles of a line.</summary>
internal sealed class VideoRig : IStateful
{
    public const int Dmactl = 0xD400;
    public const int Chactl = 0xD401;
    public const int Hscrol = 0xD404;
    public const int Vscrol = 0xD405;
    public const int Pmbase = 0xD407;
    public const int Chbase = 0xD409;
    public const int Wsync = 0xD40A;
    public const int Vcount = 0xD40B;
    public const int Nmien = 0xD40E;
    public const int Nmist = 0xD40F;
    public const int Hposp0 = 0xD000;
    public const int Hposm0 = 0xD004;
    public const int Sizep0 = 0xD008;
    public const int Sizem = 0xD00C;
    public const int Grafp0 = 0xD00D;
    public const int Grafm = 0xD011;
    public const int Colpm0 = 0xD012;
    public const int Colpf0 = 0xD016;
    public const int Colbk = 0xD01A;
    public const int Prior = 0xD01B;
    public const int Vdelay = 0xD01C;
    public const int Gractl = 0xD01D;
    public const int Hitclr = 0xD01E;
    public const int M0Pf = 0xD000;
    public const int P0Pf = 0xD004;
    public const int M0Pl = 0xD008;
    public const int P0Pl = 0xD00C;

    public const ushort List = 0x2000;
    public const ushort Screen = 0x4000;

    private readonly DeadlineSlots _deadlines = new("antic", "gtia");

    public VideoRig(VideoRegion region = VideoRegion.Ntsc, XlPicture? picture = null)
    {
        for (int page = 0; page < 256; page++)
        {
            (Memory.ProcessorReads[page], Memory.ProcessorWrites[page], Memory.AnticReads[page]) = (page << 8, page << 8, page << 8);
        }

        Video = new Attic.Modules.XlVideo.XlVideo(Memory, Interrupts, _deadlines, new Wiring(), region, picture ?? XlPicture.Default);
        foreach (var chip in Video.Chips)
        {
            chip.Reset(Attic.Abi.Chips.ResetKind.Cold, default);
        }
    }

    public PagedMemory Memory { get; } = new(0x10000);

    public byte[] Ram => Memory.Bytes;

    public XlInterrupts Interrupts { get; } = new();

    public Attic.Modules.XlVideo.XlVideo Video { get; }

    public int Line => ((Antic)Video.Chips[0]).LineNumber;

    public Scanline Scanline => Video.Line;

    /// <summary>A rig whose display list, from line 8 on, is given; it ends in a jump that waits for the vertical blank.</summary>
    public static VideoRig Showing(int dmactl, params ReadOnlySpan<byte> list)
    {
        var rig = new VideoRig();
        rig.Show(dmactl, list);
        return rig;
    }

    public void Show(int dmactl, params ReadOnlySpan<byte> list)
    {
        list.CopyTo(Ram.AsSpan(List));
        Ram[List + list.Length] = 0x41;
        Ram[List + list.Length + 1] = List & 0xFF;
        Ram[List + list.Length + 2] = List >> 8;
        Write(0xD402, List & 0xFF);
        Write(0xD403, List >> 8);
        Write(Dmactl, (byte)dmactl);
    }

    public void Write(int register, int value)
    {
        var at = Now;
        (register < 0xD400 ? Video.GtiaRegisters : Video.AnticRegisters).Write((ushort)register, (byte)value, at);
    }

    public void Write(int line, int cycle, int register, int value)
    {
        To(line, cycle);
        Write(register, value);
    }

    public int Read(int register) => (register < 0xD400 ? Video.GtiaRegisters : Video.AnticRegisters).Read((ushort)register, Now);

    public int Read(int line, int cycle, int register)
    {
        To(line, cycle);
        return Read(register);
    }

    /// <summary>Lets time pass until a cycle of a line, of the next picture if it is over in this one.</summary>
    public void To(int line, int cycle)
    {
        while (Line != line || Scanline.Next > cycle)
        {
            Pass(Scanline.Cycles);
            Video.EndLine();
        }

        Pass(cycle);
    }

    /// <summary>What was on the processor's bus in a cycle that a chip wants to see.</summary>
    public void Bus(int line, int cycle, byte value)
    {
        To(line, cycle);
        Assert.Equal(cycle, Scanline.SampleFrom[cycle]);
        Scanline.Bus[cycle] = value;
    }

    /// <summary>The cycles of a line that DMA takes, a character each: # taken, . free.</summary>
    public string DmaOf(int line)
    {
        To(line, 0);
        return string.Concat(Enumerable.Range(0, Scanline.Cycles).Select(cycle => Scanline.FreeFrom[cycle] == cycle ? '.' : '#'));
    }

    /// <summary>The colour codes of a display line, two a colour clock from clock 32 on.</summary>
    public ushort[] PictureOf(int line)
    {
        To(248, 20);
        var row = new ushort[Video.Frame.Width];
        Video.Frame.ReadLine(line - 8, row);
        return row;
    }

    /// <summary>Lets the chips do what they have put off.</summary>
    public void Synchronize()
    {
        foreach (var chip in Video.Chips)
        {
            chip.CatchUp(Now);
        }
    }

    public void Visit(StateVisitor visitor)
    {
        visitor.Part("deadlines", _deadlines);
        visitor.Struct("start", ref Scanline.Start);
        visitor.Struct("next", ref Scanline.Next);
        foreach (var chip in Video.Chips)
        {
            visitor.Part(chip.Name, chip);
        }
    }

    private MasterCycles Now => new((Scanline.Start + Scanline.Next) * Scanline.MasterPerCycle);

    private void Pass(int cycle)
    {
        var until = new MasterCycles((Scanline.Start + cycle) * Scanline.MasterPerCycle);
        while (_deadlines.Next <= until)
        {
            Scanline.Next = (int)((_deadlines.Next.Count / Scanline.MasterPerCycle) - Scanline.Start);
            _deadlines.Dispatch(_deadlines.Next);
        }

        Scanline.Next = cycle;
    }
}
