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
    /// <exception cref="EngineException"><c>CONFLICT</c>: another engine has it; details name its <c>process_id</c> where known.</exception>
    public static CardLock Take(CardRoot card)
    {
        string path = Path.Combine(card.HostFolder, FileName);
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file.SetLength(0);
            file.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            file.Flush();
            return new(file);
        }
        catch (IOException held) when (held is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException))
        {
            string? holder = Holder(path);
            throw new EngineException(
                ErrorCode.Conflict,
                $"Another engine{(holder is null ? "" : $" (process {holder})")} uses the card in {card.HostFolder}. Stop it, or choose another card with --card DIR.",
                ErrorDetails.Of(("process_id", holder), ("remediation", "stop_other_engine_or_choose_card")),
                retryable: true,
                inner: held);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static string? Holder(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
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
