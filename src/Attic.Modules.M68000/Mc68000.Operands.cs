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
        d = TSize.Bytes == 4 ? value : (d & ~TSize.Mask) | value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint SignExtend(uint word) => (uint)(short)word;

    /// <summary>How far (A7)+ and −(A7) move: always to an even address.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Stride<TSize>(uint register)
        where TSize : struct, ISize =>
        TSize.Bytes == 1 ? (register & 7) == 7 ? 2u : 1u : (uint)TSize.Bytes;

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
        switch (TMode.Kind)
        {
            case Mode.Indirect:
            case Mode.PostIncrement:
                return A(register);
            case Mode.PreDecrement:
                Idle(ref t, 2);
                return A(register) -= Stride<TSize>(register);
            case Mode.Displacement:
                return A(register) + SignExtend(NextWord(ref t));
            case Mode.Index:
                {
                    Idle(ref t, 2);
                    uint address = Indexed(A(register));
                    NextWord(ref t);
                    return address;
                }

            case Mode.AbsoluteShort:
                return SignExtend(NextWord(ref t));
            case Mode.AbsoluteLong:
                return NextLong(ref t);
            case Mode.PcDisplacement:
                {
                    uint start = t.Pc - 2;
                    return start + SignExtend(NextWord(ref t));
                }

            case Mode.PcIndex:
                {
                    Idle(ref t, 2);
                    uint address = Indexed(t.Pc - 2);
                    NextWord(ref t);
                    return address;
                }

            default:
                return 0;
        }
    }

    /// <summary>PC-relative operands are read from program space.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint SpaceOf<TMode>()
        where TMode : struct, IMode =>
        TMode.Kind is Mode.PcDisplacement or Mode.PcIndex ? ProgramSpace : DataSpace;

    /// <summary>
    /// Where the program counter stands when an operand read fails, as measured: behind in the modes with a
    /// displacement, ahead in −(An) of words.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ReadBias<TSize, TMode>()
        where TSize : struct, ISize
        where TMode : struct, IMode =>
        TMode.Kind switch
        {
            Mode.Displacement or Mode.Index or Mode.PcDisplacement or Mode.PcIndex => -4,
            Mode.PreDecrement when TSize.Bytes != 4 => 0,
            _ => -2,
        };

    /// <summary>Reads an operand from memory; words in (An)+ move An before a fault, longs after the read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint ReadMemory<TSize, TMode>(ref Cursor t, uint register, out uint address)
        where TSize : struct, ISize
        where TMode : struct, IMode
    {
        address = AddressOf<TSize, TMode>(ref t, register);
        if (TMode.Kind == Mode.PostIncrement && TSize.Bytes != 4)
        {
            A(register) = address + Stride<TSize>(register);
        }

        uint value = Read<TSize>(ref t, address, SpaceOf<TMode>(), ReadBias<TSize, TMode>());
        if (TMode.Kind == Mode.PostIncrement && TSize.Bytes == 4)
        {
            A(register) = address + 4;
        }

        return value;
    }

    /// <summary>Reads an operand of any mode.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint ReadOperand<TSize, TMode>(ref Cursor t, uint register)
        where TSize : struct, ISize
        where TMode : struct, IMode =>
        TMode.Kind switch
        {
            Mode.DataRegister => D(register) & TSize.Mask,
            Mode.AddressRegister => A(register) & TSize.Mask,
            Mode.Immediate => ReadImmediate<TSize>(ref t),
            _ => ReadMemory<TSize, TMode>(ref t, register, out _),
        };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint ReadImmediate<TSize>(ref Cursor t)
        where TSize : struct, ISize =>
        TSize.Bytes == 4 ? NextLong(ref t) : NextWord(ref t) & TSize.Mask;
}
