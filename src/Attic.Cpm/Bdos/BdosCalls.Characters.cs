using Attic.Cpm.Terminal;

namespace Attic.Cpm.Bdos;

/// <content>Functions 1 to 11: console, reader, punch, list.</content>
internal sealed partial class BdosCalls
{
    private const byte Status = 0xFF;
    private const byte Ready = 0xFF;
    private int _printed;

    private CallResult Character(byte function, ushort argument, ref ushort result)
    {
        switch (function)
        {
            case 1: return ReadCharacter(ref result);
            case 2: return WriteCharacter((byte)argument);
            case 3: result = auxiliary.Read(); break;
            case 4: auxiliary.Punch((byte)argument); break;
            case 5: auxiliary.List((byte)argument); break;
            case 6: DirectInputOutput((byte)argument, ref result); break;
            case 7: result = memory.Ram[CpmLayout.IoByte]; break;
            case 8: memory.Ram[CpmLayout.IoByte] = (byte)argument; break;
            case 9: return WriteString(argument);
            case 10: return ReadLine(argument);
            default:
                console.Poll();
                result = console.HasInput ? Ready : (byte)0;
                break;
        }

        return CallResult.Return;
    }

    private CallResult ReadCharacter(ref ushort result)
    {
        if (!console.TryRead(out byte key))
        {
            return CallResult.Wait;
        }

        console.Echo(key);
        result = key;
        return CallResult.Return;
    }

    private CallResult WriteCharacter(byte character)
    {
        console.Poll();
        if (console.Paused)
        {
            return CallResult.Wait;
        }

        console.Write(character);
        return CallResult.Return;
    }

    private void DirectInputOutput(byte character, ref ushort result)
    {
        if (character != Status)
        {
            console.WriteRaw(character);
        }
        else if (console.TryRead(out byte key))
        {
            result = key;
        }
    }

    /// <summary>Function 9, up to the dollar sign; it goes on where ^S stopped it.</summary>
    private CallResult WriteString(ushort address)
    {
        for (; _printed <= ushort.MaxValue; _printed++)
        {
            byte character = memory.Ram[(ushort)(address + _printed)];
            if (character == '$')
            {
                break;
            }

            if (WriteCharacter(character) == CallResult.Wait)
            {
                return CallResult.Wait;
            }
        }

        _printed = 0;
        return CallResult.Return;
    }

    /// <summary>Function 10: the buffer's first byte is its room, its second the count, then the characters.</summary>
    private CallResult ReadLine(ushort buffer)
    {
        switch (_editor.Continue(Math.Max((byte)1, memory.Ram[buffer])))
        {
            case LineResult.Waiting: return CallResult.Wait;
            case LineResult.Reboot: return CallResult.Boot;
        }

        memory.Ram[(ushort)(buffer + 1)] = (byte)_editor.Line.Count;
        memory.CopyFrom((ushort)(buffer + 2), [.. _editor.Line]);
        return CallResult.Return;
    }
}
