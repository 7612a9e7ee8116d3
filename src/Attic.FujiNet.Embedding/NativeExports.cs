using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Attic.FujiNet.Storage;

namespace Attic.FujiNet.Embedding;

/// <summary>
/// The functions that C calls. Handles are numbers that are never used again, so that a stale one is noticed; no exception
/// leaves: each becomes a negative result, and its words the calling thread's last error.
/// </summary>
internal static unsafe class NativeExports
{
    /// <summary>The version of the functions and structures; the program must be made for the same.</summary>
    public const int Version = 1;

    private static readonly ConcurrentDictionary<ulong, EmbeddedFujiNet> s_open = new();
    private static ulong s_lastHandle;

    [ThreadStatic]
    private static string? t_error;

    /// <summary>Fills in the functions. The one name that is looked up.</summary>
    /// <param name="version">The version that the program is made for.</param>
    /// <param name="functions">Receives them.</param>
    /// <returns>0, or this side's version when it is another.</returns>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int GetFunctions(int version, NativeFunctions* functions)
    {
        if (version != Version)
        {
            return Version;
        }

        *functions = new()
        {
            Create = &Create,
            Destroy = &Destroy,
            Open = &Open,
            Close = &Close,
            Write = &Write,
            Read = &Read,
            Tick = &Tick,
            Wait = &Wait,
            LastError = &LastError,
        };
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Create(NativeOptions* options, ulong* handle) => Guard(() =>
    {
        if (options is null || handle is null || options->Size < (nuint)sizeof(NativeOptions))
        {
            return Refuse(EmbeddingResult.BadArgument, "attic_fujinet_create: options and result must be given, and options.size be set.");
        }

        var given = *options;
        var fujiNet = EmbeddedFujiNet.Create(
            Marshal.PtrToStringUTF8((nint)given.DataFolder),
            message => Tell(given, message),
            () =>
            {
                if (given.Wake is not null)
                {
                    given.Wake(given.User);
                }
            });
        ulong number = Interlocked.Increment(ref s_lastHandle);
        s_open[number] = fujiNet;
        *handle = number;
        return EmbeddingResult.Ok;
    });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Destroy(ulong handle) => Guard(() =>
    {
        if (!s_open.TryRemove(handle, out var fujiNet))
        {
            return NoSuchHandle(handle);
        }

        fujiNet.Dispose();
        return EmbeddingResult.Ok;
    });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(ulong handle) => With(handle, fujiNet => fujiNet.Open() is var channel and > 0
        ? channel
        : Refuse(EmbeddingResult.Busy, $"No channel: a tick is under way on another thread, or {EmbeddedFujiNet.MaxChannels} are open."));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(ulong handle, int channel) => With(handle, fujiNet => fujiNet.Close(channel) switch
    {
        EmbeddingResult.Busy => Overlapping(),
        EmbeddingResult.BadHandle => NoSuchChannel(channel),
        var result => result,
    });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(ulong handle, int channel, byte* bytes, int length) => WithChannel(handle, channel, bytes, length, host =>
    {
        int taken = Math.Min(length, host.Room);
        host.Write(new ReadOnlySpan<byte>(bytes, taken));
        return taken;
    });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(ulong handle, int channel, byte* bytes, int length) =>
        WithChannel(handle, channel, bytes, length, host => host.Read(new Span<byte>(bytes, length)));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Tick(ulong handle) => With(handle, fujiNet => fujiNet.Tick() is var result && result == EmbeddingResult.Busy ? Overlapping() : result);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Wait(ulong handle, int milliseconds) => With(handle, fujiNet => milliseconds < 0
        ? Refuse(EmbeddingResult.BadArgument, "attic_fujinet_wait: a time is not negative.")
        : fujiNet.Wait(milliseconds) ? EmbeddingResult.More : EmbeddingResult.Ok);

    /// <summary>Copies the calling thread's last error, cut to fit, with a NUL.</summary>
    /// <returns>Its bytes without the NUL.</returns>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int LastError(byte* buffer, int size)
    {
        byte[] text = Encoding.UTF8.GetBytes(t_error ?? string.Empty);
        if (buffer is not null && size > 0)
        {
            int count = Math.Min(text.Length, size - 1);
            text.AsSpan(0, count).CopyTo(new Span<byte>(buffer, count));
            buffer[count] = 0;
        }

        return text.Length;
    }

    private static int With(ulong handle, Func<EmbeddedFujiNet, int> call) =>
        Guard(() => s_open.TryGetValue(handle, out var fujiNet) ? call(fujiNet) : NoSuchHandle(handle));

    private static int WithChannel(ulong handle, int channel, byte* bytes, int length, Func<Channels.MemoryChannel, int> call)
    {
        bool valid = length >= 0 && (bytes is not null || length == 0);
        return With(handle, fujiNet => !valid ? Refuse(EmbeddingResult.BadArgument, "The buffer is null, or its length is negative.")
            : fujiNet.HostEnd(channel) is { } host ? call(host)
            : NoSuchChannel(channel));
    }

    // Anything may go wrong in there, and a program in C can catch nothing.
    private static int Guard(Func<int> call)
    {
        try
        {
            return call();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or StorageException)
        {
            return Refuse(EmbeddingResult.BadData, $"The data folder cannot be used: {error.Message}");
        }
        catch (Exception error)
        {
            return Refuse(EmbeddingResult.Failed, error.ToString());
        }
    }

    private static int Refuse(int result, string message)
    {
        t_error = message;
        return result;
    }

    private static int Overlapping() => Refuse(EmbeddingResult.Busy, "A tick is under way on another thread.");

    private static int NoSuchHandle(ulong handle) => Refuse(EmbeddingResult.BadHandle, $"There is no FujiNet {handle}; it may have been destroyed.");

    private static int NoSuchChannel(int channel) => Refuse(EmbeddingResult.BadHandle, $"There is no channel {channel}; it may have been closed.");

    private static void Tell(NativeOptions options, string message)
    {
        if (options.Log is null)
        {
            return;
        }

        fixed (byte* text = Encoding.UTF8.GetBytes(message + '\0'))
        {
            options.Log(options.User, text);
        }
    }
}
