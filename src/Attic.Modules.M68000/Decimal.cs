using static Attic.Modules.M68000.StatusRegister;

namespace Attic.Modules.M68000;

/// <summary>
/// ABCD and SBCD. The chip adds in binary and then corrects; N and V, which the manual leaves undefined, come from the
/// correction step: V is set where it changed the sign.
/// </summary>
internal static class Decimal
{
    public static uint Add(uint source, uint destination, ref ushort sr)
    {
        uint extend = ((uint)sr >> 4) & 1;
        uint binary = source + destination + extend;
        uint low = (source & 15) + (destination & 15) + extend;
        uint correction = low > 9 ? 6u : 0u;
        if (binary + correction > 0x9F)
        {
            correction += 0x60;
        }

        uint corrected = binary + correction;
        uint carry = corrected > 0xFF ? C | X : 0u;
        return Finish(corrected & 0xFF, ~binary & corrected, carry, ref sr);
    }

    public static uint Subtract(uint source, uint destination, ref ushort sr)
    {
        uint extend = ((uint)sr >> 4) & 1;
        uint binary = destination - source - extend;
        uint correction = (destination & 15) < (source & 15) + extend ? 6u : 0u;
        if ((binary & 0x100) != 0)
        {
            correction += 0x60;
        }

        uint corrected = binary - correction;
        uint carry = (corrected & 0x300) != 0 ? C | X : 0;
        return Finish(corrected & 0xFF, binary & ~corrected, carry, ref sr);
    }

    private static uint Finish(uint result, uint signChange, uint carry, ref ushort sr)
    {
        uint sticky = result == 0 ? sr & Z : 0;
        sr = (ushort)((sr & 0xFFE0u) | carry | sticky | ((result >> 4) & N) | ((signChange >> 6) & V));
        return result;
    }
}
