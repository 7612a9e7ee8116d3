using System.Runtime.InteropServices;

namespace Attic.FujiNet.Platform;

/// <summary>Calls of a POSIX system that .NET does not offer: waiting on descriptors, pseudo terminals, serial lines.</summary>
/// <remarks>IEEE Std 1003.1; constants of Linux (asm-generic) and, where they differ, of macOS.</remarks>
internal static partial class PosixCalls
{
    public const short PollIn = 1;
    public const short PollOut = 4;
    public const int ReadWrite = 2;
    public const int TerminalBytes = 256;
    public const int SetFlags = 4;
    public const int GetFlags = 3;
    public const int SetNow = 0;

    private const int WouldBlockLinux = 11;
    private const int WouldBlockMac = 35;
    private const int InterruptedCall = 4;
    private const int InputOutputError = 5;

    public static int NoControllingTerminal => OperatingSystem.IsMacOS() ? 0x20000 : 0x100;

    public static int NonBlocking => OperatingSystem.IsMacOS() ? 4 : 0x800;

    /// <summary>Whether the last call would have had to wait.</summary>
    public static bool WouldBlock => Marshal.GetLastPInvokeError() is WouldBlockLinux or WouldBlockMac or InterruptedCall;

    /// <summary>Whether the last call failed because the other end of a terminal is closed.</summary>
    public static bool HungUp => Marshal.GetLastPInvokeError() == InputOutputError;

    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Poll(Span<PollEntry> entries, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "pipe", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Pipe(Span<int> ends);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Control(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint Read(int descriptor, Span<byte> buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint Write(int descriptor, ReadOnlySpan<byte> bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "posix_openpt", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int OpenPseudoTerminal(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int GrantPseudoTerminal(int descriptor);

    [LibraryImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int UnlockPseudoTerminal(int descriptor);

    [LibraryImport("libc", EntryPoint = "ptsname", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint NameOfPseudoTerminal(int descriptor);

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int GetTerminal(int descriptor, Span<byte> settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int SetTerminal(int descriptor, int when, ReadOnlySpan<byte> settings);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial void MakeRaw(Span<byte> settings);

    [LibraryImport("libc", EntryPoint = "cfsetispeed", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int SetInputSpeed(Span<byte> settings, nuint speed);

    [LibraryImport("libc", EntryPoint = "cfsetospeed", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int SetOutputSpeed(Span<byte> settings, nuint speed);

    /// <summary>Waits until everything is sent.</summary>
    [LibraryImport("libc", EntryPoint = "tcdrain", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Drain(int descriptor);

    /// <summary>A driver's own request, with a structure. Linux.</summary>
    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int DeviceControl(int descriptor, nuint request, Span<byte> argument);

    /// <summary>Makes calls on a descriptor return at once.</summary>
    public static void MakeNonBlocking(int descriptor) =>
        _ = Control(descriptor, SetFlags, Control(descriptor, GetFlags, 0) | NonBlocking);

    /// <summary>Puts a terminal into raw mode.</summary>
    public static void MakeRaw(int descriptor)
    {
        Span<byte> settings = stackalloc byte[TerminalBytes];
        if (GetTerminal(descriptor, settings) == 0)
        {
            MakeRaw(settings);
            _ = SetTerminal(descriptor, SetNow, settings);
        }
    }

    /// <summary>What the last call's error means, as an exception.</summary>
    public static IOException Error(string what) => new($"{what}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
}
