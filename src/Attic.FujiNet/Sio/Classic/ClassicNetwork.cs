using System.Diagnostics;
using System.Text;
using Attic.Abi.AtariXl;
using Attic.FujiNet.Devices.Networks;
using Attic.FujiNet.Storage;

namespace Attic.FujiNet.Sio.Classic;

/// <summary>N1: to N8: on the serial bus: URLs that a program opens, reads, writes and asks for JSON.</summary>
public sealed partial class ClassicNetwork : SioPeripheral
{
    /// <summary>N1:.</summary>
    public const byte FirstId = 0x71;

    /// <summary>N8:.</summary>
    public const byte LastId = 0x78;

    private const int Units = LastId - FirstId + 1;
    private const int SpecBytes = 256;
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan s_hold = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan s_expectedHold = TimeSpan.FromSeconds(8);
    private readonly NetworkDevice _device;
    private readonly StorageManager _storage;
    private readonly SioChain _chain;
    private bool _attention;
    private readonly ClassicNetworkUnit[] _units = [.. Enumerable.Range(0, Units).Select(_ => new ClassicNetworkUnit())];

    /// <summary>The units.</summary>
    /// <param name="device">Makes the sessions; it holds back no answer, and belongs to the units from then on.</param>
    /// <param name="storage">The file systems, for <c>N:TNFS://…</c>.</param>
    /// <param name="chain">Their bus.</param>
    public ClassicNetwork(NetworkDevice device, StorageManager storage, SioChain chain)
    {
        (_device, _storage, _chain) = (device, storage, chain);
    }

    /// <inheritdoc />
    public override SioReception Accept(SioCommand command) => (char)command.Command switch
    {
        'O' or 'Q' => SioReception.AckWrite(SpecBytes),
        'C' or 'S' or 'P' or 'T' => SioReception.Ack,
        'R' => command.Aux == 0 ? SioReception.Nak : SioReception.Ack,
        'W' => command.Aux == 0 ? SioReception.Nak : SioReception.AckWrite(command.Aux),
        '\xFC' or '\x30' or '\x3F' => SioReception.Ack,
        '\xFD' or '\xFE' or '\x20' or '\x21' or '\x2A' or '\x2B' or '\x2C' => SioReception.AckWrite(SpecBytes),
        '\x25' => SioReception.AckWrite(3),
        '\x26' => SioReception.Ack,
        _ => SioReception.Nak,
    };

    /// <inheritdoc />
    public override async ValueTask<SioResult> ExecuteAsync(SioCommand command, ReadOnlyMemory<byte> data)
    {
        var unit = _units[command.Device - FirstId];
        try
        {
            return (char)command.Command switch
            {
                'O' => await OpenAsync(unit, command, SpecOf(data)),
                'C' => CloseUnit(unit),
                'R' => await ReadAsync(unit, command.Aux),
                'W' => await WriteAsync(unit, data),
                'S' => await StatusAsync(unit, command.Aux2),
                'P' => await ParseAsync(unit),
                'Q' => Query(unit, SpecOf(data)),
                'T' => SetTranslation(unit, command.Aux2),
                '\xFC' => SetChannelMode(unit, command.Aux2),
                '\x3F' => SioResult.Read(new byte[] { 6 }),
                '\xFD' => Done(unit, () => unit.User = SpecOf(data)),
                '\xFE' => Done(unit, () => unit.Password = SpecOf(data)),
                '\x30' => SioResult.Read(CurrentFolder(unit)),
                '\x2C' => await ChangeFolderAsync(unit, SpecOf(data)),
                '\x20' => await RenameAsync(unit, SpecOf(data)),
                '\x21' => await OnTargetAsync(unit, SpecOf(data), target => target.FileSystem.RemoveFileAsync(target.Path)),
                '\x2A' => await OnTargetAsync(unit, SpecOf(data), target => target.FileSystem.MakeDirectoryAsync(target.Path)),
                '\x2B' => await OnTargetAsync(unit, SpecOf(data), target => target.FileSystem.RemoveDirectoryAsync(target.Path)),
                '\x25' => Point(unit, data.Span),
                _ => Note(unit),
            };
        }
        catch (StorageException refused)
        {
            return Fail(unit, NetworkError.Of(refused.Error));
        }
    }

    /// <summary>Shows by PROCEED that a unit has something to read. Called once a tick.</summary>
    public void Poll()
    {
        foreach (var unit in _units)
        {
            if (unit.Source is not null)
            {
                _ = FillAsync(unit);
            }
        }

        bool wanted = Array.Exists(_units, unit => unit.HasNews);
        if (wanted != _attention)
        {
            _attention = wanted;
            _chain.SetAttention(wanted);
        }
    }

    /// <inheritdoc />
    public override void Reset(bool cold)
    {
        foreach (var unit in _units)
        {
            unit.Clear();
        }
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        Reset(cold: true);
        _device.Dispose();
    }

    /// <summary>A device specification without <c>N:</c> or <c>N1:</c>.</summary>
    private static string SpecOf(ReadOnlyMemory<byte> data)
    {
        string text = FixedText.Read(data.Span);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        bool device = colon is 1 or 2 && char.ToUpperInvariant(text[0]) == 'N';
        return device ? text[(colon + 1)..] : text;
    }

    private static SioResult Fail(ClassicNetworkUnit unit, byte error)
    {
        unit.Error = error;
        return SioResult.Error;
    }

    private static SioResult Done(ClassicNetworkUnit unit, Action change)
    {
        change();
        unit.Error = NetworkError.Ok;
        return SioResult.Complete;
    }

    private async ValueTask<SioResult> OpenAsync(ClassicNetworkUnit unit, SioCommand command, string spec)
    {
        const byte list = 6;
        const byte write = 8;
        const byte append = 9;
        unit.Clear();
        unit.Translation = command.Aux2 & 3;
        string url = unit.UrlOf(spec);
        byte mode = command.Aux1;
        string scheme = url.Split(':')[0].ToUpperInvariant();
        if (scheme is "HTTP" or "HTTPS" or "TCP" or "TLS" or "UDP" or "WS" or "WSS" && mode != list)
        {
            var (source, error) = await SessionSource.OpenAsync(_device, url, MethodOf(mode));
            unit.Source = source;
            return source is null ? Fail(unit, error) : Done(unit, () => { });
        }

        if (_storage.Resolve(url) is not { } target)
        {
            return Fail(unit, NetworkError.BadDeviceSpec);
        }

        unit.Source = mode == list
            ? await FileSource.ListAsync(await target.StatAsync() is { IsDirectory: true } ? target : _storage.Resolve(FolderOf(url))!)
            : await FileSource.OpenAsync(target, mode switch
            {
                write => StoredFileMode.Create,
                append => StoredFileMode.OpenOrCreate,
                12 => StoredFileMode.OpenOrCreate,
                _ => StoredFileMode.Read,
            }, append: mode == append);
        return Done(unit, () => { });
    }

    private static string FolderOf(string url) => url[..(url.LastIndexOf('/') + 1)];

    /// <summary>AUX1 of an open as a method: 4 and 12 GET, 13 POST, 8 and 14 PUT, 5 and 9 DELETE.</summary>
    private static byte MethodOf(byte mode) => mode switch
    {
        13 => 2,
        8 or 14 => 3,
        5 or 9 => 4,
        _ => 1,
    };

    private static SioResult CloseUnit(ClassicNetworkUnit unit)
    {
        unit.Clear();
        return SioResult.Complete;
    }

    private async ValueTask<SioResult> ReadAsync(ClassicNetworkUnit unit, int length)
    {
        byte[] answer = new byte[length];
        if (unit.Source is null)
        {
            unit.Error = NetworkError.NotConnected;
            return SioResult.FailedRead(answer);
        }

        var start = Stopwatch.StartNew();
        await FillAsync(unit);
        while (unit.Waiting < length && !unit.IsAtEnd && start.Elapsed < s_limit && await unit.ChangedAsync(s_idle))
        {
            await FillAsync(unit);
        }

        int taken = unit.Take(answer);
        if (taken == length)
        {
            return SioResult.Read(answer);
        }

        unit.Error = unit.IsAtEnd ? NetworkError.EndOfFile : NetworkError.TimedOut;
        return SioResult.FailedRead(answer);
    }

    private static async ValueTask<SioResult> WriteAsync(ClassicNetworkUnit unit, ReadOnlyMemory<byte> data)
    {
        if (unit.Source is null)
        {
            return Fail(unit, NetworkError.NotConnected);
        }

        return await unit.Source.SendAsync(EndOfLines.ToNet(data.Span, unit.Translation)) ? SioResult.Complete : Fail(unit, unit.Source.Error);
    }

    private async ValueTask<SioResult> StatusAsync(ClassicNetworkUnit unit, byte aux2)
    {
        if (unit.Source is null)
        {
            return SioResult.Read(aux2 is >= 1 and <= 4 ? AddressOf(aux2) : new byte[] { 0, 0, 0, unit.Error });
        }

        await unit.Source.CommitAsync();
        await FillAsync(unit);
        await HoldAsync(unit);
        if (unit.Source is null)
        {
            return SioResult.Read(new byte[] { 0, 0, 0, unit.Error });
        }

        unit.HasNews = false;
        int waiting = Math.Min(unit.Waiting, ushort.MaxValue);
        byte error = unit.Source.Error != NetworkError.Ok ? unit.Source.Error
            : unit.IsAtEnd && waiting == 0 ? NetworkError.EndOfFile
            : unit.Error;
        return SioResult.Read(new[] { (byte)waiting, (byte)(waiting >> 8), unit.Source.IsConnected ? (byte)1 : (byte)0, error });
    }

    // A computer that does not keep real time is told of nothing only when the other side has had its time.
    private async ValueTask HoldAsync(ClassicNetworkUnit unit)
    {
        var held = Stopwatch.StartNew();
        while (!_chain.IsPaced && unit is { Waiting: 0, IsAtEnd: false, Source: { IsConnected: true } source }
            && await unit.ChangedAsync((source.IsExpecting ? s_expectedHold : s_hold) - held.Elapsed))
        {
            await FillAsync(unit);
        }
    }

    private static byte[] AddressOf(byte which) => which switch
    {
        1 => [127, 0, 0, 1],
        2 => [255, 0, 0, 0],
        _ => [127, 0, 0, 1],
    };

    /// <summary>Takes what has come into the unit's buffer, in the channel's mode.</summary>
    private static async ValueTask FillAsync(ClassicNetworkUnit unit)
    {
        if (unit.Source is null || unit.IsFilling || unit.IsJson || unit.Waiting >= ClassicNetworkUnit.MaxWaiting)
        {
            return;
        }

        var source = unit.Source;
        var before = (unit.Waiting, source.IsAtEnd, source.Error);
        unit.IsFilling = true;
        try
        {
            var bytes = await source.TakeAsync(ClassicNetworkUnit.MaxWaiting - unit.Waiting);
            if (source == unit.Source && bytes.Length > 0)
            {
                unit.Add(EndOfLines.ToAtari(bytes.Span, unit.Translation));
            }
        }
        catch (StorageException refused)
        {
            unit.Error = NetworkError.Of(refused.Error);
        }
        finally
        {
            unit.IsFilling = false;
        }

        if (unit.Waiting != before.Waiting || source.IsAtEnd != before.IsAtEnd || source.Error != before.Error)
        {
            unit.TellChange();
        }
    }

    private static SioResult SetTranslation(ClassicNetworkUnit unit, byte kind) => Done(unit, () => unit.Translation = kind & 3);

    private static byte[] CurrentFolder(ClassicNetworkUnit unit)
    {
        byte[] field = new byte[SpecBytes];
        byte[] text = Encoding.UTF8.GetBytes(unit.Prefix);
        int length = Math.Min(text.Length, SpecBytes - 1);
        text.AsSpan(0, length).CopyTo(field);
        field[length] = 0x9B;
        return field;
    }
}
