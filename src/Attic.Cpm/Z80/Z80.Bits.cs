namespace Attic.Cpm.Z80;

/// <content>The CB page: rotates and bits of a register or of memory.</content>
public sealed partial class Z80<TBus>
{
    private void ExecuteBits()
    {
        if (_index != Index.Hl)
        {
            ExecuteIndexedBits();
            return;
        }

        byte opcode = FetchOpcode();
        int register = opcode & 7;
        if (register != Memory)
        {
            byte operand = Get(register);
            if (opcode >> 6 == 1)
            {
                TestBit(opcode >> 3 & 7, operand, operand);
            }
            else
            {
                Set(register, BitOperation(opcode, operand));
            }

            return;
        }

        ushort address = _state.Hl;
        byte value = Read(address);
        Idle(1);
        if (opcode >> 6 == 1)
        {
            TestBit(opcode >> 3 & 7, value, (byte)(_state.Wz >> 8));
        }
        else
        {
            Write(address, BitOperation(opcode, value));
        }
    }

    /// <summary>DD CB d op: the opcode comes after the displacement and is no M1 cycle; the result also goes to the register that op names.</summary>
    private void ExecuteIndexedBits()
    {
        sbyte displacement = (sbyte)Immediate();
        _state.Wz = (ushort)(Hl + displacement);
        byte opcode = Immediate();
        Idle(2);
        byte value = Read(_state.Wz);
        Idle(1);
        if (opcode >> 6 == 1)
        {
            TestBit(opcode >> 3 & 7, value, (byte)(_state.Wz >> 8));
            return;
        }

        byte result = BitOperation(opcode, value);
        Write(_state.Wz, result);
        if ((opcode & 7) != Memory)
        {
            SetPlain(opcode & 7, result);
        }
    }

    private byte BitOperation(byte opcode, byte value)
    {
        int y = opcode >> 3 & 7;
        return (opcode >> 6) switch
        {
            0 => Rotate(y, value),
            2 => (byte)(value & ~(1 << y)),
            _ => (byte)(value | 1 << y),
        };
    }

    private void TestBit(int bit, byte value, byte leak)
    {
        int tested = value & 1 << bit;
        SetFlags((_state.F & Flag.C) | Flag.H | (tested == 0 ? Flag.Z | Flag.P : 0) | (tested & Flag.S) | (leak & (Flag.Y | Flag.X)));
    }
}
