using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Attic.FujiNet.Tests.Atari;

/// <summary>R1: from BASIC without a handler: SIO by USR, then bytes by POKEY in concurrent mode.</summary>
public class ModemFromBasicTests
{
    private static readonly string[] s_program =
    [
        "10 FOR I=1536 TO 1540:READ A:POKE I,A:NEXT I:DATA 104,32,89,228,96",
        "20 FOR I=768 TO 779:READ A:POKE I,A:NEXT I:DATA 80,1,88,64,128,6,7,0,9,0,3,0",
        "30 X=USR(1536):IF PEEK(771)<>1 THEN ? \"SIO \";PEEK(771):END",
        "40 FOR I=0 TO 8:POKE 53760+I,PEEK(1664+I):NEXT I:POKE 53775,115",
        "50 FOR I=1 TO LEN(A$):POKE 53773,ASC(A$(I)):NEXT I",
        "60 IF PEEK(53773)<>33 THEN 60",
        "70 A$=\"FROM THE XL\":A$(12)=CHR$(155):FOR I=1 TO 12:POKE 53773,ASC(A$(I)):NEXT I:? \"CALL\";\"ED\"",
    ];

    [Fact]
    public async Task BASIC_dials_a_host_and_speaks_with_it()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        using var xl = new FujiXl(configure: config => config.Devices.Modem = true);
        xl.Until("READY");
        int port = ((IPEndPoint)server.LocalEndpoint).Port;
        xl.Type($"DIM A$(40):A$=\"ATDT127.0.0.1:{port}\":A$(LEN(A$)+1)=CHR$(13)\n");
        foreach (string line in s_program)
        {
            xl.Type(line + "\n");
        }

        xl.Type("GOTO 10\n");
        var call = server.AcceptTcpClientAsync();
        for (int frame = 0; frame < 3000 && !call.IsCompleted; frame++)
        {
            xl.Computer.Machine.RunFrame();
            xl.Computer.Machine.Audio.Clear();
        }

        using var peer = await call;
        await peer.GetStream().WriteAsync("!"u8.ToArray());
        xl.Until("CALLED", frames: 20_000);
        byte[] came = new byte[12];
        await peer.GetStream().ReadExactlyAsync(came);
        Assert.Equal("FROM THE XL\x9B", Encoding.Latin1.GetString(came));
    }
}
