using Attic.Abi.Machines;
using Attic.Media.Floppies8;

namespace Attic.Firmware.Xl.Tests.Dos;

/// <summary>Somebody at the menu of the disk utilities.</summary>
internal static class MenuUser
{
    private const int Patience = 6000;

    /// <summary>A machine without BASIC that has started a disk and shows the menu.</summary>
    public static (XlComputer Computer, DiskImage8 Disk) Start(byte[] image)
    {
        var computer = new XlComputer(held: "console.option");
        var disk = computer.Insert(1, image);
        computer.RunUntil("SELECT", Patience);
        computer.Control("console.option", InputPhase.Release);
        computer.Run(30);
        return (computer, disk);
    }

    /// <summary>Our BASIC with our DOS, at its prompt.</summary>
    public static (XlComputer Computer, DiskImage8 Disk) StartBasic(byte[] image)
    {
        var computer = new XlComputer([.. FirmwareTree.Os(), .. FirmwareTree.Basic()]);
        var disk = computer.Insert(1, image);
        computer.RunUntil("READY", Patience);
        computer.Run(30);
        return (computer, disk);
    }

    /// <summary>Chooses an item, answers its first question and waits for a text. Clears the screen first, so that the text is new.</summary>
    public static void Item(this XlComputer computer, string letter, string prompt, string answer, string result)
    {
        computer.Type("{SHIFT+CLEAR}" + letter + "\n");
        computer.RunUntil(prompt, Patience);
        computer.Run(20);
        computer.Answer(answer, result);
    }

    /// <summary>Types a line and waits for a text.</summary>
    public static void Answer(this XlComputer computer, string answer, string result)
    {
        computer.Type(answer + "\n");
        computer.RunUntil(result, Patience);
        computer.Run(20);
    }

    /// <summary>Types a line at BASIC and waits until its prompt is the last text, unless it is a line of a program.</summary>
    public static void Basic(this XlComputer computer, string line)
    {
        computer.Type("{SHIFT+CLEAR}" + line + "\n");
        computer.Run(60);
        computer.RunUntil(() => char.IsAsciiDigit(line[0]) || computer.Screen.TrimEnd().EndsWith("READY", StringComparison.Ordinal), Patience, "READY");
    }
}
