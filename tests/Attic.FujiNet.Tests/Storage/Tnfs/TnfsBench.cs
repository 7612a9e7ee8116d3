using System.Buffers.Binary;
using System.Net;
using System.Text;
using Attic.FujiNet.Storage.Tnfs;

namespace Attic.FujiNet.Tests.Storage.Tnfs;

/// <summary>A folder, its service and a client that counts its packets.</summary>
internal sealed class TnfsBench : IDisposable
{
    private byte _sequence;

    public TnfsBench(TnfsLimits? limits = null)
    {
        Folder = Directory.CreateTempSubdirectory("attic-tnfs-").FullName;
        Service = new TnfsService(Folder, limits);
    }

    public string Folder { get; }

    public TnfsService Service { get; }

    public ushort Session { get; set; }

    public static byte[] Text(string text) => [.. Encoding.UTF8.GetBytes(text), 0];

    public static byte[] Word(int value) => [(byte)value, (byte)(value >> 8)];

    public TnfsBench Put(string path, string content)
    {
        string file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        return this;
    }

    public TnfsBench Mount(string path = "/")
    {
        byte[] reply = Service.Answer(Request(0, TnfsCommand.Mount, [1, 2, .. Text(path), 0, 0]), IPAddress.Loopback);
        Assert.Equal((byte)TnfsResult.Ok, reply[4]);
        Session = BinaryPrimitives.ReadUInt16LittleEndian(reply);
        return this;
    }

    public byte[] Send(TnfsCommand command, params byte[] payload) => Service.Answer(Request(Session, command, payload), IPAddress.Loopback)[4..];

    public TnfsResult Result(TnfsCommand command, params byte[] payload) => (TnfsResult)Send(command, payload)[0];

    public byte[] Request(ushort session, TnfsCommand command, byte[] payload)
    {
        byte[] packet = new byte[TnfsHeader.Length + payload.Length];
        new TnfsHeader(session, ++_sequence, command).Write(packet);
        payload.CopyTo(packet, TnfsHeader.Length);
        return packet;
    }

    public void Dispose()
    {
        Service.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
