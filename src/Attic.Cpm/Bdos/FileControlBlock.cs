using Attic.Cpm.Drives;

namespace Attic.Cpm.Bdos;

/// <summary>A File Control Block in the program's memory (CP/M 2.2 Interface Guide, §2, File Control Block).</summary>
internal readonly struct FileControlBlock(CpmMemory memory, ushort address)
{
    private const int ExtentAt = 12;
    private const int S1At = 13;
    private const int S2At = 14;
    private const int RecordCountAt = 15;
    private const int AllocationAt = 16;
    private const int CurrentRecordAt = 32;
    private const int RandomAt = 33;
    private const int RecordsPerExtent = 128;
    private const int ExtentsPerModule = 32;

    /// <summary>0 for the current drive, 1 to 16 for A: to P:, a question mark for every entry of the directory.</summary>
    public byte Drive => this[0];

    /// <summary>The file's name.</summary>
    public CpmName Name => NameAt(1);

    /// <summary>The other name, of a rename.</summary>
    public CpmName NewName => NameAt(AllocationAt + 1);

    /// <summary>Whether the program asked for the read-only attribute (bit 7 of the type's first character).</summary>
    public bool ReadOnlyAttribute => (this[9] & 0x80) != 0;

    /// <summary>Which extent of 16 KB is meant; a question mark for all.</summary>
    public byte Extent => this[ExtentAt];

    /// <summary>The record that sequential reads and writes are at.</summary>
    public int SequentialRecord
    {
        get => ((((this[S2At] & 0x3F) * ExtentsPerModule) + (this[ExtentAt] & 0x1F)) * RecordsPerExtent) + this[CurrentRecordAt];
        set
        {
            int extent = value / RecordsPerExtent;
            this[CurrentRecordAt] = (byte)(value % RecordsPerExtent);
            this[ExtentAt] = (byte)(extent % ExtentsPerModule);
            this[S2At] = (byte)(extent / ExtentsPerModule);
        }
    }

    /// <summary>The record of random access, 24 bits; CP/M 2.2 has 65,536.</summary>
    public int RandomRecord
    {
        get => this[RandomAt] | this[RandomAt + 1] << 8 | this[RandomAt + 2] << 16;
        set
        {
            this[RandomAt] = (byte)value;
            this[RandomAt + 1] = (byte)(value >> 8);
            this[RandomAt + 2] = (byte)(value >> 16);
        }
    }

    private byte this[int offset]
    {
        get => memory.Ram[(ushort)(address + offset)];
        set => memory.Ram[(ushort)(address + offset)] = value;
    }

    /// <summary>Fills what opening fills: the record count of the extent, and blocks.</summary>
    /// <param name="records">Records of the whole file.</param>
    public void Open(int records)
    {
        this[S1At] = 0;
        this[S2At] = 0;
        Describe(records);
    }

    /// <summary>Brings the record count of the current extent up to date.</summary>
    public void Describe(int records)
    {
        int first = ((((this[S2At] & 0x3F) * ExtentsPerModule) + (this[ExtentAt] & 0x1F))) * RecordsPerExtent;
        this[RecordCountAt] = (byte)Math.Clamp(records - first, 0, RecordsPerExtent);
    }

    private CpmName NameAt(int offset)
    {
        Span<byte> field = stackalloc byte[CpmName.Length];
        memory.CopyTo((ushort)(address + offset), field);
        return CpmName.FromFcb(field);
    }
}
