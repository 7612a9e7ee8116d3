namespace Attic.Cpm.Tests.Programs;

/// <summary>Freely available CP/M programs: the Z80 instruction exerciser by F. Cringle and the preliminary tests of the 8080 exerciser.</summary>
public sealed class PublicProgramTests
{
    private const string Variable = "ATTIC_CPM_PROGRAMS";

    [SkippableFact]
    public void The_preliminary_tests_complete()
    {
        using var computer = Load("PRELIM.COM");
        Assert.Contains("Preliminary tests complete", computer.Type("PRELIM\r").Shown, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void The_exerciser_finds_every_instruction_and_flag_right()
    {
        Skip.If(Environment.GetEnvironmentVariable("ATTIC_ZEXALL") is null, "The whole exerciser takes minutes: set ATTIC_ZEXALL=1 as well.");
        using var computer = Load("ZEXALL.COM");
        computer.Type("ZEXALL\r", int.MaxValue);
        while (computer.State == CpmState.Running)
        {
            computer.Type("", int.MaxValue);
        }

        Assert.Contains("Tests complete", computer.Shown, StringComparison.Ordinal);
        Assert.DoesNotContain("ERROR", computer.Shown, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void The_exerciser_starts_and_its_first_test_is_right()
    {
        using var computer = Load("ZEXDOC.COM");
        while (!computer.Shown.Contains("OK", StringComparison.Ordinal) && !computer.Shown.Contains("ERROR", StringComparison.Ordinal))
        {
            computer.Type(computer.Shown.Length == 0 ? "ZEXDOC\r" : "", 1_000_000);
        }

        Assert.Matches("<adc,sbc> hl,<bc,de,hl,sp>\\.+ +OK", computer.Shown);
    }

    private static Computer Load(string program)
    {
        string? folder = Environment.GetEnvironmentVariable(Variable);
        string file = Path.Combine(folder ?? "", program);
        Skip.IfNot(folder is not null && File.Exists(file), $"Set {Variable} to a folder with {program} (the Z80 exerciser's CP/M files, in many public repositories).");
        return new Computer().Put(program, File.ReadAllBytes(file));
    }
}
