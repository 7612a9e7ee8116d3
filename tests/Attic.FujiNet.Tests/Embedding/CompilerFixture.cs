using System.ComponentModel;
using System.Diagnostics;

namespace Attic.FujiNet.Tests.Embedding;

/// <summary>Programs in C, compiled once for all tests, around the library as the build left it.</summary>
public sealed class CompilerFixture : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _programs = [];

    /// <summary>The folder that <c>attic_fujinet_load</c> wants.</summary>
    public static string Library { get; } = Path.GetDirectoryName(SourceTree.Built("src", "Attic.FujiNet.Embedding"))!;

    /// <summary>Runs a program to its end.</summary>
    /// <param name="source">Its source, within the tree.</param>
    /// <param name="arguments">Its arguments.</param>
    internal (int Code, string Output, string Errors) Run(string source, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Compile(source), arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }

    public void Dispose() => _folder.Dispose();

    private string Compile(string source)
    {
        Skip.If(OperatingSystem.IsWindows(), "The embedding is for Linux and macOS.");
        if (_programs.TryGetValue(source, out string? known))
        {
            return known;
        }

        string program = Path.Combine(_folder.Path, Path.GetFileNameWithoutExtension(source));
        string embedding = SourceTree.File("embedding");
        string[] flags = ["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I", embedding, "-o", program];
        string[] sources = [SourceTree.File(source), Path.Combine(embedding, "attic_fujinet.c"), "-ldl"];
        ToolRun.Require("gcc libc6-dev", "cc", [.. flags, .. sources]);
        return _programs[source] = program;
    }
}
