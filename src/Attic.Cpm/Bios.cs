using Attic.Cpm.Bdos;
using Attic.Cpm.Terminal;

namespace Attic.Cpm;

/// <summary>The BIOS's calls for characters (CP/M 2.2 Alteration Guide, §6); its disks hold files only, so calls for sectors fail.</summary>
internal sealed class Bios(ConsoleDevice console, ICpmAuxiliary auxiliary)
{
    private const byte Ready = 0xFF;
    private const byte Failed = 1;

    /// <summary>Calls entry 0 to 16 of the jump table.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="argument">C.</param>
    /// <param name="a">What A becomes.</param>
    public CallResult Call(int entry, byte argument, out byte a)
    {
        a = 0;
        switch (entry)
        {
            case 0 or 1: return CallResult.Boot;
            case 2: a = console.HasInput ? Ready : (byte)0; break;
            case 3: return console.TryRead(out a) ? CallResult.Return : CallResult.Wait;
            case 4: console.WriteRaw(argument); break;
            case 5: auxiliary.List(argument); break;
            case 6: auxiliary.Punch(argument); break;
            case 7: a = auxiliary.Read(); break;
            case 13 or 14: a = Failed; break;
            case 15: a = Ready; break;
        }

        return CallResult.Return;
    }
}
