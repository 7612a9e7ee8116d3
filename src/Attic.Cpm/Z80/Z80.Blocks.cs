namespace Attic.Cpm.Z80;

/// <content>Block transfer, search, input and output.</content>
public sealed partial class Z80<TBus>
{
    private void ExecuteBlock(int operation, bool down, bool repeat)
    {
        int step = down ? -1 : 1;
        bool again = operation switch
        {
            0 => BlockLoad(step),
            1 => BlockCompare(step),
            2 => BlockIn(step),
            _ => BlockOut(step),
        };
        if (repeat && again)
        {
            Repeat(input: operation >= 2);
        }
    }

    private bool BlockLoad(int step)
    {
        byte value = Read(_state.Hl);
        Write(_state.De, value);
        Idle(2);
        _state.Hl = (ushort)(_state.Hl + step);
        _state.De = (ushort)(_state.De + step);
        _state.Bc--;
        int n = _state.A + value;
        SetFlags((_state.F & (Flag.S | Flag.Z | Flag.C)) | (_state.Bc != 0 ? Flag.P : 0) | (n << 4 & Flag.Y) | (n & Flag.X));
        return _state.Bc != 0;
    }

    private bool BlockCompare(int step)
    {
        byte value = Read(_state.Hl);
        Idle(5);
        int difference = _state.A - value;
        int half = (_state.A ^ value ^ difference) & Flag.H;
        int n = difference - (half >> 4);
        _state.Hl = (ushort)(_state.Hl + step);
        _state.Wz = (ushort)(_state.Wz + step);
        _state.Bc--;
        SetFlags((_state.F & Flag.C) | (Flag.SignZero(difference) & (Flag.S | Flag.Z)) | half | Flag.N
            | (_state.Bc != 0 ? Flag.P : 0) | (n << 4 & Flag.Y) | (n & Flag.X));
        return _state.Bc != 0 && (byte)difference != 0;
    }

    private bool BlockIn(int step)
    {
        Idle(1);
        byte value = In(_state.Bc);
        _state.Wz = (ushort)(_state.Bc + step);
        Write(_state.Hl, value);
        _state.B--;
        _state.Hl = (ushort)(_state.Hl + step);
        SetBlockFlags(value, value + (byte)(_state.C + step));
        return _state.B != 0;
    }

    private bool BlockOut(int step)
    {
        Idle(1);
        byte value = Read(_state.Hl);
        _state.B--;
        _state.Hl = (ushort)(_state.Hl + step);
        _state.Wz = (ushort)(_state.Bc + step);
        Out(_state.Bc, value);
        SetBlockFlags(value, value + _state.L);
        return _state.B != 0;
    }

    /// <summary>Flags of block input and output ("The Undocumented Z80 Documented" 4.3).</summary>
    private void SetBlockFlags(byte value, int sum)
    {
        int carry = sum > 0xFF ? Flag.H | Flag.C : 0;
        SetFlags(Flag.SignZero(_state.B) | (value >> 6 & Flag.N) | carry | Flag.Parity((sum & 7) ^ _state.B));
    }

    /// <summary>The instruction runs again: five cycles, in which PC's high half leaks into the flags (D. Banks, "Z80 block I/O flags", 2018).</summary>
    private void Repeat(bool input)
    {
        Idle(5);
        _state.Pc -= 2;
        _state.Wz = (ushort)(_state.Pc + 1);
        int flags = (_state.F & ~(Flag.Y | Flag.X)) | (_state.Pc >> 8 & (Flag.Y | Flag.X));
        SetFlags(input ? RepeatedBlockFlags(flags) : flags);
    }

    private int RepeatedBlockFlags(int flags)
    {
        if ((flags & Flag.C) == 0)
        {
            return flags ^ Flag.Parity(_state.B & 7) ^ Flag.P;
        }

        bool negative = (flags & Flag.N) != 0;
        int neighbour = negative ? _state.B - 1 : _state.B + 1;
        bool half = (_state.B & 0x0F) == (negative ? 0x00 : 0x0F);
        return ((flags & ~Flag.H) | (half ? Flag.H : 0)) ^ Flag.Parity(neighbour & 7) ^ Flag.P;
    }
}
