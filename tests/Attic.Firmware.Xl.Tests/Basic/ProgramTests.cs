namespace Attic.Firmware.Xl.Tests.Basic;

/// <summary>
/// The programs of firmware/xl/tests: what is typed (.bas) and what the screen then shows (.txt). Another BASIC shows the same,
/// unless a .why cites the manual or the list of faults that says why ours differs.
/// </summary>
public sealed class ProgramTests
{
    private static readonly string Folder = Path.Combine(FirmwareTree.Folder, "tests");

    public static TheoryData<string> Programs() => Names(_ => true);

    public static TheoryData<string> AlikePrograms() => Names(name => !File.Exists(Of(name, "why")));

    [Theory]
    [MemberData(nameof(Programs))]
    public void Our_BASIC_shows(string name) => Assert.Equal(Expected(name), Shown(BasicComputer.Ours(), name));

    [SkippableTheory]
    [MemberData(nameof(AlikePrograms))]
    public void Another_BASIC_shows(string name) => Assert.Equal(Expected(name), Shown(BasicComputer.Foreign(), name));

    private static string Shown(BasicComputer computer, string name)
    {
        computer.Enter(File.ReadAllLines(Of(name, "bas")));
        return computer.Screen.TrimEnd('\n');
    }

    private static string Expected(string name) => File.ReadAllText(Of(name, "txt")).TrimEnd('\n');

    private static string Of(string name, string type) => Path.Combine(Folder, name + "." + type);

    private static TheoryData<string> Names(Func<string, bool> which) =>
        [.. Directory.EnumerateFiles(Folder, "*.bas").Select(file => Path.GetFileNameWithoutExtension(file)).Where(which).Order(StringComparer.Ordinal)];
}
