namespace Attic.Cpm.Z80;

/// <content>Arithmetic, logic, rotates.</content>
public sealed partial class Z80<TBus>
{
    /// <summary>Operation 0 to 7 on A: ADD ADC SUB SBC AND XOR OR CP.</summary>
    private void Alu(int operation, byte operand)
    {
        switch (operation)
        {
            case 0: Add(operand, 0); break;
            case 1: Add(operand, _state.F & Flag.C); break;
            case 2: _state.A = Subtract(operand, 0); break;
            case 3: _state.A = Subtract(operand, _state.F & Flag.C); break;
            case 4: _state.A &= operand; SetFlags(Flag.SignZeroParity(_state.A) | Flag.H); break;
            case 5: _state.A ^= operand; SetFlags(Flag.SignZeroParity(_state.A)); break;
            case 6: _state.A |= operand; SetFlags(Flag.SignZeroParity(_state.A)); break;
            default: Compare(operand); break;
        }
    }

    private void Add(byte operand, int carry)
    {
        int a = _state.A;
        int sum = a + operand + carry;
        int overflow = ~(a ^ operand) & (a ^ sum) & 0x80;
        _state.A = (byte)sum;
        SetFlags(Flag.SignZero(sum) | ((a ^ operand ^ sum) & Flag.H) | overflow >> 5 | sum >> 8);
    }

    private byte Subtract(byte operand, int carry)
    {
        int a = _state.A;
        int difference = a - operand - carry;
        int overflow = (a ^ operand) & (a ^ difference) & 0x80;
        SetFlags(Flag.SignZero(difference) | ((a ^ operand ^ difference) & Flag.H) | overflow >> 5 | Flag.N
            | (difference >> 8 & Flag.C));
        return (byte)difference;
    }

    /// <summary>CP takes the two undocumented bits from the operand, not from the difference.</summary>
    private void Compare(byte operand)
    {
        _ = Subtract(operand, 0);
        SetFlags((_state.F & ~(Flag.Y | Flag.X)) | (operand & (Flag.Y | Flag.X)));
    }

    private byte Increment(byte value)
    {
        byte result = (byte)(value + 1);
        SetFlags((_state.F & Flag.C) | Flag.SignZero(result) | ((result & 0x0F) == 0 ? Flag.H : 0) | (result == 0x80 ? Flag.P : 0));
        return result;
    }

    private byte Decrement(byte value)
    {
        byte result = (byte)(value - 1);
        SetFlags((_state.F & Flag.C) | Flag.SignZero(result) | ((result & 0x0F) == 0x0F ? Flag.H : 0) | (result == 0x7F ? Flag.P : 0) | Flag.N);
        return result;
    }

    private void AddToHl(ushort operand)
    {
        int hl = Hl;
        int sum = hl + operand;
        _state.Wz = (ushort)(hl + 1);
        SetFlags((_state.F & (Flag.S | Flag.Z | Flag.P)) | (sum >> 8 & (Flag.Y | Flag.X)) | ((hl ^ operand ^ sum) >> 8 & Flag.H) | sum >> 16);
        Hl = (ushort)sum;
        Idle(7);
    }

    private void AddWithCarryToHl(ushort operand)
    {
        int hl = _state.Hl;
        int sum = hl + operand + (_state.F & Flag.C);
        int overflow = ~(hl ^ operand) & (hl ^ sum) & 0x8000;
        SetWordFlags(hl, operand, sum, overflow, (sum >> 16) & Flag.C);
    }

    private void SubtractWithCarryFromHl(ushort operand)
    {
        int hl = _state.Hl;
        int difference = hl - operand - (_state.F & Flag.C);
        int overflow = (hl ^ operand) & (hl ^ difference) & 0x8000;
        SetWordFlags(hl, operand, difference, overflow, Flag.N | (difference >> 16 & Flag.C));
    }

    private void SetWordFlags(int hl, ushort operand, int result, int overflow, int more)
    {
        _state.Wz = (ushort)(hl + 1);
        SetFlags((result >> 8 & (Flag.S | Flag.Y | Flag.X)) | ((ushort)result == 0 ? Flag.Z : 0)
            | ((hl ^ operand ^ result) >> 8 & Flag.H) | overflow >> 13 | more);
        _state.Hl = (ushort)result;
        Idle(7);
    }

    /// <summary>Decimal adjust: the table of UM0080, DAA, as corrections of 6 to each digit.</summary>
    private void DecimalAdjust()
    {
        int a = _state.A;
        int correction = (_state.F & Flag.H) != 0 || (a & 0x0F) > 9 ? 0x06 : 0;
        bool carry = (_state.F & Flag.C) != 0 || a > 0x99;
        correction |= carry ? 0x60 : 0;
        int result = (_state.F & Flag.N) != 0 ? a - correction : a + correction;
        _state.A = (byte)result;
        SetFlags(Flag.SignZeroParity(result) | ((a ^ result) & Flag.H) | (_state.F & Flag.N) | (carry ? Flag.C : 0));
    }

    /// <summary>RLCA RRCA RLA RRA: as the CB rotates, but S, Z and P stay.</summary>
    private void RotateA(int operation)
    {
        byte kept = (byte)(_state.F & (Flag.S | Flag.Z | Flag.P));
        _state.A = Rotate(operation, _state.A);
        SetFlags(kept | (_state.A & (Flag.Y | Flag.X)) | (_state.F & Flag.C));
    }

    /// <summary>Operation 0 to 7: RLC RRC RL RR SLA SRA SLL SRL; SLL, undocumented, shifts a one in.</summary>
    private byte Rotate(int operation, byte value)
    {
        int carryIn = _state.F & Flag.C;
        int result = operation switch
        {
            0 => value << 1 | value >> 7,
            1 => value >> 1 | value << 7,
            2 => value << 1 | carryIn,
            3 => value >> 1 | carryIn << 7,
            4 => value << 1,
            5 => (sbyte)value >> 1,
            6 => value << 1 | 1,
            _ => value >> 1,
        };
        bool left = (operation & 1) == 0;
        int carryOut = left ? value >> 7 : value & 1;
        SetFlags(Flag.SignZeroParity(result) | carryOut);
        return (byte)result;
    }

    private void Complement()
    {
        _state.A = (byte)~_state.A;
        SetFlags((_state.F & (Flag.S | Flag.Z | Flag.P | Flag.C)) | Flag.H | Flag.N | (_state.A & (Flag.Y | Flag.X)));
    }

    /// <summary>SCF: its two undocumented bits are A's, or'd with F's unless the last instruction made F.</summary>
    private void SetCarry() => SetFlags((_state.F & (Flag.S | Flag.Z | Flag.P)) | LeakedBits() | Flag.C);

    private void ComplementCarry()
    {
        int carry = _state.F & Flag.C;
        SetFlags((_state.F & (Flag.S | Flag.Z | Flag.P)) | LeakedBits() | carry << 4 | (carry ^ Flag.C));
    }

    private int LeakedBits() => ((_lastQ ^ _state.F) | _state.A) & (Flag.Y | Flag.X);
}
