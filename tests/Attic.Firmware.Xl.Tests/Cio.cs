namespace Attic.Firmware.Xl.Tests;

/// <summary>CIO as a program sees it: fills in an IOCB and calls CIOV.</summary>
internal static class Cio
{
    public const int Open = 3;
    public const int GetRecord = 5;
    public const int GetBytes = 7;
    public const int PutRecord = 9;
    public const int PutBytes = 11;
    public const int Close = 12;
    public const int Status = 13;

    private const int Ciov = 0xE456;
    private const int Buffer = 0x4000;

    /// <summary>A command with a text or bytes in the buffer. The answer is the status.</summary>
    public static byte Do(this XlComputer computer, int iocb, int command, ReadOnlySpan<byte> bytes = default, byte aux1 = 0, byte aux2 = 0, int? length = null)
    {
        computer.Poke(Buffer, bytes);
        int block = 0x340 + (16 * iocb);
        computer.Poke(block + 2, (byte)command);
        computer.PokeWord(block + 4, Buffer);
        computer.PokeWord(block + 8, length ?? bytes.Length);
        computer.Poke(block + 10, aux1, aux2);
        return computer.Call(Ciov, x: (byte)(16 * iocb)).Y;
    }

    /// <summary>Opens a device.</summary>
    public static byte OpenDevice(this XlComputer computer, int iocb, string name, byte aux1, byte aux2 = 0) =>
        computer.Do(iocb, Open, Text(name + "\n"), aux1, aux2);

    /// <summary>Writes bytes.</summary>
    public static byte Put(this XlComputer computer, int iocb, string text) => computer.Do(iocb, PutBytes, Text(text), Aux1(computer, iocb), Aux2(computer, iocb));

    /// <summary>Reads with a command, up to so many bytes.</summary>
    public static (byte Status, byte[] Bytes) Get(this XlComputer computer, int iocb, int command, int length)
    {
        byte status = computer.Do(iocb, command, aux1: Aux1(computer, iocb), aux2: Aux2(computer, iocb), length: length);
        int count = computer.PeekWord(0x348 + (16 * iocb));
        return (status, computer.Peek(Buffer, count));
    }

    /// <summary>ASCII with line feeds as ATASCII.</summary>
    public static byte[] Text(string text) => [.. text.Select(character => character == '\n' ? (byte)0x9B : (byte)character)];

    private static byte Aux1(XlComputer computer, int iocb) => computer.Peek(0x34A + (16 * iocb));

    private static byte Aux2(XlComputer computer, int iocb) => computer.Peek(0x34B + (16 * iocb));
}
