using System.Globalization;
using Attic.Engine.Errors;

namespace Attic.Engine.Card;

/// <summary>
/// Keeps a second engine off a card. The lock is the host's lock on an open file, so it ends with the process however
/// that ends.
/// </summary>
public sealed class CardLock : IDisposable
{
    private const string LockName = ".attic.lock";
    private const string HolderName = ".attic.holder";
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
            file = new(Path.Combine(card.HostFolder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException held) when (held.GetType() == typeof(IOException))
        {
            // The runtime tells a held lock by a plain IOException; its derived classes are other failures.
            return null;
        }

        File.WriteAllText(Path.Combine(card.HostFolder, HolderName), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return new(file);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // Beside the lock, which nobody but its holder can read.
    private static string? Holder(CardRoot card)
    {
        try
        {
            string text = File.ReadAllText(Path.Combine(card.HostFolder, HolderName));
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id.ToString(CultureInfo.InvariantCulture) : null;
        }
        catch (IOException)
        {
            // It is being written just now; the message does without it.
            return null;
        }
    }
}
