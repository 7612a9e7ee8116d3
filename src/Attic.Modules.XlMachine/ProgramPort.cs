using Attic.Abi.AtariXl;
using Attic.Abi.Machines;
using Attic.Abi.State;

namespace Attic.Modules.XlMachine;

/// <summary>Shows the program behind the disk in D1: at $D500–$D5FF.</summary>
/// <param name="drives">Where the disk is; null on a machine without drives.</param>
internal sealed class ProgramPort(IFloppyDrives? drives) : IStateful
{
    private const byte More = 0xFE;
    private const byte Data = 0xFF;

    private int _position;

    private XlProgram? Program => (drives?.DiskIn(0) as IXlProgramSource)?.Program;

    /// <summary>The power comes on.</summary>
    public void PowerOn() => _position = 0;

    /// <summary>A read of $D5xx.</summary>
    public byte Read(byte low)
    {
        byte value = Peek(low);
        if (low == Data && Program is { } program && _position < program.Stream.Length)
        {
            _position++;
        }

        return value;
    }

    /// <summary>What a read of $D5xx would give.</summary>
    public byte Peek(byte low)
    {
        if (Program is not { } program)
        {
            return 0xFF;
        }

        bool ended = _position >= program.Stream.Length;
        return low switch
        {
            More => (byte)(ended ? 0xFF : 0),
            Data => ended ? (byte)0 : program.Stream.Span[_position],
            _ => program.Page.Span[low],
        };
    }

    /// <summary>A write to $D5xx.</summary>
    public void Write(byte low)
    {
        if (low == Data)
        {
            _position = 0;
        }
    }

    /// <inheritdoc/>
    public void Visit(StateVisitor visitor)
    {
        visitor.Struct("position", ref _position);
        _position = Math.Max(_position, 0);
    }
}
