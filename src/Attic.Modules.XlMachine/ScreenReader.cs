using System.Text;
using Attic.Abi.AtariXl;
using Attic.Abi.Machines;

namespace Attic.Modules.XlMachine;

/// <summary>
/// The text on the screen: walks the display list as ANTIC does and reads the lines in text modes (2 to 7). Lines in bitmap
/// modes are left out.
/// </summary>
/// <param name="memory">Memory as ANTIC sees it.</param>
/// <param name="video">Knows where the list begins and how wide the playfield is.</param>
internal sealed class ScreenReader(PagedMemory memory, IXlVideo video) : IScreenText
{
    private const int MostInstructions = 240;
    private const int LoadMemoryScan = 0x40;

    /// <inheritdoc/>
    public string ReadScreenText()
    {
        var text = new StringBuilder();
        int list = video.DisplayList;
        int scan = 0;
        for (int count = 0; count < MostInstructions; count++)
        {
            int instruction = memory.AnticRead((ushort)list++);
            int mode = instruction & 15;
            if (mode == 1)
            {
                if ((instruction & LoadMemoryScan) != 0)
                {
                    break;
                }

                list = Word(list);
            }
            else if (mode > 1)
            {
                if ((instruction & LoadMemoryScan) != 0)
                {
                    scan = Word(list);
                    list += 2;
                }

                int bytes = BytesOf(mode, (instruction & 0x10) != 0);
                AppendLine(text, mode, scan, bytes);
                scan += bytes;
            }
        }

        return text.ToString().TrimEnd('\n');
    }

    private int Word(int address) => memory.AnticRead((ushort)address) | (memory.AnticRead((ushort)(address + 1)) << 8);

    // 32, 40 or 48 bytes in the finest modes; a scrolled line fetches the next wider one.
    private int BytesOf(int mode, bool scrolls)
    {
        int width = video.DmaControl & 3;
        width += scrolls && width is 1 or 2 ? 1 : 0;
        int most = width == 0 ? 0 : 24 + (8 * width);
        return mode switch
        {
            2 or 3 or 4 or 5 or 13 or 14 or 15 => most,
            8 or 9 => most / 4,
            _ => most / 2,
        };
    }

    private void AppendLine(StringBuilder text, int mode, int scan, int bytes)
    {
        if (mode > 7)
        {
            return;
        }

        int start = text.Length;
        for (int index = 0; index < bytes; index++)
        {
            int name = memory.AnticRead((ushort)(scan + index)) & (mode >= 6 ? 0x3F : 0x7F);
            text.Append(Character(name));
        }

        int end = text.Length;
        while (end > start && text[end - 1] == ' ')
        {
            end--;
        }

        text.Length = end;
        text.Append('\n');
    }

    // Internal codes: 0–63 are ASCII 32–95, 64–95 graphics, 96–127 lower case and a few signs (Mapping the Atari, appendix).
    private static char Character(int name) => name switch
    {
        < 64 => (char)(name + 32),
        < 96 => '\uFFFD',
        96 or 123 or 125 or 126 or 127 => '\uFFFD',
        _ => (char)name,
    };
}
