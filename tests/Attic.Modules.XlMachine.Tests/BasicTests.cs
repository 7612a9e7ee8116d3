using Attic.Abi.Machines;

namespace Attic.Modules.XlMachine.Tests;

public class BasicTests
{
    [SkippableFact]
    public void Basic_starts_and_answers_what_is_typed()
    {
        var machine = TestMachine.With(TestMachine.OsAndBasic());
        var screen = machine.Capability<IScreenText>()!;
        machine.RunFrames(400);
        Assert.Contains("READY", screen.ReadScreenText(), StringComparison.OrdinalIgnoreCase);
        machine.Type("PRINT 6*7\n");
        Assert.Contains("\n42", screen.ReadScreenText().Replace("\n  ", "\n", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
