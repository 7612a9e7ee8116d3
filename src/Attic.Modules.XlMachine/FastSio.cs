using Attic.Abi.AtariXl;
using Attic.Abi.Cpu;

namespace Attic.Modules.XlMachine;

/// <summary>
/// The fast path past the serial bus: a call of the operating system's SIO ($E459, a JMP) is carried out at once where a device can,
/// between two instructions and in no time. Whatever is unusual takes the operating system's own way.
/// </summary>
/// <remarks>
/// The page of the vector is read through the board, so that nothing else pays for the look-out. Reading the jump's last byte stops the
/// processor at the next instruction; whether it really went there its program counter tells.
/// Device control block: Atari Operating System User's Manual, chapter 9.
/// </remarks>
internal sealed class FastSio(XlBoard board, PagedMemory memory, int os, IReadOnlyList<IInstantSio> devices)
{
    /// <summary>The page that the board has to read through <see cref="Read"/>.</summary>
    public const int Page = 0xE4;

    private const ushort Entry = 0xE459;
    private const ushort Device = 0x0300;
    private const ushort Unit = 0x0301;
    private const ushort Command = 0x0302;
    private const ushort Status = 0x0303;
    private const ushort Buffer = 0x0304;
    private const ushort Length = 0x0308;
    private const ushort Aux = 0x030A;
    private const byte Jump = 0x4C;
    private const byte Done = 1;
    private const byte DeviceError = 144;
    private const byte ToComputer = 0x40;
    private const byte FromComputer = 0x80;
    private const byte Negative = 0x80;
    private const byte Zero = 0x02;
    private const int LargestSector = 256;

    private readonly byte[] _data = new byte[LargestSector];

    /// <summary>Whether the processor may have been called to SIO since this was last asked.</summary>
    public bool TakeCall()
    {
        bool called = Called;
        Called = false;
        return called;
    }

    private bool Called { get; set; }

    /// <summary>A byte of the page, as the processor reads it.</summary>
    public byte Read(ushort address)
    {
        if (address == Entry + 2)
        {
            Called = true;
            board.Stop = true;
        }

        return At(address);
    }

    /// <summary>A byte of the page.</summary>
    public byte At(ushort address) => memory.Bytes[os + (address - 0xC000)];

    /// <summary>Carries the call out, if it is one and a device can, and returns from it.</summary>
    /// <param name="registers">The processor's, between two instructions.</param>
    public void Serve(ref Mos6502Registers registers)
    {
        int target = At(Entry + 1) | (At(Entry + 2) << 8);
        if (At(Entry) != Jump || registers.Pc != target || registers.Next is Mos6502Next.Reset or Mos6502Next.Jammed)
        {
            return;
        }

        byte direction = board.Peek(Status);
        var command = new SioCommand((byte)(board.Peek(Device) + board.Peek(Unit) - 1), board.Peek(Command), board.Peek(Aux), board.Peek(Aux + 1));
        int length = Word(Length);
        int buffer = Word(Buffer);
        bool sends = (char)command.Command is 'W' or 'P';
        if (length > LargestSector || (direction & (sends ? FromComputer : ToComputer)) == 0 || !IsRam(buffer, length) || !Transfer(command, buffer, length, sends, out bool good))
        {
            return;
        }

        byte status = good ? Done : DeviceError;
        board.WriteSlowly(Status, status);
        registers.Y = status;
        registers.P = (byte)((registers.P & ~(Negative | Zero)) | (status & Negative));
        registers.Pc = (ushort)((Pull(ref registers) | (Pull(ref registers) << 8)) + 1);
    }

    private byte Pull(ref Mos6502Registers registers) => board.Peek((ushort)(0x100 + ++registers.S));

    private int Word(ushort address) => board.Peek(address) | (board.Peek((ushort)(address + 1)) << 8);

    private bool IsRam(int address, int length)
    {
        for (int at = address & ~0xFF; at < address + length; at += 0x100)
        {
            if (at > 0xFFFF || memory.ProcessorWrites[at >> 8] < 0)
            {
                return false;
            }
        }

        return true;
    }

    private bool Transfer(in SioCommand command, int buffer, int length, bool sends, out bool good)
    {
        var data = _data.AsSpan(0, length);
        for (int at = 0; sends && at < length; at++)
        {
            data[at] = board.Peek((ushort)(buffer + at));
        }

        good = false;
        foreach (var device in devices)
        {
            int moved = device.Transfer(command, data, out good);
            if (moved < 0)
            {
                continue;
            }

            for (int at = 0; !sends && at < moved; at++)
            {
                board.WriteSlowly((ushort)(buffer + at), data[at]);
            }

            return true;
        }

        return false;
    }
}
