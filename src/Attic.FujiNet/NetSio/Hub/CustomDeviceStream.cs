using System.Buffers.Binary;
using System.Text;
using System.Threading.Channels;

namespace Attic.FujiNet.NetSio.Hub;

/// <summary>A command of an emulator.</summary>
internal readonly record struct CustomDeviceRequest(CustomDeviceCommand Command, uint First, int Second);

/// <summary>
/// The byte stream between an emulator and the server behind its custom device. Sending queues and never waits, so that nobody's loop stands
/// still for an emulator that does not read; one that is far behind loses its connection.
/// </summary>
internal sealed class CustomDeviceStream : IAsyncDisposable
{
    private const int CommandBytes = 17;
    private const int MostQueued = 1024;
    private const int MostText = 4096;
    private const int MostSegments = 64;
    private const int MostName = 256;

    private readonly Stream _stream;
    private readonly Channel<byte[]> _outgoing = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(MostQueued) { SingleReader = true });
    private readonly byte[] _command = new byte[CommandBytes];

    public CustomDeviceStream(Stream stream)
    {
        _stream = stream;
    }

    /// <summary>Writes what is queued until the connection ends.</summary>
    public async Task WriteAsync(CancellationToken stop)
    {
        await foreach (byte[] bytes in _outgoing.Reader.ReadAllAsync(stop).ConfigureAwait(false))
        {
            await _stream.WriteAsync(bytes, stop).ConfigureAwait(false);
        }
    }

    /// <summary>Reads the next command.</summary>
    /// <exception cref="IOException">The emulator is gone.</exception>
    public async ValueTask<CustomDeviceRequest> ReadAsync(CancellationToken stop)
    {
        await _stream.ReadExactlyAsync(_command, stop).ConfigureAwait(false);
        return new((CustomDeviceCommand)_command[0], BinaryPrimitives.ReadUInt32LittleEndian(_command.AsSpan(1)), BinaryPrimitives.ReadInt32LittleEndian(_command.AsSpan(5)));
    }

    /// <summary>Answers a question.</summary>
    public void Answer(int value)
    {
        byte[] bytes = new byte[5];
        bytes[0] = (byte)CustomDeviceReply.Result;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(1), value);
        Queue(bytes);
    }

    /// <summary>Says which version of the protocol is spoken.</summary>
    public void AnswerVersion(byte version) => Queue([(byte)CustomDeviceReply.Version, version]);

    /// <summary>Calls the script.</summary>
    public void Interrupt(uint first, uint second)
    {
        byte[] bytes = new byte[9];
        bytes[0] = (byte)CustomDeviceReply.Interrupt;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(1), first);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(5), second);
        Queue(bytes);
    }

    /// <summary>Puts bytes at the front of a segment.</summary>
    public void WriteSegment(byte segment, ReadOnlySpan<byte> content) =>
        Queue([.. SegmentHead(CustomDeviceReply.WriteSegment, segment, content.Length), .. content]);

    /// <summary>Gets bytes from the front of a segment. While a question of the script is answered only: then nothing else comes.</summary>
    public async ValueTask<byte[]> ReadSegmentAsync(byte segment, int length, CancellationToken stop)
    {
        Queue(SegmentHead(CustomDeviceReply.ReadSegment, segment, length));
        byte[] content = new byte[length];
        await _stream.ReadExactlyAsync(content, stop).ConfigureAwait(false);
        return content;
    }

    /// <summary>Gets the segments' names, in the order of their indexes. While a command is answered only.</summary>
    /// <exception cref="InvalidDataException">There cannot be so many, or of such a length.</exception>
    public async ValueTask<string[]> ReadSegmentNamesAsync(CancellationToken stop)
    {
        Queue([(byte)CustomDeviceReply.SegmentNames]);
        string[] names = new string[await ReadCountAsync(MostSegments, "segments", stop).ConfigureAwait(false)];
        for (int index = 0; index < names.Length; index++)
        {
            names[index] = await ReadTextAsync(await ReadCountAsync(MostName, "characters of a name", stop).ConfigureAwait(false), stop).ConfigureAwait(false);
        }

        return names;
    }

    /// <summary>Gets the text of an error.</summary>
    /// <exception cref="InvalidDataException">It is too long to be one.</exception>
    public ValueTask<string> ReadErrorAsync(int length, CancellationToken stop) =>
        length is >= 0 and <= MostText ? ReadTextAsync(length, stop) : throw new InvalidDataException($"The emulator sends an error of {length} characters; 0 to {MostText} are expected.");

    public ValueTask DisposeAsync()
    {
        _outgoing.Writer.TryComplete();
        return _stream.DisposeAsync();
    }

    private static byte[] SegmentHead(CustomDeviceReply reply, byte segment, int length)
    {
        byte[] head = new byte[10];
        (head[0], head[1]) = ((byte)reply, segment);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(6), length);
        return head;
    }

    private void Queue(byte[] bytes)
    {
        if (!_outgoing.Writer.TryWrite(bytes))
        {
            _outgoing.Writer.TryComplete(new IOException("The emulator does not read what it is sent."));
        }
    }

    private async ValueTask<int> ReadCountAsync(int most, string what, CancellationToken stop)
    {
        byte[] count = new byte[4];
        await _stream.ReadExactlyAsync(count, stop).ConfigureAwait(false);
        uint value = BinaryPrimitives.ReadUInt32LittleEndian(count);
        return value <= most ? (int)value : throw new InvalidDataException($"The emulator names {value} {what}; at most {most} are expected.");
    }

    private async ValueTask<string> ReadTextAsync(int length, CancellationToken stop)
    {
        byte[] text = new byte[length];
        await _stream.ReadExactlyAsync(text, stop).ConfigureAwait(false);
        return Encoding.UTF8.GetString(text);
    }
}
