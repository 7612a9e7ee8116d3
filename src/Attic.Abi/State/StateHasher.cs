using System.Security.Cryptography;
using System.Text;

namespace Attic.Abi.State;

/// <summary>SHA-256 over all state, names included: equal hashes mean equal machines.</summary>
public sealed class StateHasher : StateVisitor
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>The hash of <paramref name="subject"/> as 64 lower-case hex digits.</summary>
    public static string Hash(IStateful subject)
    {
        var hasher = new StateHasher();
        subject.Visit(hasher);
        using (hasher._hash)
        {
            return Convert.ToHexStringLower(hasher._hash.GetHashAndReset());
        }
    }

    /// <inheritdoc/>
    protected override void Block(string name, Span<byte> bytes, StateLayout layout)
    {
        _hash.AppendData(Encoding.UTF8.GetBytes(name));
        _hash.AppendData(bytes);
    }
}
