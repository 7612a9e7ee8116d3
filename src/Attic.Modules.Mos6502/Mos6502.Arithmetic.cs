using System.Runtime.CompilerServices;

namespace Attic.Modules.Mos6502;

/// <content>
/// ADC and SBC with the NMOS chip's decimal mode, whose flags come from halfway through the correction
/// (Bruce Clark, "Decimal Mode", appendix A).
/// </content>
public sealed unsafe partial class Mos6502<TBus>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(byte value)
    {
        if ((_r.P & Flags.D) != 0)
        {
            AddDecimal(value);
        }
        else
        {
            AddBinary(value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Subtract(byte value)
    {
        if ((_r.P & Flags.D) != 0)
        {
            SubtractDecimal(value);
        }
        else
        {
            AddBinary((byte)~value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddBinary(byte value)
    {
        int sum = _r.A + value + (_r.P & Flags.C);
        int overflow = ((_r.A ^ sum) & (value ^ sum) & 0x80) >> 1;
        _r.A = (byte)sum;
        int zero = _r.A == 0 ? Flags.Z : 0;
        _r.P = (byte)((_r.P & ~(Flags.N | Flags.V | Flags.Z | Flags.C)) | (sum & Flags.N) | overflow | zero | (sum >> 8));
    }

    private void AddDecimal(byte value)
    {
        int carry = _r.P & Flags.C;
        int binary = _r.A + value + carry;
        int low = (_r.A & 0x0F) + (value & 0x0F) + carry;
        if (low > 9)
        {
            low = ((low + 6) & 0x0F) + 0x10;
        }

        int sum = (_r.A & 0xF0) + (value & 0xF0) + low;
        int overflow = ((_r.A ^ sum) & (value ^ sum) & 0x80) >> 1;
        int negative = sum & Flags.N;
        int zero = (byte)binary == 0 ? Flags.Z : 0;
        if (sum > 0x9F)
        {
            sum += 0x60;
        }

        _r.A = (byte)sum;
        int carryOut = sum > 0xFF ? Flags.C : 0;
        _r.P = (byte)((_r.P & ~(Flags.N | Flags.V | Flags.Z | Flags.C)) | negative | overflow | zero | carryOut);
    }

    private void SubtractDecimal(byte value)
    {
        int borrow = 1 - (_r.P & Flags.C);
        byte a = _r.A;
        AddBinary((byte)~value);
        int low = (a & 0x0F) - (value & 0x0F) - borrow;
        if (low < 0)
        {
            low = ((low - 6) & 0x0F) - 0x10;
        }

        int difference = (a & 0xF0) - (value & 0xF0) + low;
        _r.A = (byte)(difference < 0 ? difference - 0x60 : difference);
    }
}
