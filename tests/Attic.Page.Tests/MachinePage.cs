using Microsoft.Playwright;

namespace Attic.Page.Tests;

/// <summary>The page in a browser, with the questions that tests ask it.</summary>
internal sealed class MachinePage : IAsyncDisposable
{
    // Generous: it only bounds how long a broken page holds up the tests.
    private const float Patience = 120_000;

    private const string PixelScript = """
        () => {
          const copy = window.attic?.video.copy();
          if (!copy) return null;
          const { data } = copy.getContext("2d").getImageData(0, 0, copy.width, copy.height);
          const colours = new Map();
          let hash = 0, red = 0;
          for (let i = 0; i < data.length; i += 4) {
            const colour = data[i] << 16 | data[i + 1] << 8 | data[i + 2];
            colours.set(colour, (colours.get(colour) ?? 0) + 1);
            hash = (Math.imul(hash, 31) + colour) | 0;
            if (data[i] > 2 * data[i + 1] && data[i] > 2 * data[i + 2]) red++;
          }
          return { hash, colours: colours.size, white: (colours.get(0xffffff) ?? 0) / (copy.width * copy.height), red: (red / (copy.width * copy.height)), dark: colours.get(0) ?? 0, width: copy.width, height: copy.height };
        }
        """;

    private readonly IBrowserContext _context;
    private readonly List<string> _errors = [];

    private MachinePage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.SetDefaultTimeout(Patience);
        page.PageError += (_, error) => _errors.Add(error);
        page.Console += (_, message) =>
        {
            if (string.Equals(message.Type, "error", StringComparison.Ordinal))
            {
                _errors.Add(message.Text);
            }
        };
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>What the browser complained about: exceptions, refused resources.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>Opens the page of an engine.</summary>
    /// <remarks>
    /// Playwright reads along every byte that a WebSocket carries, so most tests ask for few pictures; what they test is
    /// the same.
    /// </remarks>
    public static async Task<MachinePage> OpenAsync(IBrowser browser, Engine engine, string query = "?fps=5")
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 800, Height = 600 },
            AcceptDownloads = true,
        });
        var page = new MachinePage(context, await context.NewPageAsync());
        await page.Page.GotoAsync(engine.Url + query);
        return page;
    }

    /// <summary>What the last picture looks like.</summary>
    public async Task<PictureFacts> LookAsync()
    {
        await WaitAsync("() => window.attic?.video.copy() != null");
        return await Page.EvaluateAsync<PictureFacts>(PixelScript);
    }

    /// <summary>Waits until a script says so.</summary>
    public Task WaitAsync(string script, object? argument = null) =>
        Page.WaitForFunctionAsync(script, argument, new PageWaitForFunctionOptions { Timeout = Patience, PollingInterval = 100 });

    /// <summary>Waits for the shell of our ROM: a white screen with its prompt.</summary>
    public Task WaitForPromptAsync() => WaitForPictureAsync(picture => picture.White > 0.9);

    /// <summary>Waits until something outside the page is so.</summary>
    public async Task WaitForAsync(Func<Task<bool>> condition, string what)
    {
        var deadline = DateTime.UtcNow.AddMilliseconds(Patience);
        while (!await condition())
        {
            Assert.True(DateTime.UtcNow < deadline, $"Waited in vain for {what}.");
            await Page.WaitForTimeoutAsync(100);
        }
    }

    /// <summary>Waits until the picture is as wanted.</summary>
    public async Task<PictureFacts> WaitForPictureAsync(Func<PictureFacts, bool> wanted)
    {
        var deadline = DateTime.UtcNow.AddMilliseconds(Patience);
        while (true)
        {
            var picture = await LookAsync();
            if (wanted(picture))
            {
                return picture;
            }

            Assert.True(DateTime.UtcNow < deadline, $"The picture stayed another: {picture}.");
            await Page.WaitForTimeoutAsync(100);
        }
    }

    /// <summary>Clicks the picture and waits until the machine has the keyboard.</summary>
    public async Task CaptureAsync()
    {
        await Page.ClickAsync("#screen");
        await WaitAsync("() => attic.input.captured");
    }

    /// <summary>Drops a file on the picture.</summary>
    public Task DropAsync(string name, byte[] content) => Page.EvaluateAsync(
        """
        ({ name, content }) => {
          const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([bytes], name));
          const stage = document.getElementById("stage");
          stage.dispatchEvent(new DragEvent("dragover", { dataTransfer, bubbles: true, cancelable: true }));
          stage.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
        }
        """,
        new { name, content = Convert.ToBase64String(content) });

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}

/// <summary>Facts about a picture.</summary>
internal sealed record PictureFacts
{
    public int Hash { get; init; }

    public int Colours { get; init; }

    /// <summary>The part of the pixels that is white.</summary>
    public double White { get; init; }

    /// <summary>The part of the pixels that is of a clear red.</summary>
    public double Red { get; init; }

    /// <summary>How many pixels are black.</summary>
    public int Dark { get; init; }

    public int Width { get; init; }

    public int Height { get; init; }
}
