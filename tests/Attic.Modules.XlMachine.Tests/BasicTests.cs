using System.Text;
using Attic.Abi.Machines;

namespace Attic.Modules.XlMachine.Tests;

public class BasicTests
{
    [SkippableFact]
    public void Basic_starts_and_answers_what_is_typed()
    {
        byte[] os = TestMachine.Os();
        string file = Path.Combine(Environment.GetEnvironmentVariable("ATTIC_XL_ROMS")!, "ATARIBAS.ROM");
        Skip.IfNot(File.Exists(file), "Needs a BASIC: put ATARIBAS.ROM into the folder that ATTIC_XL_ROMS names.");
        var machine = TestMachine.With([.. os, .. File.ReadAllBytes(file)]);
        var screen = machine.Capability<IScreenText>()!;
        machine.RunFrames(400);
        Assert.Contains("READY", screen.ReadScreenText(), StringComparison.OrdinalIgnoreCase);
        Type(machine, "PRINT 6*7\n");
        Assert.Contains("\n42", screen.ReadScreenText().Replace("\n  ", "\n", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    // Letters without SHIFT: the OS starts in upper case.
    private static void Type(XlMachine machine, string text)
    {
        var input = machine.Capability<IInputPort>()!;
        foreach (char character in text.ToLowerInvariant())
        {
            var keys = input.KeysFor(new Rune(character));
            foreach (int key in keys)
            {
                input.Apply(key, InputPhase.Press, 0);
            }

            machine.RunFrames(5);
            foreach (int key in keys)
            {
                input.Apply(key, InputPhase.Release, 0);
            }

            machine.RunFrames(5);
        }

        machine.RunFrames(30);
    }
}
