using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Attic.FujiNet.Tests.Atari;

/// <summary>R1: from BASIC: by the FujiNet's handler, and without one, with SIO by USR and bytes by POKEY.</summary>
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

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_R_handler_comes_at_the_start_beside_N_and_carries_a_call(bool foreign)
    {
        string? roms = Environment.GetEnvironmentVariable("ATTIC_XL_ROMS");
        Skip.If(foreign && roms is null, "Set ATTIC_XL_ROMS to a folder with ATARIXL.ROM and ATARIBAS.ROM, for instance AltirraOS and Altirra BASIC.");
        byte[]? rom = foreign ? [.. File.ReadAllBytes(Path.Combine(roms!, "ATARIXL.ROM")), .. File.ReadAllBytes(Path.Combine(roms!, "ATARIBAS.ROM"))] : null;
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        using var xl = new FujiXl(rom, configure: config => config.Devices.Modem = true);
        xl.Until(foreign ? "Ready" : "READY");
        int port = ((IPEndPoint)server.LocalEndpoint).Port;
        string[] program =
        [
            "10 OPEN #1,13,0,\"R:\":XIO 36,#1,15,0,\"R:\":XIO 40,#1,0,0,\"R:\"",
            $"20 PRINT #1;\"ATDT127.0.0.1:{port}\"",
            "30 GET #1,A:IF A<>33 THEN 30",
            "40 PRINT #1;\"FROM THE XL\"",
            "50 INPUT #1,A$:STATUS #1,A:PRINT A$;PEEK(747):CLOSE #1:PRINT \"CLO\";\"SED\"",
        ];
        foreach (string line in program)
        {
            xl.Type(line + "\n");
        }

        xl.Type("DIM A$(40):GOTO 10\n");
        using var peer = await CallAsync(xl, server);
        await peer.GetStream().WriteAsync("!"u8.ToArray());
        byte[] came = new byte[12];
        var read = peer.GetStream().ReadExactlyAsync(came).AsTask();
        RunUntil(xl, () => read.IsCompleted);
        await read;
        Assert.Equal("FROM THE XL\r", Encoding.Latin1.GetString(came));
        await peer.GetStream().WriteAsync("AND BACK\r"u8.ToArray());
        xl.Until("CLOSED", frames: 20_000);
        Assert.Contains("AND BACK0", xl.Computer.Screen, StringComparison.Ordinal);
    }

    private static void RunUntil(FujiXl xl, Func<bool> done)
    {
        for (int frame = 0; frame < 20_000 && !done(); frame++)
        {
            xl.Computer.Machine.RunFrame();
            xl.Computer.Machine.Audio.Clear();
        }

        Assert.True(done(), xl.Computer.Screen);
    }

    private static async Task<TcpClient> CallAsync(FujiXl xl, TcpListener server)
    {
        var call = server.AcceptTcpClientAsync();
        RunUntil(xl, () => call.IsCompleted);
        return await call;
    }

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
        using var peer = await CallAsync(xl, server);
        await peer.GetStream().WriteAsync("!"u8.ToArray());
        xl.Until("CALLED", frames: 20_000);
        byte[] came = new byte[12];
        await peer.GetStream().ReadExactlyAsync(came);
        Assert.Equal("FROM THE XL\x9B", Encoding.Latin1.GetString(came));
    }
}
