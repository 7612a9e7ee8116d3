namespace Attic.Page.Tests;

/// <summary>Files that a visitor drops on the picture, and the list of devices.</summary>
public sealed class DroppedFilesTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [SkippableFact]
    public async Task A_file_that_is_dropped_chooses_machine_and_standard_and_what_ran_is_kept()
    {
        await using var engine = await Engine.StartAsync();
        await using var page = await MachinePage.OpenAsync(browser.Browser, engine);
        await page.LookAsync();
        await page.DropAsync("game (PAL).xex", DroppedSamples.Xex());
        await SaidAsync(page, "says PAL");
        await SaidAsync(page, "kept among the states");
        await ShowsAsync(page, "PROG");
        await page.WaitAsync("() => attic.session.status?.profile === 'xl_800_pal'");

        // What the browser says of requests that were under way for the machine that went is no matter here.
        Assert.DoesNotContain(page.Errors, error => error.Contains("TypeError", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Each_kind_of_file_starts_and_says_what_it_was_taken_for()
    {
        await using var engine = await Engine.StartAsync(machine: "atari_xl");
        await using var page = await MachinePage.OpenAsync(browser.Browser, engine);
        await page.LookAsync();
        foreach (var (name, content, said, shown) in ((string, byte[], string, string)[])[
            ("a.atr", DroppedSamples.Atr(), "BASIC is off", "DISK"),
            ("b.atx", DroppedSamples.Atx(), "BASIC is off", "TURN"),
            ("c.bas", DroppedSamples.Bas(), "BASIC is on", "BASE"),
            ("d.lst", DroppedSamples.Lst(), "BASIC is on", "LIST"),
            ("e.xex", DroppedSamples.Xex(), "its loader switches BASIC off", "PROG"),
            ("f.car", DroppedSamples.Car(), "is a cartridge", "CART")])
        {
            await page.DropAsync(name, content);
            await SaidAsync(page, said);
            await ShowsAsync(page, shown);
        }

        await page.DropAsync("g.cas", DroppedSamples.Cas());
        await SaidAsync(page, "is a cassette");
        await SaidAsync(page, "Press Return after the beep");
        await page.WaitAsync("() => attic.session.status.media.cassette_id !== null");
        Assert.Empty(page.Errors);
    }

    [SkippableFact]
    public async Task The_list_of_devices_has_all_drives_with_locks_the_cartridge_the_tape_and_the_printer()
    {
        await using var engine = await Engine.StartAsync(machine: "atari_xl");
        await using var page = await MachinePage.OpenAsync(browser.Browser, engine);
        await page.LookAsync();
        await page.Page.ClickAsync("#devices-button");
        string[] expected = ["D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8", "Cart", "Tape", "Print"];
        Assert.Equal(expected, await page.Page.Locator(".device b").AllTextContentsAsync());

        // A disk in the last drive, chosen by hand, and its lock.
        await page.Page.ClickAsync("[data-device=D8] .what");
        await page.Page.SetInputFilesAsync("#disk-file", new Microsoft.Playwright.FilePayload { Name = "notes.atr", MimeType = "application/octet-stream", Buffer = DroppedSamples.Atr() });
        await page.WaitAsync("() => document.querySelector('[data-device=D8] .what')?.textContent === 'notes.atr'");
        Assert.Equal("false", await page.Page.GetAttributeAsync("[data-device=D8] .lock", "aria-pressed"));
        await page.Page.ClickAsync("[data-device=D8] .lock");
        await page.WaitAsync("() => document.querySelector('[data-device=D8] .lock')?.getAttribute('aria-pressed') === 'true'");

        // An empty tape, RECORD pressed.
        await page.Page.ClickAsync("[data-device=Tape] [aria-label='Put an empty tape in']");
        await page.WaitAsync("() => document.querySelector('[data-device=Tape] .what').textContent === 'tape.cas'");
        await page.Page.ClickAsync("[data-device=Tape] [data-key=record]");
        await page.WaitAsync("() => document.querySelector('[data-device=Tape] [data-key=record]').getAttribute('aria-pressed') === 'true'");
        await page.WaitAsync("() => /nothing printed/.test(document.querySelector('[data-device=Print] .what').textContent)");
        await page.Page.ClickAsync("[data-device=D8] [aria-label='Eject the disk in drive D8']");
        await page.WaitAsync("() => document.querySelector('[data-device=D8] .what')?.textContent === 'empty'");
        Assert.Empty(page.Errors);
    }

    [SkippableFact]
    public async Task What_was_printed_is_downloaded_as_text()
    {
        await using var engine = await Engine.StartAsync(machine: "atari_xl");
        await using var page = await MachinePage.OpenAsync(browser.Browser, engine);
        await page.LookAsync();
        await page.DropAsync("print.lst", "10 LPRINT \"HELLO\"\n20 PRINT \"DO\";\"NE\"\n"u8.ToArray());
        await ShowsAsync(page, "DONE");
        await page.Page.ClickAsync("#devices-button");
        await page.WaitAsync("() => document.querySelector('[data-device=Print] .what').textContent === '1 line'");
        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.ClickAsync("[data-device=Print] [aria-label^=Download]"));
        Assert.Equal("HELLO\n", await File.ReadAllTextAsync((await download.PathAsync())!));
        Assert.Empty(page.Errors);
    }

    private static Task SaidAsync(MachinePage page, string text) =>
        page.WaitAsync("text => document.getElementById('toasts').textContent.includes(text)", text);

    private static Task ShowsAsync(MachinePage page, string text) => page.WaitForAsync(
        async () => (await page.Page.EvaluateAsync<string>("async () => (await (await fetch('api/v2/engine/screen')).json()).data?.text ?? ''"))
            .Contains(text, StringComparison.Ordinal),
        text);
}
