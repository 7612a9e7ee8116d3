using Attic.FujiNet.Storage;

namespace Attic.FujiNet.Devices.Printing;

/// <summary>A printer: an output, and the pause that ends a job.</summary>
public sealed class Printer
{
    private static readonly TimeSpan s_usualPause = TimeSpan.FromSeconds(10);
    private readonly TimeSpan _pause;
    private readonly IPrinterOutput _output;
    private readonly TimeProvider _time;
    private long _lastPrinted;
    private bool _printing;
    private bool _ending;

    /// <summary>A printer.</summary>
    /// <param name="output">Where its paper goes.</param>
    /// <param name="time">The clock.</param>
    /// <param name="pause">How long nothing is printed until the job is over; 10 s if not given.</param>
    public Printer(IPrinterOutput output, TimeProvider? time = null, TimeSpan? pause = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        _output = output;
        _time = time ?? TimeProvider.System;
        _pause = pause ?? s_usualPause;
    }

    /// <summary>Bytes printed since the start.</summary>
    public long Printed { get; private set; }

    /// <summary>What went wrong last; nothing if the last bytes were printed.</summary>
    public string Fault { get; private set; } = "";

    /// <summary>Prints.</summary>
    /// <returns>Whether it was printed; otherwise <see cref="Fault"/> says why not.</returns>
    public async ValueTask<bool> PrintAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await _output.WriteAsync(bytes);
            Printed += bytes.Length;
            (Fault, _printing, _lastPrinted) = ("", true, _time.GetTimestamp());
            return true;
        }
        catch (Exception error) when (error is StorageException or IOException)
        {
            Fault = error.Message;
            return false;
        }
    }

    /// <summary>Ends the job, if one is under way.</summary>
    public async ValueTask EndJobAsync()
    {
        if (!_printing || _ending)
        {
            return;
        }

        (_printing, _ending) = (false, true);
        try
        {
            await _output.EndJobAsync();
        }
        catch (Exception error) when (error is StorageException or IOException)
        {
            Fault = error.Message;
        }
        finally
        {
            _ending = false;
        }
    }

    /// <summary>Ends the job after a pause. Called now and then.</summary>
    public ValueTask PollAsync() => _printing && _time.GetElapsedTime(_lastPrinted) >= _pause ? EndJobAsync() : ValueTask.CompletedTask;
}
