using Attic.Cpm.Terminal;

namespace Attic.Cpm.Tests.Programs;

/// <summary>A CP/M computer on a temporary folder.</summary>
internal sealed class Computer : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("attic-cpm-");
    private readonly Lazy<CpmSystem> _system;

    public Computer(ICpmAuxiliary? auxiliary = null) => _system = new Lazy<CpmSystem>(() => new CpmSystem(_folder.FullName, Terminal, auxiliary));

    public Terminal Terminal { get; } = new();

    public CpmState State { get; private set; }

    public string Shown => Terminal.Shown;

    public string Drive(char letter) => Directory.CreateDirectory(Path.Combine(_folder.FullName, letter.ToString())).FullName;

    public Computer Put(string name, params byte[] content)
    {
        File.WriteAllBytes(Path.Combine(Drive('A'), name), content);
        return this;
    }

    public Computer Put(string name, string text) => Put(name, System.Text.Encoding.ASCII.GetBytes(text));

    public byte[] Get(string name) => File.ReadAllBytes(Path.Combine(Drive('A'), name));

    /// <summary>Types keys and runs until more are wanted.</summary>
    public Computer Type(string keys, int instructions = 50_000_000)
    {
        Terminal.Type(keys);
        State = _system.Value.Run(instructions);
        return this;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
