using System.Buffers.Binary;
using System.Globalization;

namespace Attic.Assembler.M68000;

/// <summary>Reads one instruction's words in order and writes its operands as text.</summary>
internal ref struct InstructionReader(ReadOnlySpan<byte> code, uint address)
{
    private static readonly string[] Conditions =
        ["t", "f", "hi", "ls", "cc", "cs", "ne", "eq", "vc", "vs", "pl", "mi", "ge", "lt", "gt", "le"];

    private readonly ReadOnlySpan<byte> _code = code;

    /// <summary>Bytes read; beyond the code when it ends inside the instruction.</summary>
    public int Position { get; private set; }

    /// <summary>Whether the code ends inside the instruction.</summary>
    public readonly bool IsTruncated => Position > _code.Length;

    /// <summary>The next word; 0 past the end.</summary>
    public ushort Word()
    {
        ushort word = Position + 2 <= _code.Length ? BinaryPrimitives.ReadUInt16BigEndian(_code[Position..]) : (ushort)0;
        Position += 2;
        return word;
    }

    /// <summary>The whole line of an instruction whose opcode has been read.</summary>
    public string Describe(ushort opcode, InstructionForm form)
    {
        // MOVEM's list comes before the words of its address, wherever it is written.
        bool hasList = form.First == Operand.RegisterList || form.Second == Operand.RegisterList;
        ushort list = hasList ? Word() : (ushort)0;
        char size = SizeOf(opcode, form.Size);
        string mnemonic = form.Mnemonic.Replace("%", Conditions[(opcode >> 8) & 15], StringComparison.Ordinal);
        string suffix = form.Size == Sizing.None ? "" : "." + size;
        if (form.First == Operand.None)
        {
            return mnemonic;
        }

        string first = Text(form.First, opcode, size, list);
        string second = form.Second == Operand.None ? "" : "," + Text(form.Second, opcode, size, list);
        return $"{mnemonic}{suffix} {first}{second}";
    }

    private static char SizeOf(ushort opcode, Sizing sizing) => sizing switch
    {
        Sizing.Byte => 'b',
        Sizing.Long => 'l',
        Sizing.Bits76 => "bwl"[(opcode >> 6) & 3],
        Sizing.Bit8 => "wl"[(opcode >> 8) & 1],
        Sizing.Bit6 => "wl"[(opcode >> 6) & 1],
        Sizing.Branch => (opcode & 0xFF) == 0 ? 'w' : 's',
        _ => 'w',
    };

    private string Text(Operand operand, ushort opcode, char size, ushort list)
    {
        int high = (opcode >> 9) & 7;
        int low = opcode & 7;
        return operand switch
        {
            Operand.Ea => EffectiveAddress((opcode >> 3) & 7, low, size),
            Operand.MoveDestination => EffectiveAddress((opcode >> 6) & 7, high, size),
            Operand.DataHigh => $"d{high}",
            Operand.DataLow => $"d{low}",
            Operand.AddressHigh => $"a{high}",
            Operand.AddressLow => $"a{low}",
            Operand.PreDecrementHigh => $"-(a{high})",
            Operand.PreDecrementLow => $"-(a{low})",
            Operand.PostIncrementHigh => $"(a{high})+",
            Operand.PostIncrementLow => $"(a{low})+",
            Operand.DisplacementLow => $"{Signed((short)Word())}(a{low})",
            Operand.Immediate => Immediate(size),
            Operand.BitNumber => "#" + Decimal((byte)Word()),
            Operand.FrameSize => "#" + Signed((short)Word()),
            Operand.Quick => "#" + Decimal(high == 0 ? 8 : high),
            Operand.QuickByte => "#" + Signed((sbyte)opcode),
            Operand.TrapNumber => "#" + Decimal(opcode & 15),
            Operand.BranchTarget => BranchTarget(opcode),
            Operand.LoopTarget => Target((short)Word()),
            Operand.RegisterList => RegisterList(list, mirrored: (opcode & 0x38) == 0x20),
            Operand.Ccr => "ccr",
            Operand.Sr => "sr",
            _ => "usp",
        };
    }

    private string EffectiveAddress(int mode, int register, char size) => (mode, register) switch
    {
        (0, _) => $"d{register}",
        (1, _) => $"a{register}",
        (2, _) => $"(a{register})",
        (3, _) => $"(a{register})+",
        (4, _) => $"-(a{register})",
        (5, _) => $"{Signed((short)Word())}(a{register})",
        (6, _) => Indexed($"a{register}", pcRelative: false),
        (7, 0) => Hex((uint)(short)Word()) + ".w",
        (7, 1) => Hex(((uint)Word() << 16) | Word()),
        (7, 2) => PcRelative(),
        (7, 3) => Indexed("pc", pcRelative: true),
        _ => Immediate(size),
    };

    private string Immediate(char size) => "#" + size switch
    {
        'b' => Hex((byte)Word()),
        'l' => Hex(((uint)Word() << 16) | Word()),
        _ => Hex(Word()),
    };

    private string PcRelative()
    {
        uint start = address + (uint)Position;
        return Hex(start + (uint)(short)Word()) + "(pc)";
    }

    // The 68000 knows no scale: bits 10–8 of the extension word do nothing.
    private string Indexed(string register, bool pcRelative)
    {
        uint start = address + (uint)Position;
        ushort extension = Word();
        char kind = (extension & 0x8000) != 0 ? 'a' : 'd';
        char size = (extension & 0x800) != 0 ? 'l' : 'w';
        sbyte displacement = (sbyte)extension;
        string offset = pcRelative ? Hex(start + (uint)displacement) : Signed(displacement);
        return $"{offset}({register},{kind}{(extension >> 12) & 7}.{size})";
    }

    private string BranchTarget(ushort opcode) =>
        (opcode & 0xFF) == 0 ? Target((short)Word()) : Hex(address + 2 + (uint)(sbyte)opcode);

    // Branches count from the word after the opcode.
    private readonly string Target(short displacement) => Hex(address + 2 + (uint)displacement);

    private static string RegisterList(ushort list, bool mirrored)
    {
        if (list == 0)
        {
            return "#0";
        }

        var parts = new List<string>();
        for (int bank = 0; bank < 2; bank++)
        {
            for (int first = 0; first < 8; first++)
            {
                int last = first;
                while (last < 8 && Contains(list, (bank * 8) + last, mirrored))
                {
                    last++;
                }

                if (last > first)
                {
                    char kind = "da"[bank];
                    parts.Add(last - first == 1 ? $"{kind}{first}" : $"{kind}{first}-{kind}{last - 1}");
                    first = last;
                }
            }
        }

        return string.Join('/', parts);
    }

    private static bool Contains(ushort list, int register, bool mirrored) =>
        ((list >> (mirrored ? 15 - register : register)) & 1) != 0;

    private static string Hex(uint value) => "$" + value.ToString("x", CultureInfo.InvariantCulture);

    private static string Signed(int value) => value < 0 ? "-" + Hex((uint)-value) : Hex((uint)value);

    private static string Decimal(int value) => value.ToString(CultureInfo.InvariantCulture);
}
