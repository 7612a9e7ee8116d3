namespace Attic.Cpm;

/// <summary>Where things lie in a 64 KB CP/M 2.2 system (CP/M 2.2 Alteration Guide, §2 and §6), and where ours are entered.</summary>
internal static class CpmLayout
{
    /// <summary>JP to the BIOS's warm boot.</summary>
    public const ushort WarmBootVector = 0x0000;

    /// <summary>The IOBYTE.</summary>
    public const ushort IoByte = 0x0003;

    /// <summary>The current drive (low half) and user area (high half).</summary>
    public const ushort DriveAndUser = 0x0004;

    /// <summary>JP to the BDOS; its address is also the end of the memory that programs may use.</summary>
    public const ushort BdosVector = 0x0005;

    /// <summary>The first File Control Block that the command line fills.</summary>
    public const ushort FirstFcb = 0x005C;

    /// <summary>The second, which a program has to move away before it uses the first.</summary>
    public const ushort SecondFcb = 0x006C;

    /// <summary>The command's tail, and the buffer of disk records unless a program sets another.</summary>
    public const ushort DefaultBuffer = 0x0080;

    /// <summary>Where programs are loaded and started.</summary>
    public const ushort ProgramArea = 0x0100;

    /// <summary>The Console Command Processor: nothing of ours lies here, programs may use it until they boot.</summary>
    public const ushort Ccp = 0xE400;

    /// <summary>The BDOS's entry.</summary>
    public const ushort BdosEntry = 0xEC06;

    /// <summary>The vector of allocated blocks that function 27 points at: a bit for each block.</summary>
    public const ushort AllocationVector = 0xEE00;

    /// <summary>The Disk Parameter Block that function 31 points at.</summary>
    public const ushort DiskParameterBlock = 0xF100;

    /// <summary>The BIOS's jump table of 17 entries.</summary>
    public const ushort BiosTable = 0xFA00;

    /// <summary>Where that table's entries jump: one address each, at which we take over.</summary>
    public const ushort BiosEntries = 0xFB00;

    /// <summary>Entries of the table.</summary>
    public const int BiosEntryCount = 17;

    /// <summary>Bytes of a block of a disk.</summary>
    public const int BlockSize = 2048;

    /// <summary>Blocks of a disk: 8 MB.</summary>
    public const int BlockCount = 4096;
}
