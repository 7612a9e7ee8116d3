using System.Runtime.InteropServices;
using Attic.FujiNet.Core;
using Attic.FujiNet.Platform;

namespace Attic.FujiNet.Channels;

/// <summary>
/// A pseudo terminal in raw mode: programs open it like a serial port, and may close and open it again as often as they like.
/// </summary>
public sealed class PtyChannel : IChannel
{
    private readonly DescriptorPort _port;
    private readonly string _link;
    private bool _clientGone;

    private PtyChannel(DescriptorPort port, string path, string link)
    {
        _port = port;
        Path = path;
        _link = link;
    }

    /// <summary>The device that programs open.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public string Name => $"pty {(_link.Length > 0 ? _link : Path)}";

    /// <inheritdoc/>
    public int Connection { get; private set; }

    /// <inheritdoc/>
    public bool HasUnsent => _port.HasUnsent;

    /// <inheritdoc/>
    public bool IsClosed { get; private set; }

    /// <summary>Makes a pseudo terminal.</summary>
    /// <param name="link">A symbolic link to make to it, replacing a link that is there; empty for none.</param>
    /// <exception cref="IOException">None could be had, or the link could not be made.</exception>
    internal static PtyChannel Open(string link)
    {
        int master = PosixCalls.OpenPseudoTerminal(PosixCalls.ReadWrite | PosixCalls.NoControllingTerminal);
        if (master < 0)
        {
            throw PosixCalls.Error("No pseudo terminal could be had");
        }

        var port = new DescriptorPort(master);
        try
        {
            string? path = PosixCalls.GrantPseudoTerminal(master) == 0 && PosixCalls.UnlockPseudoTerminal(master) == 0
                ? Marshal.PtrToStringUTF8(PosixCalls.NameOfPseudoTerminal(master))
                : null;
            if (path is null)
            {
                throw PosixCalls.Error("The pseudo terminal could not be unlocked");
            }

            PosixCalls.MakeRaw(master);
            Link(link, path);
            return new PtyChannel(port, path, link);
        }
        catch
        {
            port.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public int Read(Span<byte> buffer)
    {
        int count = _port.Read(buffer);
        if (_port.IsHungUp && !_clientGone)
        {
            // What comes next is another client's.
            _clientGone = true;
            Connection++;
            _port.DropUnsent();
        }
        else if (count > 0)
        {
            _clientGone = false;
        }

        return count;
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (!_clientGone)
        {
            _port.Write(bytes);
        }
    }

    /// <inheritdoc/>
    public void Poll() => _port.Flush();

    /// <inheritdoc/>
    public void Interest(ReadinessSet set, bool wantBytes)
    {
        ArgumentNullException.ThrowIfNull(set);
        _port.Interest(set, wantBytes);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        IsClosed = true;
        _port.Dispose();
        if (_link.Length > 0 && string.Equals(new FileInfo(_link).LinkTarget, Path, StringComparison.Ordinal))
        {
            File.Delete(_link);
        }
    }

    private static void Link(string link, string path)
    {
        if (link.Length == 0)
        {
            return;
        }

        // A link of an earlier run may be replaced; a file may not.
        if (new FileInfo(link).LinkTarget is not null)
        {
            File.Delete(link);
        }

        File.CreateSymbolicLink(link, path);
    }
}
