using System.Text;
using Attic.Cpm.Terminal;

namespace Attic.Cpm.Tests.Programs;

/// <summary>A console that types from a string and keeps what is shown.</summary>
internal sealed class Terminal : ICpmConsole
{
    private readonly Queue<byte> _keys = [];
    private readonly StringBuilder _shown = new();

    public bool HasInput => _keys.Count > 0;

    public string Shown => _shown.ToString();

    public void Type(string text)
    {
        foreach (char key in text)
        {
            _keys.Enqueue((byte)key);
        }
    }

    public bool TryRead(out byte key) => _keys.TryDequeue(out key);

    public void Write(byte character) => _shown.Append((char)character);
}
