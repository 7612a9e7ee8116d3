namespace Attic.Abi.AtariXl;

/// <summary>The XL's schematic by name: wires and ports between its modules.</summary>
public static class XlPins
{
    /// <summary>The processor's IRQ: POKEY, PIA's two outputs and the parallel bus pull it low.</summary>
    public const string Irq = "cpu.irq";

    /// <summary>PIA port A outputs: joystick ports 1 (bits 0–3) and 2 (bits 4–7); inputs read as 1 here.</summary>
    public const string PortA = "pia.porta";

    /// <summary>PIA port B outputs: the MMU's control; inputs read as 1 here.</summary>
    public const string PortB = "pia.portb";

    /// <summary>SIO COMMAND, PIA CB2: low while a command frame is sent.</summary>
    public const string SioCommand = "sio.command";

    /// <summary>SIO MOTOR CONTROL, PIA CA2: low turns the cassette's motor on.</summary>
    public const string SioMotor = "sio.motor";

    /// <summary>SIO PROCEED, PIA CA1.</summary>
    public const string SioProceed = "sio.proceed";

    /// <summary>SIO INTERRUPT, PIA CB1.</summary>
    public const string SioInterrupt = "sio.interrupt";

    /// <summary>GTIA's speaker output, bit 3 of CONSOL, low when the bit is set.</summary>
    public const string Speaker = "gtia.speaker";
}
