using Microsoft.Playwright;

namespace Attic.Page.Tests;

/// <summary>What a visitor sees, does and hears.</summary>
public sealed class MachineInThePageTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [SkippableTheory]
    [InlineData("?fps=10")]
    [InlineData("?fps=10&flat")]
    public async Task The_boot_screen_moves(string query)
    {
        await using var engine = await Engine.StartAsync();
        await using var page = await MachinePage.OpenAsync(browser.Browser, engine, query);
        await page.LookAsync();
        await page.Page.ClickAsync("#reset");
        await page.Page.ClickAsync("[data-reset=cold]"); // the page is up now and misses nothing
        var first = await page.WaitForPictureAsync(picture => picture.Colours > 2);
        var second = await page.WaitForPictureAsync(picture => picture.Hash != first.Hash);
        await page.WaitForPictureAsync(picture => picture.Hash != first.Hash && picture.Hash != second.Hash);
        Assert.Equal((640, 400), (first.Width, first.Height));

        // 640 samples to 400 lines, each sample 59/64 as wide as it is high.
        var box = await page.Page.Locator("#screen").BoundingBoxAsync();
        Assert.InRange(box!.Width / box.Height, 1.46, 1.49);
        Assert.Empty(page.Errors);
    }

    [SkippableFact]
    public async Task An_XL_has_its_keys_and_starts_a_program_that_is_dropped_on_its_picture()
    {
        await using var engine = await Engine.StartAsync(machine: "atari_xl");
        await using var page = await MachinePage.OpenAsync(browser.Browser, engine);
        await page.WaitForPictureAsync(picture => picture.Colours > 1);
        await page.Page.Locator("#console button[data-code=F4]").WaitForAsync();
        Assert.Equal("D1", await page.Page.Locator(".drive[data-drive=A] .slot b").TextContentAsync());
        await page.DropAsync("red.lst", "10 POKE 710,52\n20 GOTO 20\n"u8.ToArray());
        await page.WaitAsync("() => /BASIC is on/.test(document.getElementById('toasts').textContent)");
        await page.WaitAsync("() => document.querySelector('.drive[data-drive=A] .disk').textContent === 'red.lst'");
        Assert.Empty(page.Errors);
    }

    [SkippableFact]
    public async Task What_is_typed_reaches_the_machine()
    {
        await using var engine = await Engine.StartAsync();
        await using var page = await MachinePage.OpenAsync(browser.Browser, engine);
        await page.WaitForPromptAsync();
        var before = await page.LookAsync();
        await page.CaptureAsync();
        await page.Page.Keyboard.TypeAsync("mmmmmmmmmmmmmmmmmmmm", new KeyboardTypeOptions { Delay = 60 });

        // Twenty letters are far more ink than a cursor.
        await page.WaitForPictureAsync(picture => picture.Dark > before.Dark + 600);
        await page.WaitAsync("() => / ms/.test(document.getElementById('status').textContent)");
        Assert.Empty(page.Errors);
    }

    [SkippableFact]
    public async Task Escape_twice_gives_the_keyboard_back()
    {
        await using var engine = await Engine.StartAsync();
        await using var page = await MachinePage.OpenAsync(browser.Browser, engine);
        await page.WaitForPromptAsync();
        await page.CaptureAsync();
        await page.Page.EvaluateAsync("() => document.exitPointerLock()");
        await page.Page.Keyboard.PressAsync("Escape");
        await page.Page.Keyboard.PressAsync("Escape");
        await page.WaitAsync("() => !attic.input.captured");
        await page.Page.WaitForSelectorAsync("#hint:not([hidden])");
    }

    [SkippableFact]
    public async Task A_dropped_disk_is_in_drive_A_until_it_is_ejected()
    {
        await using var engine = await Engine.StartAsync();
        await using var page = await MachinePage.OpenAsync(browser.Browser, engine);
        await page.WaitForPromptAsync();
        byte[] disk = TestDisk.WithFile("HELLO.TXT");
        await page.DropAsync("My Disk.st", disk);
        await page.Page.WaitForSelectorAsync(".drive[data-drive=A].loaded");
        Assert.Equal("My Disk.st", await page.Page.TextContentAsync(".drive[data-drive=A] .disk"));
        Assert.Equal(disk, await File.ReadAllBytesAsync(Path.Combine(engine.Disks, "My Disk.st")));

        // One that comes later sees it too.
        await using (var other = await MachinePage.OpenAsync(browser.Browser, engine))
        {
            await other.WaitAsync("() => document.querySelector('.drive[data-drive=A] .disk').textContent === 'My Disk.st'");
        }

        await page.Page.ClickAsync(".drive[data-drive=A] .eject");
        await page.Page.WaitForSelectorAsync(".drive[data-drive=A]:not(.loaded)");
        Assert.Empty(page.Errors);
    }

    [SkippableFact]
    public async Task A_file_that_is_no_disk_is_refused_in_words()
    {
        await using var engine = await Engine.StartAsync();
        await using var page = await MachinePage.OpenAsync(browser.Browser, engine);
        await page.LookAsync();
        await page.DropAsync("broken.st", new byte[1234]);
        await page.Page.WaitForSelectorAsync(".toast.bad");
        Assert.Equal("empty", await page.Page.TextContentAsync(".drive[data-drive=A] .disk"));
    }

    [SkippableFact]
    public async Task Ten_seconds_of_a_tone_have_its_pitch_and_no_gap()
    {
        await using var engine = await Engine.StartAsync();
        await using var page = await MachinePage.OpenAsync(browser.Browser, engine, "?fps=1");
        await page.LookAsync();
        await page.DropAsync("tone.st", TestDisk.Tone());
        await page.Page.WaitForSelectorAsync(".drive[data-drive=A].loaded");
        await page.Page.ClickAsync("#reset"); // the first gesture: sound begins
        await page.Page.ClickAsync("[data-reset=cold]");
        await page.WaitAsync("() => attic.audio.health?.playing");

        var (samples, rate) = await RecordAsync(page, seconds: 10);
        var tone = new Tone(samples, rate);
        Assert.InRange(samples.Length / rate, 9.9, 12);
        Assert.InRange(tone.Frequency, TestDisk.ToneFrequency * 0.999, TestDisk.ToneFrequency * 1.001);
        Assert.InRange(tone.Extremes.Shortest, 0.93, 1);
        Assert.InRange(tone.Extremes.Longest, 1, 1.07);
    }

    [SkippableFact]
    public async Task A_paused_machine_stands_still_and_goes_on()
    {
        await using var engine = await Engine.StartAsync();
        await using var page = await MachinePage.OpenAsync(browser.Browser, engine);
        await page.LookAsync();
        await page.Page.ClickAsync("#pause");
        await page.Page.WaitForSelectorAsync("#resume:not([hidden])");
        long frozen = await CyclesAsync(page.Page);
        await page.Page.EvaluateAsync("() => attic.session.refresh()");
        Assert.Equal(frozen, await CyclesAsync(page.Page));
        await page.Page.ClickAsync("#resume");
        await page.WaitAsync("frozen => attic.session.state === 'running' && attic.session.status.cycle_counter > frozen", frozen);
    }

    [SkippableFact]
    public async Task A_saved_state_brings_the_picture_back()
    {
        await using var engine = await Engine.StartAsync();
        await using var page = await MachinePage.OpenAsync(browser.Browser, engine);
        await page.WaitForPromptAsync();
        await page.Page.ClickAsync("#state");
        await page.Page.FillAsync("#state-name", "at the prompt");
        await page.Page.ClickAsync("#state-save");
        await page.Page.WaitForSelectorAsync("#state-list button");
        await page.Page.ClickAsync("#state-dialog menu button");
        await page.Page.ClickAsync("#reset");
        await page.Page.ClickAsync("[data-reset=cold]");
        await page.WaitForPictureAsync(picture => picture.White < 0.9);
        await page.Page.ClickAsync("#state");
        await page.Page.ClickAsync("#state-list button:has-text('at the prompt')");
        await page.WaitForPromptAsync();
        Assert.Empty(page.Errors);
    }

    private static Task<long> CyclesAsync(IPage page) => page.EvaluateAsync<long>("() => attic.session.status.cycle_counter");

    // On a host that is too busy to play in real time the buffer runs dry, and the page counts it: such a recording says
    // nothing about the page and is made again.
    private static async Task<(float[] Samples, double Rate)> RecordAsync(MachinePage page, int seconds)
    {
        const int Attempts = 8;
        for (int attempt = 1; ; attempt++)
        {
            // Settled: the tone plays, and nothing was missed for three seconds.
            await page.WaitAsync(
                """
                () => {
                  const health = attic.audio.health;
                  const missed = health.underruns + health.skips;
                  const now = performance.now();
                  if (window.missed !== missed) { window.missed = missed; window.missedAt = now; }
                  return health.playing && now - window.missedAt > 3000;
                }
                """);
            var recording = await page.Page.EvaluateAsync<Recording>(
                """
                async (seconds) => {
                  const missed = () => attic.audio.health.underruns + attic.audio.health.skips;
                  const before = missed();
                  await attic.audio.startRecording();
                  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
                  const { rate, samples } = await attic.audio.stopRecording();
                  await new Promise((resolve) => setTimeout(resolve, 600));
                  const left = new Float32Array(samples.length / 2).map((_, i) => samples[2 * i]);
                  let text = "";
                  const bytes = new Uint8Array(left.buffer);
                  for (let i = 0; i < bytes.length; i += 4096) text += String.fromCharCode(...bytes.subarray(i, i + 4096));
                  return { rate, missed: missed() - before, left: btoa(text) };
                }
                """,
                seconds);
            if (recording.Missed == 0)
            {
                byte[] bytes = Convert.FromBase64String(recording.Left);
                var samples = new float[bytes.Length / sizeof(float)];
                Buffer.BlockCopy(bytes, 0, samples, 0, bytes.Length);
                return (samples, recording.Rate);
            }

            Assert.True(attempt < Attempts, "This host is too busy to play ten seconds without a gap.");
        }
    }

    private sealed record Recording
    {
        public double Rate { get; init; }

        public int Missed { get; init; }

        public string Left { get; init; } = string.Empty;
    }
}
