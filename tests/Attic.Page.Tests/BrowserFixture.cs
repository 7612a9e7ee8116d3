using Microsoft.Playwright;

namespace Attic.Page.Tests;

/// <summary>Debian's Chromium, driven by Playwright; started once for all tests of a class.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The browser; skips the test where there is none.</summary>
    public IBrowser Browser
    {
        get
        {
            Skip.If(_browser is null, "Chromium is not installed. To run this test: sudo apt-get install -y chromium (or set CHROMIUM to its path)");
            return _browser!;
        }
    }

    public async Task InitializeAsync()
    {
        if (FindChromium() is not { } chromium)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            Args =
            [
                "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--autoplay-policy=document-user-activation-required",
                .. Environment.IsPrivilegedProcess ? ["--no-sandbox"] : Array.Empty<string>(),
            ],
        });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    private static string? FindChromium()
    {
        string? named = Environment.GetEnvironmentVariable("CHROMIUM");
        string[] places = [named ?? string.Empty, "/usr/bin/chromium", "/usr/bin/chromium-browser"];
        return places.FirstOrDefault(File.Exists);
    }
}
