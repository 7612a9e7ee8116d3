namespace Attic.Modules.StIo.Tests.Mfp;

/// <summary>The MFP's registers by their offset from 0xFFFA00.</summary>
internal static class Registers
{
    public const uint Gpip = 0x01;
    public const uint Aer = 0x03;
    public const uint Ddr = 0x05;
    public const uint Iera = 0x07;
    public const uint Ierb = 0x09;
    public const uint Ipra = 0x0B;
    public const uint Iprb = 0x0D;
    public const uint Isra = 0x0F;
    public const uint Isrb = 0x11;
    public const uint Imra = 0x13;
    public const uint Imrb = 0x15;
    public const uint Vr = 0x17;
    public const uint Tacr = 0x19;
    public const uint Tbcr = 0x1B;
    public const uint Tcdcr = 0x1D;
    public const uint Tadr = 0x1F;
    public const uint Tbdr = 0x21;
    public const uint Tcdr = 0x23;
    public const uint Tddr = 0x25;
    public const uint Scr = 0x27;
    public const uint Ucr = 0x29;
    public const uint Rsr = 0x2B;
    public const uint Tsr = 0x2D;
    public const uint Udr = 0x2F;
}
