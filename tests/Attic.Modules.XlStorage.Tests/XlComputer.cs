using System.Text;
using Attic.Abi.AtariXl;
using Attic.Abi.Machines;
using Attic.Abi.Modules;
using Attic.Modules.Mos6502;
using Attic.Modules.XlIo;
using Attic.Modules.XlMachine;
using Attic.Modules.XlVideo;

namespace Attic.Modules.XlStorage.Tests;

/// <summary>A whole machine with the operating system and BASIC that the environment names, and somebody at its keyboard.</summary>
internal sealed class XlComputer
{
    public XlComputer(XlOptions? options = null, VideoRegion region = VideoRegion.Ntsc)
    {
        string folder = Environment.GetEnvironmentVariable("ATTIC_XL_ROMS") ?? "";
        string os = Path.Combine(folder, "ATARIXL.ROM");
        string basic = Path.Combine(folder, "ATARIBAS.ROM");
        Skip.IfNot(folder.Length > 0 && File.Exists(os) && File.Exists(basic), "Needs an XL OS and BASIC: set ATTIC_XL_ROMS to a folder with ATARIXL.ROM and ATARIBAS.ROM.");
        Machine = new XlMachineModule().Create(
            new()
            {
                Machine = "atari_xl", Profile = "xl_800_ntsc", Region = region, RamKilobytes = 64, Seed = 3,
                Rom = (byte[])[.. File.ReadAllBytes(os), .. File.ReadAllBytes(basic)], Xl = options ?? XlOptions.Default,
            },
            new Dictionary<string, IModule>(StringComparer.Ordinal)
            {
                ["cpu"] = new Mos6502Module(), ["video"] = new XlVideoModule(), ["io"] = new XlIoModule(), ["storage"] = new XlStorageModule(),
            });
    }

    public IMachine Machine { get; }

    public string Screen => Machine.Capability<IScreenText>()!.ReadScreenText();

    public void Run(int frames)
    {
        for (int frame = 0; frame < frames; frame++)
        {
            Machine.RunFrame();
            Machine.Audio.Clear();
        }
    }

    /// <summary>Runs until the screen shows a text.</summary>
    public void Await(string text, int mostFrames = 3_000)
    {
        for (int frame = 0; frame < mostFrames && !Screen.Contains(text, StringComparison.OrdinalIgnoreCase); frame += 10)
        {
            Run(10);
        }

        Assert.Contains(text, Screen, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Types; letters without SHIFT, since the OS starts in upper case.</summary>
    public void Type(string text)
    {
        var input = Machine.Capability<IInputPort>()!;
        foreach (char character in text.ToLowerInvariant())
        {
            var keys = input.KeysFor(new Rune(character));
            foreach (int key in keys)
            {
                input.Apply(key, InputPhase.Press, 0);
            }

            Run(4);
            foreach (int key in keys)
            {
                input.Apply(key, InputPhase.Release, 0);
            }

            Run(4);
        }

        Run(20);
    }
}
