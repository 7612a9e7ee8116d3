using Attic.Cpm.Drives;
using Attic.Cpm.Terminal;

namespace Attic.Cpm.Bdos;

/// <summary>The functions 0 to 40 of CP/M 2.2's Basic Disk Operating System (CP/M 2.2 Interface Guide, §2).</summary>
internal sealed partial class BdosCalls(CpmMemory memory, CpmDrives drives, ConsoleDevice console, ICpmAuxiliary auxiliary)
{
    private const ushort VersionNumber = 0x0022;
    private readonly LineEditor _editor = new(console);
    private readonly DirectorySearch _search = new();
    private ushort _buffer = CpmLayout.DefaultBuffer;
    private ushort _readOnlyDrives;
    private ushort _loggedIn;
    private bool _errorShown;

    /// <summary>The current drive, 0 is A:.</summary>
    public int Drive { get; set; }

    /// <summary>The current user area, 0 to 15.</summary>
    public int User { get; set; }

    /// <summary>What a warm boot resets: the buffer's address, write protection, an unfinished line.</summary>
    public void Reset()
    {
        _buffer = CpmLayout.DefaultBuffer;
        _readOnlyDrives = 0;
        _loggedIn = 1;
        _errorShown = false;
        _editor.Abandon();
    }

    /// <summary>Calls a function.</summary>
    /// <param name="function">C.</param>
    /// <param name="argument">DE.</param>
    /// <param name="result">HL, of which A and B are the halves; 0 for functions that do not exist.</param>
    public CallResult Call(byte function, ushort argument, out ushort result)
    {
        result = 0;
        if (_errorShown)
        {
            return console.TryRead(out _) ? CallResult.Boot : CallResult.Wait;
        }

        try
        {
            return function switch
            {
                0 => CallResult.Boot,
                <= 11 => Character(function, argument, ref result),
                _ => Disk(function, argument, ref result),
            };
        }
        catch (CpmDiskException error)
        {
            // As on a real system the program does not come back from these: a key boots.
            console.NewLine();
            console.Write(error.Message);
            _errorShown = true;
            return CallResult.Wait;
        }
    }

    private CallResult Disk(byte function, ushort argument, ref ushort result)
    {
        switch (function)
        {
            case 12: result = VersionNumber; break;
            case 13: ResetDisks(); break;
            case 14: SelectDrive((byte)argument); break;
            case 24: result = _loggedIn; break;
            case 25: result = (ushort)Drive; break;
            case 26: _buffer = argument; break;
            case 27: result = BuildAllocationVector(); break;
            case 28: _readOnlyDrives |= (ushort)(1 << Drive); break;
            case 29: result = _readOnlyDrives; break;
            case 31: result = CpmLayout.DiskParameterBlock; break;
            case 32: result = GetOrSetUser((byte)argument); break;
            case 37: _readOnlyDrives &= (ushort)~argument; break;
            default: result = FileCall(function, new FileControlBlock(memory, argument)); break;
        }

        return CallResult.Return;
    }

    private void ResetDisks()
    {
        Drive = 0;
        Reset();
    }

    private void SelectDrive(byte drive)
    {
        _ = Select(drive);
        Drive = drive;
    }

    private ushort GetOrSetUser(byte user)
    {
        if (user == 0xFF)
        {
            return (ushort)User;
        }

        User = user & 0x0F;
        return 0;
    }

    private CpmDrive Select(int drive)
    {
        var selected = drive < CpmDrives.Count ? drives[drive] : null;
        _loggedIn |= selected is null ? (ushort)0 : (ushort)(1 << drive);
        return selected ?? throw new CpmDiskException(drive, "Select");
    }

    /// <summary>The bits of used blocks: as many as the drive's files need, from the first.</summary>
    private ushort BuildAllocationVector()
    {
        long used = 1;
        for (int user = 0; user < 16; user++)
        {
            used += Select(Drive).List(user, CpmName.Parse("*.*")).Sum(file => (file.Length + CpmLayout.BlockSize - 1) / CpmLayout.BlockSize);
        }

        for (int index = 0; index < CpmLayout.BlockCount / 8; index++)
        {
            int bits = (int)Math.Clamp(used - (index * 8L), 0, 8);
            memory.Ram[CpmLayout.AllocationVector + index] = (byte)(0xFF00 >> bits);
        }

        return CpmLayout.AllocationVector;
    }
}
