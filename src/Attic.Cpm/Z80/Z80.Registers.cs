namespace Attic.Cpm.Z80;

/// <content>Registers as opcodes number them.</content>
public sealed partial class Z80<TBus>
{
    private const int Memory = 6;

    /// <summary>HL, or the index register that stands for it.</summary>
    private ushort Hl
    {
        get => _index switch
        {
            Index.Ix => _state.Ix,
            Index.Iy => _state.Iy,
            _ => _state.Hl,
        };
        set
        {
            switch (_index)
            {
                case Index.Ix: _state.Ix = value; break;
                case Index.Iy: _state.Iy = value; break;
                default: _state.Hl = value; break;
            }
        }
    }

    /// <summary>The address of (HL), or of (IX+d) with its displacement fetched and added, which takes five cycles.</summary>
    private ushort MemoryOperand()
    {
        if (_index == Index.Hl)
        {
            return _state.Hl;
        }

        sbyte displacement = (sbyte)Immediate();
        Idle(5);
        return _state.Wz = (ushort)(Hl + displacement);
    }

    /// <summary>Register 0 to 7 without memory: B C D E H L - A, H and L being halves of an index register behind a prefix.</summary>
    private byte Get(int register) => register switch
    {
        0 => _state.B,
        1 => _state.C,
        2 => _state.D,
        3 => _state.E,
        4 => _index == Index.Hl ? _state.H : (byte)(Hl >> 8),
        5 => _index == Index.Hl ? _state.L : (byte)Hl,
        _ => _state.A,
    };

    private void Set(int register, byte value)
    {
        switch (register)
        {
            case 0: _state.B = value; break;
            case 1: _state.C = value; break;
            case 2: _state.D = value; break;
            case 3: _state.E = value; break;
            case 4: Hl = (ushort)((Hl & 0x00FF) | value << 8); break;
            case 5: Hl = (ushort)((Hl & 0xFF00) | value); break;
            default: _state.A = value; break;
        }
    }

    /// <summary>A register of an instruction that also addresses (IX+d): H and L are themselves there.</summary>
    private byte GetPlain(int register) => register switch
    {
        4 => _state.H,
        5 => _state.L,
        _ => Get(register),
    };

    private void SetPlain(int register, byte value)
    {
        switch (register)
        {
            case 4: _state.H = value; break;
            case 5: _state.L = value; break;
            default: Set(register, value); break;
        }
    }

    /// <summary>Pair 0 to 3: BC DE HL SP.</summary>
    private ushort GetPair(int pair) => pair switch
    {
        0 => _state.Bc,
        1 => _state.De,
        2 => Hl,
        _ => _state.Sp,
    };

    private void SetPair(int pair, ushort value)
    {
        switch (pair)
        {
            case 0: _state.Bc = value; break;
            case 1: _state.De = value; break;
            case 2: Hl = value; break;
            default: _state.Sp = value; break;
        }
    }

    private void SetFlags(int flags) => _state.F = _state.Q = (byte)flags;

    /// <summary>Condition 0 to 7: NZ Z NC C PO PE P M.</summary>
    private bool Condition(int condition)
    {
        byte mask = (condition >> 1) switch
        {
            0 => Flag.Z,
            1 => Flag.C,
            2 => Flag.P,
            _ => Flag.S,
        };
        return ((_state.F & mask) != 0) == ((condition & 1) != 0);
    }
}
