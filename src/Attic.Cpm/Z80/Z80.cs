namespace Attic.Cpm.Z80;

/// <summary>
/// A Zilog Z80: every opcode, documented or not, with its undocumented flags, MEMPTR and Q, counted in T states
/// (Zilog UM0080; S. Young, "The Undocumented Z80 Documented" 0.91).
/// </summary>
/// <typeparam name="TBus">What it is wired to; a struct, so that the calls are inlined.</typeparam>
public sealed partial class Z80<TBus>
    where TBus : struct, IZ80Bus
{
    private Z80State _state;
    private TBus _bus;

    // What H, L and (HL) mean in this instruction: a DD or FD prefix makes them IX or IY.
    private Index _index;
    private byte _lastQ;

    /// <summary>A processor after reset.</summary>
    public Z80(TBus bus)
    {
        _bus = bus;
        Reset();
    }

    private enum Index
    {
        Hl,
        Ix,
        Iy,
    }

    /// <summary>The registers.</summary>
    public ref Z80State State => ref _state;

    /// <summary>The bus.</summary>
    public ref TBus Bus => ref _bus;

    /// <summary>RESET: PC, I, R and the interrupt state become 0, SP and AF all ones; nothing else changes.</summary>
    public void Reset()
    {
        _state.Pc = 0;
        _state.Sp = 0xFFFF;
        _state.Af = 0xFFFF;
        _state.I = _state.R = _state.InterruptMode = 0;
        _state.Iff1 = _state.Iff2 = _state.AfterEi = _state.Halted = false;
        _state.Q = 0;
        _state.Wz = 0;
    }

    /// <summary>Executes one instruction with its prefixes; while halted, one NOP.</summary>
    public void Step()
    {
        _lastQ = _state.Q;
        _state.Q = 0;
        _state.AfterEi = false;
        if (_state.Halted)
        {
            Refresh();
            return;
        }

        _index = Index.Hl;
        byte opcode = FetchOpcode();
        while (opcode is 0xDD or 0xFD)
        {
            _index = opcode == 0xDD ? Index.Ix : Index.Iy;
            opcode = FetchOpcode();
        }

        Execute(opcode);
    }

    /// <summary>A falling edge of NMI: to $0066, with IFF1 cleared (UM0080, Non-Maskable Interrupt).</summary>
    public void NonMaskableInterrupt()
    {
        _state.Halted = false;
        _state.Iff1 = false;
        Refresh();
        Idle(1);
        Push(_state.Pc);
        _state.Pc = _state.Wz = 0x0066;
    }

    /// <summary>The level of INT, sampled between two instructions.</summary>
    /// <param name="vector">The byte on the data bus: the vector's low half in mode 2, an RST in mode 0.</param>
    /// <returns>Whether the interrupt was taken.</returns>
    public bool Interrupt(byte vector = 0xFF)
    {
        if (!_state.Iff1 || _state.AfterEi)
        {
            return false;
        }

        _state.Halted = false;
        _state.Iff1 = _state.Iff2 = false;
        Refresh();
        Idle(3);
        Push(_state.Pc);
        _state.Pc = _state.InterruptMode switch
        {
            0 => (ushort)(vector & 0x38),
            1 => 0x0038,
            _ => ReadWord((ushort)(_state.I << 8 | vector)),
        };
        _state.Wz = _state.Pc;
        return true;
    }

    private void Refresh()
    {
        _state.Cycles += 4;
        _state.R = (byte)((_state.R & 0x80) | ((_state.R + 1) & 0x7F));
    }

    private void Idle(int cycles) => _state.Cycles += cycles;

    private byte FetchOpcode()
    {
        Refresh();
        return _bus.Read(_state.Pc++);
    }

    private byte Immediate()
    {
        _state.Cycles += 3;
        return _bus.Read(_state.Pc++);
    }

    private ushort ImmediateWord()
    {
        byte low = Immediate();
        return (ushort)(low | Immediate() << 8);
    }

    private byte Read(ushort address)
    {
        _state.Cycles += 3;
        return _bus.Read(address);
    }

    private void Write(ushort address, byte value)
    {
        _state.Cycles += 3;
        _bus.Write(address, value);
    }

    private ushort ReadWord(ushort address)
    {
        byte low = Read(address);
        return (ushort)(low | Read((ushort)(address + 1)) << 8);
    }

    private void WriteWord(ushort address, ushort value)
    {
        Write(address, (byte)value);
        Write((ushort)(address + 1), (byte)(value >> 8));
    }

    private byte In(ushort port)
    {
        _state.Cycles += 4;
        return _bus.In(port);
    }

    private void Out(ushort port, byte value)
    {
        _state.Cycles += 4;
        _bus.Out(port, value);
    }

    private void Push(ushort value)
    {
        Write(--_state.Sp, (byte)(value >> 8));
        Write(--_state.Sp, (byte)value);
    }

    private ushort Pop()
    {
        byte low = Read(_state.Sp++);
        return (ushort)(low | Read(_state.Sp++) << 8);
    }
}
