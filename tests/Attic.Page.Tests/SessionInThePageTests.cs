namespace Attic.Page.Tests;

/// <summary>The page without a machine, and when its engine goes and returns.</summary>
public sealed class SessionInThePageTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [SkippableFact]
    public async Task Without_a_machine_the_page_offers_to_start_one()
    {
        await using var engine = await Engine.StartAsync(session: false);
        await using var page = await MachinePage.OpenAsync(browser.Browser, engine);
        await page.WaitAsync("() => document.querySelectorAll('#start-profile option').length >= 4 && document.querySelectorAll('#start-rom option').length >= 1");
        await page.Page.SelectOptionAsync("#start-profile", "st_520_ntsc");
        await page.Page.ClickAsync("#start button");
        await page.WaitAsync("() => attic.session.state === 'running' && attic.session.status.profile === 'st_520_ntsc'");
        await page.WaitForPictureAsync(picture => picture.Colours > 2);

        await page.Page.ClickAsync("#reset");
        await page.Page.ClickAsync("#stop");
        await page.Page.WaitForSelectorAsync("#start:not([hidden])");
    }

    [SkippableFact]
    public async Task The_page_waits_for_an_engine_that_went_and_goes_on_when_it_is_back()
    {
        await using var engine = await Engine.StartAsync();
        await using var page = await MachinePage.OpenAsync(browser.Browser, engine);
        await page.LookAsync();
        string session = await page.Page.EvaluateAsync<string>("() => attic.session.id");
        int port = await engine.StopAsync();
        await page.WaitAsync("() => attic.session.link === 'offline'");
        await engine.RestartAsync(port);
        await page.WaitAsync("old => attic.session.state === 'running' && attic.session.id !== old && attic.video.rate > 0", session);
    }

    [SkippableFact]
    public async Task On_a_phone_everything_stays_within_the_screen()
    {
        await using var engine = await Engine.StartAsync();
        await using var page = await MachinePage.OpenAsync(browser.Browser, engine);
        await page.Page.SetViewportSizeAsync(360, 640);
        await page.LookAsync();
        Assert.True(await page.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth && document.documentElement.scrollHeight <= innerHeight"));
        var box = await page.Page.Locator("#screen").BoundingBoxAsync();
        Assert.InRange(box!.X + box.Width, 200, 360);
    }
}
