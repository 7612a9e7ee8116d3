using Microsoft.Playwright;

namespace Attic.Page.Tests;

/// <summary>The XL's own BASIC and DOS in the hands of a visitor.</summary>
public sealed class BasicInThePageTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Program = "10 POKE 710,52:POKE 712,52\n20 GOTO 20\n";

    [SkippableFact]
    public async Task A_typed_program_is_saved_survives_a_cold_start_loads_and_runs()
    {
        await using var engine = await Engine.StartAsync(machine: "atari_xl");
        await using var page = await MachinePage.OpenAsync(browser.Browser, engine, "?fps=10");
        await page.DropAsync("work.atr", await File.ReadAllBytesAsync(Path.Combine(Engine.SourceRoot(), "firmware", "xl", "attic-dos.atr")));
        await page.WaitAsync("() => document.querySelector('.drive[data-drive=A]').matches('.loaded')");
        await page.CaptureAsync();
        await TypeWhenHeardAsync(page, Program + "SAVE \"D:RED.BAS\"\n");
        string disk = Path.Combine(engine.Disks, "work.atr");
        await page.WaitForAsync(() => IsOnDiskAsync(disk), "the program on the disk");

        await page.Page.ClickAsync("#reset");
        await page.Page.ClickAsync("[data-reset=cold]");
        await page.CaptureAsync();
        await TypeWhenHeardAsync(page, "RUN \"D:RED.BAS\"\n");
        await page.WaitForPictureAsync(picture => picture.Red > 0.9);
        Assert.Empty(page.Errors);
    }

    // A directory entry of DOS 2: flags, sectors, first sector, name; flags of $43 while the file is being written.
    private static async Task<bool> IsOnDiskAsync(string disk)
    {
        const int NameOffset = 5;
        const byte InUse = 0x42;
        byte[] image = await File.ReadAllBytesAsync(disk);
        int name = image.AsSpan().IndexOf("RED     BAS"u8);
        return name >= NameOffset && image[name - NameOffset] == InUse;
    }

    // The boot screen moves by itself; behind it only the editor moves the cursor at a space, which before a line means nothing.
    private static async Task TypeWhenHeardAsync(MachinePage page, string text)
    {
        await page.WaitForAsync(
            async () =>
            {
                int before = (await page.LookAsync()).Hash;
                await page.Page.WaitForTimeoutAsync(1000);
                int still = (await page.LookAsync()).Hash;
                await page.Page.Keyboard.PressAsync("Space", new KeyboardPressOptions { Delay = 60 });
                await page.Page.WaitForTimeoutAsync(500);
                return still == before && (await page.LookAsync()).Hash != still;
            },
            "the cursor to move");
        foreach (char letter in text)
        {
            // A US keyboard's keys, as a person presses them.
            string key = letter switch { '"' => "Shift+Quote", ':' => "Shift+Semicolon", '\n' => "Enter", _ => $"{letter}" };
            await page.Page.Keyboard.PressAsync(key, new KeyboardPressOptions { Delay = 60 });
        }
    }
}
