namespace Attic.Cpm.Z80;

/// <content>The ED page; what is not defined in it does nothing.</content>
public sealed partial class Z80<TBus>
{
    private void ExecuteExtended(byte opcode)
    {
        _index = Index.Hl;
        int y = opcode >> 3 & 7;
        int z = opcode & 7;
        if (opcode >> 6 == 1)
        {
            ExecuteExtendedQuarter(y, z);
        }
        else if (opcode >> 6 == 2 && y >= 4 && z < 4)
        {
            ExecuteBlock(z, down: (y & 1) != 0, repeat: (y & 2) != 0);
        }
    }

    private void ExecuteExtendedQuarter(int y, int z)
    {
        bool odd = (y & 1) != 0;
        switch (z)
        {
            case 0:
            {
                _state.Wz = (ushort)(_state.Bc + 1);
                byte value = In(_state.Bc);
                SetFlags((_state.F & Flag.C) | Flag.SignZeroParity(value));
                if (y != Memory)
                {
                    Set(y, value);
                }

                break;
            }

            case 1:
                _state.Wz = (ushort)(_state.Bc + 1);
                Out(_state.Bc, y == Memory ? (byte)0 : Get(y));
                break;
            case 2 when odd: AddWithCarryToHl(GetPair(y >> 1)); break;
            case 2: SubtractWithCarryFromHl(GetPair(y >> 1)); break;
            case 3: LoadPairIndirect(y >> 1, odd); break;
            case 4:
            {
                byte operand = _state.A;
                _state.A = 0;
                _state.A = Subtract(operand, 0);
                break;
            }

            case 5:
                Return();
                _state.Iff1 = _state.Iff2;
                break;
            case 6:
                _state.InterruptMode = (y & 3) switch
                {
                    2 => 1,
                    3 => 2,
                    _ => 0,
                };
                break;
            default: SpecialRegisters(y); break;
        }
    }

    private void LoadPairIndirect(int pair, bool load)
    {
        ushort address = ImmediateWord();
        _state.Wz = (ushort)(address + 1);
        if (load)
        {
            SetPair(pair, ReadWord(address));
        }
        else
        {
            WriteWord(address, GetPair(pair));
        }
    }

    private void SpecialRegisters(int y)
    {
        switch (y)
        {
            case 0:
                Idle(1);
                _state.I = _state.A;
                break;
            case 1:
                Idle(1);
                _state.R = _state.A;
                break;
            case 2: LoadSpecial(_state.I); break;
            case 3: LoadSpecial(_state.R); break;
            case 4: RotateDigits(left: false); break;
            case 5: RotateDigits(left: true); break;
            default: break;
        }
    }

    /// <summary>LD A,I and LD A,R show IFF2 in P/V.</summary>
    private void LoadSpecial(byte value)
    {
        Idle(1);
        _state.A = value;
        SetFlags((_state.F & Flag.C) | Flag.SignZero(value) | (_state.Iff2 ? Flag.P : 0));
    }

    /// <summary>RRD and RLD move digits between A's low half and (HL).</summary>
    private void RotateDigits(bool left)
    {
        byte value = Read(_state.Hl);
        int low = _state.A & 0x0F;
        Idle(4);
        Write(_state.Hl, (byte)(left ? value << 4 | low : value >> 4 | low << 4));
        _state.A = (byte)((_state.A & 0xF0) | (left ? value >> 4 : value & 0x0F));
        _state.Wz = (ushort)(_state.Hl + 1);
        SetFlags((_state.F & Flag.C) | Flag.SignZeroParity(_state.A));
    }
}
