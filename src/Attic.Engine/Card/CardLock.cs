using System.Globalization;
using System.Text;
using Attic.Engine.Errors;

namespace Attic.Engine.Card;

/// <summary>
/// Keeps a second engine off a card. The lock is the host's lock on an open file, so it ends with the process however
/// that ends.
/// </summary>
public sealed class CardLock : IDisposable
{
    private const string FileName = ".attic.lock";
    private readonly FileStream _file;

    private CardLock(FileStream file) => _file = file;

    /// <summary>Takes the card.</summary>
    /// <param name="card">The card.</param>
    /// <exception cref="EngineException"><c>CONFLICT</c>: another engine has it; details name its <c>process_id</c> where known.</exception>
    public static CardLock Take(CardRoot card)
    {
        if (TryTake(card) is { } taken)
        {
            return taken;
        }

        string? holder = Holder(card);
        throw new EngineException(
            ErrorCode.Conflict,
            $"Another engine{(holder is null ? "" : $" (process {holder})")} uses the card in {card.HostFolder}. Stop it, or choose another card with --card DIR.",
            ErrorDetails.Of(("process_id", holder), ("remediation", "Stop the other engine, or choose another card.")),
            retryable: true);
    }

    /// <summary>Takes the card if nobody has it.</summary>
    /// <param name="card">The card.</param>
    /// <returns>Null when another process, or this one, has it.</returns>
    public static CardLock? TryTake(CardRoot card)
    {
        FileStream file;
        try
        {
            file = new(PathOn(card), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException held) when (held.GetType() == typeof(IOException))
        {
            // The runtime tells a held lock by a plain IOException; its derived classes are other failures.
            return null;
        }

        file.SetLength(0);
        file.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
        file.Flush();
        return new(file);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static string PathOn(CardRoot card) => Path.Combine(card.HostFolder, FileName);

    private static string? Holder(CardRoot card)
    {
        try
        {
            using var file = new FileStream(PathOn(card), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            Span<byte> text = stackalloc byte[16];
            int length = file.Read(text);
            return int.TryParse(text[..length], NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                ? id.ToString(CultureInfo.InvariantCulture)
                : null;
        }
        catch (IOException)
        {
            // Where locks are mandatory the holder cannot be read; the message does without it.
            return null;
        }
    }
}
