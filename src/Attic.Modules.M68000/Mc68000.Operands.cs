using System.Runtime.CompilerServices;
using Attic.Abi.Cpu;

namespace Attic.Modules.M68000;

/// <content>Registers, effective addresses and operands.</content>
internal sealed unsafe partial class Mc68000<TBus, TTrace>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref uint D(uint register) =>
        ref Unsafe.Add(ref Unsafe.As<LongWords8, uint>(ref _r.D), (nint)(register & 7));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref uint A(uint register) =>
        ref Unsafe.Add(ref Unsafe.As<LongWords8, uint>(ref _r.A), (nint)(register & 7));

    /// <summary>D0–D7 and A0–A7 as 0 to 15: A follows D without a gap, as the state's layout guarantees.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref uint DataOrAddress(uint register) =>
        ref Unsafe.Add(ref Unsafe.As<LongWords8, uint>(ref _r.D), (nint)(register & 15));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SetD<TSize>(uint register, uint value)
        where TSize : struct, ISize
    {
        ref uint d = ref D(register);
        d = typeof(TSize) == typeof(LongSize) ? value : (d & ~TSize.Mask) | value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint SignExtend(uint word) => (uint)(short)word;

    /// <summary>How far (A7)+ and −(A7) move: always to an even address.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Stride<TSize>(uint register)
        where TSize : struct, ISize =>
        typeof(TSize) == typeof(ByteSize) ? (register & 7) == 7 ? 2u : 1u : (uint)TSize.Bytes;

    /// <summary>Base + index register + 8-bit displacement of the extension word in IRC.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Indexed(uint start)
    {
        uint extension = _r.Irc;
        uint index = DataOrAddress(extension >> 12);
        if ((extension & 0x800) == 0)
        {
            index = SignExtend(index);
        }

        return start + index + (uint)(sbyte)extension;
    }

    /// <summary>The address that a memory mode names, with its prefetches; (An)+ does not move here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint AddressOf<TSize, TMode>(ref Cursor t, uint register)
        where TSize : struct, ISize
        where TMode : struct, IMode
    {
        if (typeof(TMode) == typeof(PreDecrement))
        {
            Idle(ref t, 2);
            return A(register) -= Stride<TSize>(register);
        }

        if (typeof(TMode) == typeof(Displacement))
        {
            return A(register) + SignExtend(NextWord(ref t));
        }

        if (typeof(TMode) == typeof(Index))
        {
            Idle(ref t, 2);
            uint address = Indexed(A(register));
            NextWord(ref t);
            return address;
        }

        if (typeof(TMode) == typeof(AbsoluteShort))
        {
            return SignExtend(NextWord(ref t));
        }

        if (typeof(TMode) == typeof(AbsoluteLong))
        {
            return NextLong(ref t);
        }

        if (typeof(TMode) == typeof(PcDisplacement))
        {
            uint start = t.Pc - 2;
            return start + SignExtend(NextWord(ref t));
        }

        if (typeof(TMode) == typeof(PcIndex))
        {
            Idle(ref t, 2);
            uint address = Indexed(t.Pc - 2);
            NextWord(ref t);
            return address;
        }

        return A(register);
    }

    /// <summary>
    /// Reads an operand in memory. PC-relative ones lie in program space. Where the program counter stands when the
    /// read fails is measured: behind in the modes with a displacement, ahead in −(An) of words.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint ReadAt<TSize, TMode>(ref Cursor t, uint address)
        where TSize : struct, ISize
        where TMode : struct, IMode
    {
        if (typeof(TMode) == typeof(PcDisplacement) || typeof(TMode) == typeof(PcIndex))
        {
            return Read<TSize>(ref t, address, ProgramSpace, -4);
        }

        if (typeof(TMode) == typeof(Displacement) || typeof(TMode) == typeof(Index))
        {
            return Read<TSize>(ref t, address, DataSpace, -4);
        }

        if (typeof(TMode) == typeof(PreDecrement) && typeof(TSize) != typeof(LongSize))
        {
            return Read<TSize>(ref t, address, DataSpace, 0);
        }

        return Read<TSize>(ref t, address, DataSpace, -2);
    }

    /// <summary>Reads an operand from memory; words in (An)+ move An before a fault, longs after the read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint ReadMemory<TSize, TMode>(ref Cursor t, uint register, out uint address)
        where TSize : struct, ISize
        where TMode : struct, IMode
    {
        address = AddressOf<TSize, TMode>(ref t, register);
        if (typeof(TMode) == typeof(PostIncrement) && typeof(TSize) != typeof(LongSize))
        {
            A(register) = address + Stride<TSize>(register);
        }

        uint value = ReadAt<TSize, TMode>(ref t, address);
        if (typeof(TMode) == typeof(PostIncrement) && typeof(TSize) == typeof(LongSize))
        {
            A(register) = address + 4;
        }

        return value;
    }

    /// <summary>Reads an operand of any mode.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint ReadOperand<TSize, TMode>(ref Cursor t, uint register)
        where TSize : struct, ISize
        where TMode : struct, IMode
    {
        if (typeof(TMode) == typeof(DataRegister))
        {
            return D(register) & TSize.Mask;
        }

        if (typeof(TMode) == typeof(AddressRegister))
        {
            return A(register) & TSize.Mask;
        }

        if (typeof(TMode) == typeof(Immediate))
        {
            return ReadImmediate<TSize>(ref t);
        }

        return ReadMemory<TSize, TMode>(ref t, register, out _);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint ReadImmediate<TSize>(ref Cursor t)
        where TSize : struct, ISize =>
        typeof(TSize) == typeof(LongSize) ? NextLong(ref t) : NextWord(ref t) & TSize.Mask;
}
