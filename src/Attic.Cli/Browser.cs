using System.ComponentModel;
using System.Diagnostics;

namespace Attic.Cli;

/// <summary>Opens the page where there is a display to see it on.</summary>
internal static class Browser
{
    /// <summary>Opens <paramref name="url"/>, or does nothing: the URL is printed anyway.</summary>
    public static void Open(Uri url)
    {
        if (Opener() is not { } opener)
        {
            return;
        }

        try
        {
            using var process = Process.Start(new ProcessStartInfo(opener, url.AbsoluteUri)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
        }
        catch (Win32Exception missing)
        {
            Console.Error.WriteLine($"attic: no browser was opened ({missing.Message}); open the URL yourself.");
        }
    }

    private static string? Opener()
    {
        if (OperatingSystem.IsWindows())
        {
            return "explorer.exe";
        }

        if (OperatingSystem.IsMacOS())
        {
            return "open";
        }

        bool display = HasVariable("DISPLAY") || HasVariable("WAYLAND_DISPLAY");
        return display ? "xdg-open" : null;
    }

    private static bool HasVariable(string name) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name));
}
