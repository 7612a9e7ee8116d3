namespace Attic.Modules.StIo.Ikbd;

/// <summary>
/// The controls by number: keys have their scan codes, the others follow. Target names are the contract's.
/// </summary>
internal static class IkbdControls
{
    public const int MouseX = 0x80;
    public const int MouseY = 0x81;
    public const int LeftButton = 0x82;
    public const int RightButton = 0x83;
    public const int Stick0 = 0x90;
    public const int Stick1 = 0x98;
    public const int Count = 0xA0;

    private static readonly string[] Directions = ["up", "down", "left", "right", "button"];

    /// <summary>The number of a target.</summary>
    public static bool TryResolve(string target, string? value, out int control)
    {
        control = target switch
        {
            "ikbd.key" => value is not null && StScanCodes.ByName.TryGetValue(value, out byte key) ? key : 0,
            "ikbd.mouse.dx" => MouseX,
            "ikbd.mouse.dy" => MouseY,
            "ikbd.mouse.button.left" => LeftButton,
            "ikbd.mouse.button.right" => RightButton,
            _ => Stick(target),
        };
        return control != 0;
    }

    /// <summary>The bit of a stick's byte that its control number stands for: 0 to 3 directions, 7 fire.</summary>
    public static byte StickBit(int control) => (control & 7) == 4 ? (byte)0x80 : (byte)(1 << (control & 3));

    private static int Stick(string target)
    {
        const string Prefix = "joystick.port";
        int length = Prefix.Length;
        if (!target.StartsWith(Prefix, StringComparison.Ordinal) || target.Length < length + 3 || target[length + 1] != '.')
        {
            return 0;
        }

        int direction = Array.IndexOf(Directions, target[(length + 2)..]);
        return (target[length], direction) switch
        {
            (_, < 0) => 0,
            ('0', _) => Stick0 + direction,
            ('1', _) => Stick1 + direction,
            _ => 0,
        };
    }
}
