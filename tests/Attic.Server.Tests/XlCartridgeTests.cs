namespace Attic.Server.Tests;

/// <summary>A flash cartridge in a session, whose file is open as long as it is in.</summary>
[Collection(XlServer.Collection)]
public class XlCartridgeTests
{
    [SkippableFact]
    public async Task A_flash_cartridge_is_attached_again_brought_back_by_a_state_and_free_when_it_is_out()
    {
        await using var server = await XlServer.OpenAsync();
        string cartridge = await server.UploadAsync("/sdcard/cartridges/flash.car", Atarimax());
        await server.StartAsync();
        for (int times = 0; times < 2; times++)
        {
            var attached = await server.DoAsync("media/cartridge/attach", $$""","cartridge_id":"{{cartridge}}" """);
            Assert.Equal("applied", (string)attached["result"]!);
        }

        await server.WaitForTextAsync("FLASH");
        string saved = (string)(await server.DoAsync("engine/state/save"))["snapshot_id"]!;
        Assert.Equal(cartridge, (string)(await server.DoAsync("media/cartridge/eject"))["ejected_cartridge_id"]!);
        await server.WaitForTextAsync("READY");
        await server.DoAsync("engine/state/restore", $$""","snapshot_id":"{{saved}}","resume_mode":"running" """);
        await server.WaitForTextAsync("FLASH");
        await server.DoAsync("media/cartridge/eject", ""","reset":true""");
        using var free = File.Open(Path.Combine(server.Card, "cartridges", "flash.car"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.Equal(16 + (128 * 1024), free.Length);
    }

    // 128 KB whose first bank shows a word at the top of the screen: ldy #4; lda text,y; sta ($58),y; dey; bpl; jmp *
    private static byte[] Atarimax()
    {
        byte[] rom = new byte[128 * 1024];
        Array.Fill(rom, (byte)0xFF);
        byte[] code = [0xA0, 4, 0xB9, 0x0D, 0xA0, 0x91, 0x58, 0x88, 0x10, 0xF8, 0x4C, 0x0A, 0xA0, .. "FLASH".Select(letter => (byte)(letter - 32)), 0x60];
        code.CopyTo(rom, 0);
        byte[] footer = [0x00, 0xA0, 0x00, 0x04, 0x12, 0xA0];
        footer.CopyTo(rom, 0x1FFA);
        uint sum = (uint)rom.Sum(value => (long)value);
        return [.. "CART"u8, 0, 0, 0, 41, (byte)(sum >> 24), (byte)(sum >> 16), (byte)(sum >> 8), (byte)sum, 0, 0, 0, 0, .. rom];
    }
}
