using Attic.Abi.AtariSt;
using Attic.Abi.Buses;
using Attic.Abi.Chips;
using Attic.Abi.Modules;
using Attic.Abi.State;
using Attic.Abi.Time;
using Attic.Abi.Wires;

namespace Attic.Modules.StVideo;

/// <summary>
/// The MMU's video half and its configuration register: video base (0xFF8201, 0xFF8203), video counter (0xFF8205, 07,
/// 09) and memory configuration (0xFF8001). Which bank an address selects is the board's business; it listens to
/// <see cref="StPins.MemoryConfiguration"/>.
/// </summary>
/// <remarks>
/// While display enable is high the MMU reads one word in every second of its slots, one per four processor cycles, and
/// counts. The counter is reloaded from the base three lines before the end of the frame. Not modelled: the counter as a
/// writable register and the base's low byte, which are the STE's.
/// </remarks>
internal sealed class Mmu : IChip, IWordDevice, IRegisterSource
{
    private readonly byte[] _ram;
    private readonly BytePort _configuration;
    private MmuState _state;

    public Mmu(ChipContext context)
    {
        _ram = context.Ram;
        _configuration = context.Wiring.Port(StPins.MemoryConfiguration, 0);
    }

    /// <inheritdoc/>
    public string Name => "mmu";

    /// <summary>GLUE, which tells the time; set once by it.</summary>
    public Glue? Glue { get; set; }

    /// <summary>The RAM that is still to be fetched for the line.</summary>
    public VideoFetchWindow Window { get; } = new();

    /// <summary>The address that the next fetch of the line in work began, or will begin, at.</summary>
    public uint LineAddress => _state.LineAddress;

    /// <inheritdoc/>
    public void Reset(ResetKind kind, MasterCycles at)
    {
        // The MMU has no reset input: a warm start keeps base and configuration.
        if (kind == ResetKind.Cold)
        {
            _state = default;
            _configuration.Drive(0, at);
            CloseWindow();
        }
    }

    /// <inheritdoc/>
    public void CatchUp(MasterCycles now) => Glue!.CatchUp(now);

    /// <summary>Takes the base as the address of the next line.</summary>
    public void Reload()
    {
        _state.LineAddress = Base;
        _state.Fetched = 0;
    }

    /// <summary>Opens the fetch window for a line of <paramref name="bytes"/>.</summary>
    public void OpenWindow(int bytes)
    {
        _state.Fetched = 0;
        _state.LineBytes = (ushort)bytes;
        PlaceWindow();
    }

    /// <summary>The line in work turns out to be of <paramref name="bytes"/>; what has been fetched stays fetched.</summary>
    public void OpenWindowKeeping(int bytes)
    {
        _state.LineBytes = (ushort)bytes;
        PlaceWindow();
    }

    /// <summary>Fetches up to <paramref name="bytes"/> of the line into the Shifter's line buffer.</summary>
    public void FetchTo(int bytes, Span<byte> line)
    {
        int from = _state.Fetched;
        if (bytes <= from)
        {
            return;
        }

        uint address = (_state.LineAddress + (uint)from) & 0x3F_FFFE;
        var target = line[from..bytes];
        if (address + (uint)target.Length <= (uint)_ram.Length)
        {
            _ram.AsSpan((int)address, target.Length).CopyTo(target);
        }
        else
        {
            FetchAcrossEnd(address, target);
        }

        _state.Fetched = (ushort)bytes;
        PlaceWindow();
    }

    /// <summary>The line is over: the counter stands behind what was fetched.</summary>
    public void EndLine()
    {
        _state.LineAddress = (_state.LineAddress + _state.Fetched) & 0x3F_FFFF;
        _state.Fetched = 0;
    }

    /// <summary>Nothing is to be fetched until the next reload.</summary>
    public void CloseWindow()
    {
        _state.LineBytes = 0;
        PlaceWindow();
    }

    /// <inheritdoc/>
    public ushort Read(uint address, ByteLanes lanes, MasterCycles at) => Peek(address, at);

    /// <inheritdoc/>
    public ushort Peek(uint address, MasterCycles at) => (ushort)(0xFF00 | address switch
    {
        0xFF8000 => (byte)_state.Configuration,
        0xFF8200 => (byte)(_state.Base >> 8),
        0xFF8202 => (byte)_state.Base,
        0xFF8204 => (byte)(Counter(at) >> 16),
        0xFF8206 => (byte)(Counter(at) >> 8),
        0xFF8208 => (byte)Counter(at),
        _ => 0xFF,
    });

    /// <inheritdoc/>
    public void Write(uint address, ushort value, ByteLanes lanes, MasterCycles at)
    {
        if ((lanes & ByteLanes.Lower) != ByteLanes.Lower)
        {
            return;
        }

        switch (address)
        {
            case 0xFF8000:
                _state.Configuration = (ushort)(value & 0x0F);
                _configuration.Drive((byte)_state.Configuration, at);
                break;
            case 0xFF8200:
                Glue!.CatchUp(at);
                _state.Base = (ushort)(((value & 0x3F) << 8) | (_state.Base & 0xFF));
                break;
            case 0xFF8202:
                Glue!.CatchUp(at);
                _state.Base = (ushort)((_state.Base & 0xFF00) | (value & 0xFF));
                break;
            default:
                break;
        }
    }

    /// <inheritdoc/>
    public void Visit(StateVisitor visitor)
    {
        visitor.Struct("registers", ref _state);
        if (_state.LineBytes > 256 || _state.Fetched > 256)
        {
            throw new InvalidDataException("The state holds an impossible fetch of the MMU.");
        }

        PlaceWindow();
    }

    /// <inheritdoc/>
    public void AddRegisters(ICollection<RegisterValue> registers)
    {
        registers.Add(new(Name, "MEMCONF", _state.Configuration, 8));
        registers.Add(new(Name, "VBASEHI", (byte)(_state.Base >> 8), 8));
        registers.Add(new(Name, "VBASEMID", (byte)_state.Base, 8));
        uint counter = (_state.LineAddress + _state.Fetched) & 0x3F_FFFF;
        registers.Add(new(Name, "VCOUNTHI", counter >> 16, 8));
        registers.Add(new(Name, "VCOUNTMID", (counter >> 8) & 0xFF, 8));
        registers.Add(new(Name, "VCOUNTLOW", counter & 0xFF, 8));
    }

    private uint Base => (uint)(_state.Base << 8);

    private uint Counter(MasterCycles at)
    {
        Glue!.CatchUp(at);
        return (_state.LineAddress + _state.Fetched) & 0x3F_FFFF;
    }

    private void PlaceWindow()
    {
        Window.Start = (_state.LineAddress + _state.Fetched) & 0x3F_FFFF;
        Window.Length = (uint)Math.Max(0, _state.LineBytes - _state.Fetched);
    }

    // Beyond the fitted memory nothing drives the bus; the lines float high.
    private void FetchAcrossEnd(uint address, Span<byte> target)
    {
        for (int index = 0; index < target.Length; index++)
        {
            uint at = (address + (uint)index) & 0x3F_FFFF;
            target[index] = at < (uint)_ram.Length ? _ram[at] : (byte)0xFF;
        }
    }

    private struct MmuState
    {
        public uint LineAddress;
        public ushort Fetched;
        public ushort LineBytes;
        public ushort Base;
        public ushort Configuration;
    }
}
