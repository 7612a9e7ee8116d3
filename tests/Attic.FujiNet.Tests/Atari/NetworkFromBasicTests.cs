using Attic.Firmware.Xl.Tests;

namespace Attic.FujiNet.Tests.Atari;

/// <summary>A BASIC program opens a page by N:, on our own system and on a foreign one.</summary>
public sealed class NetworkFromBasicTests
{
    private const string Program =
        "10 DIM L$(100):TRAP 60\n20 OPEN #1,4,2,\"N:HTTP://127.0.0.1:PORT/PAGE\"\n30 INPUT #1,L$:? L$:GOTO 30\n60 ? \"END \";PEEK(195):CLOSE #1\nRUN\n";

    [Fact]
    public void Our_system_loads_the_handler_at_its_start_and_prints_the_page()
    {
        using var page = new Page("HELLO FROM THE NET\nSECOND LINE\n");
        using var xl = new FujiXl().Until("READY");
        xl.Type(Program.Replace("PORT", $"{page.Port}", StringComparison.Ordinal)).Until("END 136");
        Assert.Contains("HELLO FROM THE NET", xl.Computer.Screen, StringComparison.Ordinal);
        Assert.Contains("SECOND LINE", xl.Computer.Screen, StringComparison.Ordinal);
        Assert.Equal("GET /PAGE HTTP/1.1", Assert.Single(page.Requests));
    }

    [Fact]
    public void A_page_that_is_missing_is_an_error_that_can_be_trapped()
    {
        using var page = new Page("not here");
        using var xl = new FujiXl().Until("READY");
        xl.Type(Program.Replace("PORT", $"{page.Port}", StringComparison.Ordinal).Replace("/PAGE", "/MISSING", StringComparison.Ordinal)).Until("END 170");
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_foreign_system_gets_the_handler_by_its_poll_and_from_the_boot_disk(bool boot)
    {
        string? roms = Environment.GetEnvironmentVariable("ATTIC_XL_ROMS");
        Skip.If(roms is null, "Set ATTIC_XL_ROMS to a folder with ATARIXL.ROM and ATARIBAS.ROM, for instance AltirraOS and Altirra BASIC.");
        byte[] rom = [.. File.ReadAllBytes(Path.Combine(roms, "ATARIXL.ROM")), .. File.ReadAllBytes(Path.Combine(roms, "ATARIBAS.ROM"))];
        using var page = new Page("HELLO FROM THE NET\n");
        using var xl = new FujiXl(rom, boot: boot);
        if (boot)
        {
            xl.Until("Q quit to BASIC").Type("Q");
        }

        xl.Until("Ready");
        xl.Type(Program.Replace("PORT", $"{page.Port}", StringComparison.Ordinal)).Until("END 136");
        Assert.Contains("HELLO FROM THE NET", xl.Computer.Screen, StringComparison.Ordinal);
    }
}
