using System.Buffers.Binary;
using Attic.FujiNet.Platform;

namespace Attic.FujiNet.Sio.Serial;

/// <summary>The modem's lines of a real port (<c>TIOCMGET</c>). An input that is on means COMMAND low, as adapters with level converters have it.</summary>
internal sealed class ModemControlLines(int descriptor, SioCommandLine command, SioProceedLine proceed) : IControlLines
{
    private const nuint GetLines = 0x5415;
    private const nuint SetLines = 0x5416;
    private const nuint ClearLines = 0x5417;
    private const int Dtr = 0x002;
    private const int Rts = 0x004;
    private readonly int _mask = command switch
    {
        SioCommandLine.Ri => 0x080,
        SioCommandLine.Dsr => 0x100,
        SioCommandLine.Cts => 0x020,
        SioCommandLine.Dcd => 0x040,
        _ => 0,
    };

    public bool? IsCommand
    {
        get
        {
            if (_mask == 0)
            {
                return null;
            }

            Span<byte> lines = stackalloc byte[sizeof(int)];
            return PosixCalls.DeviceControl(descriptor, GetLines, lines) == 0
                ? (BinaryPrimitives.ReadInt32LittleEndian(lines) & _mask) != 0
                : throw PosixCalls.Error("The port's lines cannot be read");
        }
    }

    public void SetProceed(bool low)
    {
        if (proceed == SioProceedLine.None)
        {
            return;
        }

        Span<byte> lines = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(lines, proceed == SioProceedLine.Dtr ? Dtr : Rts);

        // SetLines is TIOCMBIS, ClearLines TIOCMBIC.
        if (PosixCalls.DeviceControl(descriptor, low ? SetLines : ClearLines, lines) != 0)
        {
            throw PosixCalls.Error("The port's lines cannot be set");
        }
    }
}
