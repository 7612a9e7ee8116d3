using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Attic.FujiNet.Protocols;

namespace Attic.FujiNet.Tests.NetSio.Hub;

/// <summary>An emulator at the hub: does what the public script of the custom device does, over TCP, with its segments and events.</summary>
internal sealed class ScriptedEmulator : IDisposable
{
    private readonly TcpClient _client = new();
    private readonly NetworkStream _stream;
    private readonly byte[] _send = new byte[512];
    private readonly byte[] _receive = new byte[512];
    private readonly Queue<byte> _bytes = new();

    public ScriptedEmulator(IPEndPoint hub, bool hello = true)
    {
        _client.NoDelay = true;
        _client.Connect(hub);
        _stream = _client.GetStream();
        _stream.ReadTimeout = 20_000;
        if (hello)
        {
            Assert.Equal(0, Ask(4, 0, 0x7F000001));
            Assert.Equal(2, Version);
            Assert.Empty(Events);
            Post(0xFF);
        }
    }

    /// <summary>What the hub said of the protocol.</summary>
    public int Version { get; private set; }

    /// <summary>Events that were no bytes.</summary>
    public List<(int Event, int Argument)> Events { get; } = [];


    /// <summary>Sends a command frame as the script does.</summary>
    /// <returns>ACK, NAK or 0, and the bytes that are to be written.</returns>
    public (byte Answer, int Write) Command(byte device, byte command, ushort aux = 0)
    {
        Post(0x11);
        SendBlock(Emulator.FrameOf(device, command, aux));
        return Sync(0x18, 0);
    }

    /// <summary>Sends a command until a device takes it: as an Atari does that is quicker than the FujiNet.</summary>
    public (byte Answer, int Write) CommandUntilTaken(byte device, byte command, ushort aux = 0)
    {
        (byte Answer, int Write) answer;
        int tries = 0;
        while ((answer = Command(device, command, aux)).Answer == 0)
        {
            Assert.True(++tries < 10_000, "Nobody answers.");
        }

        return answer;
    }

    /// <summary>Reads: the answer, data and checksum behind the ACK.</summary>
    public byte[] Read(byte device, byte command, ushort aux, int length)
    {
        Assert.Equal((byte)'A', CommandUntilTaken(device, command, aux).Answer);
        byte[] all = Take(length + 2);
        Assert.Equal((byte)'C', all[0]);
        Assert.Equal(FoldedChecksum.Of(all.AsSpan(1, length)), all[^1]);
        return all[1..^1];
    }

    /// <summary>Writes data.</summary>
    /// <returns>What the device says at the end.</returns>
    public byte Write(byte device, byte command, ushort aux, byte[] data)
    {
        var (answer, write) = CommandUntilTaken(device, command, aux);
        Assert.Equal(((byte)'A', data.Length + 1), (answer, write));
        foreach (byte[] block in data.Chunk(65))
        {
            SendBlock(block);
        }

        Assert.Equal((byte)'A', Sync(0x09, FoldedChecksum.Of(data)).Answer);
        return Take(1)[0];
    }

    public void SendBlock(byte[] block)
    {
        block.CopyTo(_receive, 0);
        Assert.Equal(0, Ask(7, 0x02, block.Length));
    }

    public void Post(int script, int argument = 0) => Send(8, script, argument);

    /// <summary>A question of the script, or a reset.</summary>
    public int Ask(byte command, int first, int second)
    {
        Send(command, first, second);
        int? result;
        do
        {
            result = Serve();
        }
        while (result is null);
        return result.Value;
    }

    public void SendRaw(byte[] bytes) => _stream.Write(bytes);

    /// <summary>Waits until the hub has closed the connection.</summary>
    public void ExpectEnd()
    {
        try
        {
            byte[] rest = new byte[256];
            while (_stream.Read(rest) > 0)
            {
                // What was on its way.
            }
        }
        catch (IOException)
        {
            // So it can end too.
        }
    }

    /// <summary>Waits for an event.</summary>
    public void Until(int script, int? argument = null)
    {
        while (!Events.Exists(seen => seen.Event == script && seen.Argument == (argument ?? seen.Argument)))
        {
            Serve();
        }
    }

    /// <summary>Waits for bytes.</summary>
    public byte[] Take(int count)
    {
        while (_bytes.Count < count)
        {
            Serve();
        }

        return [.. Enumerable.Range(0, count).Select(_ => _bytes.Dequeue())];
    }

    public void Dispose() => _client.Dispose();

    private (byte Answer, int Write) Sync(int script, int argument)
    {
        int answer = Ask(7, script, argument);
        if (answer == 0)
        {
            return default;
        }

        Assert.Equal(0x81, answer & 0xFF);
        Post(0x100);
        return ((byte)(answer >> 8), answer >> 16);
    }

    private void Send(byte command, int first, int second)
    {
        byte[] bytes = new byte[17];
        bytes[0] = command;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(1), first);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(5), second);
        _stream.Write(bytes);
    }

    // Takes one thing that the hub sends.
    private int? Serve()
    {
        switch (ReadBytes(1)[0])
        {
            case 1:
                return BinaryPrimitives.ReadInt32LittleEndian(ReadBytes(4));
            case 6:
                byte[] read = ReadBytes(9);
                Assert.Equal(1, read[0]);
                _stream.Write(_receive.AsSpan(BinaryPrimitives.ReadInt32LittleEndian(read.AsSpan(1)), BinaryPrimitives.ReadInt32LittleEndian(read.AsSpan(5))));
                break;
            case 7:
                byte[] written = ReadBytes(9);
                Assert.Equal(0, written[0]);
                ReadBytes(BinaryPrimitives.ReadInt32LittleEndian(written.AsSpan(5))).CopyTo(_send, BinaryPrimitives.ReadInt32LittleEndian(written.AsSpan(1)));
                break;
            case 9:
                byte[] called = ReadBytes(8);
                OnInterrupt(BinaryPrimitives.ReadInt32LittleEndian(called), BinaryPrimitives.ReadInt32LittleEndian(called.AsSpan(4)));
                break;
            case 10:
                byte[] names = [3, 0, 0, 0, 8, 0, 0, 0, .. "txbuffer"u8, 8, 0, 0, 0, .. "rxbuffer"u8, 10, 0, 0, 0, .. "textbuffer"u8];
                _stream.Write(names);
                break;
            case 12:
                Version = ReadBytes(1)[0];
                break;
            case var unknown:
                Assert.Fail($"The hub sends {unknown:X2}.");
                break;
        }

        return null;
    }

    private void OnInterrupt(int first, int second)
    {
        int script = first & 0x1FF;
        int compact = (first >> 9) & 0x7F;
        byte[]? bytes = script switch
        {
            0x01 => [(byte)second],
            0x101 when compact > 0 => [.. BitConverter.GetBytes((short)(first >> 16)).Concat(BitConverter.GetBytes(second)).Take(compact)],
            0x101 => _send[..second],
            _ => null,
        };
        if (bytes is null)
        {
            Events.Add((script, second));
            return;
        }

        Array.ForEach(bytes, _bytes.Enqueue);
        Post(0x100);
    }

    private byte[] ReadBytes(int count)
    {
        byte[] bytes = new byte[count];
        _stream.ReadExactly(bytes);
        return bytes;
    }
}
