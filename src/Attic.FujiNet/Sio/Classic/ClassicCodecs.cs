using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Attic.Abi.AtariXl;

namespace Attic.FujiNet.Sio.Classic;

/// <summary>
/// What device $70 computes for a program: Base64 and digests. Data go in by pieces, are computed, and come out by pieces
/// (fujinet-firmware, Base64Mixin and HashMixin).
/// </summary>
internal sealed class ClassicCodecs
{
    private const int MostBytes = 64 * 1024;
    private const int LineCharacters = 72;
    private const byte Hexadecimal = 1;
    private const byte EndOfLine = 0x9B;

    private readonly List<byte> _text = [];
    private readonly List<byte> _hashed = [];
    private byte[] _digest = [];
    private byte _algorithm;

    /// <summary>Whether a command is one of these.</summary>
    public static bool Knows(FujiCommand name) => name is >= FujiCommand.HashClear and <= FujiCommand.Base64EncodeInput
        and not (FujiCommand.AdapterConfigExtended);

    /// <summary>Bytes that the computer sends with a command.</summary>
    public static int WriteBytesOf(FujiCommand name, int aux) =>
        name is FujiCommand.Base64EncodeInput or FujiCommand.Base64DecodeInput or FujiCommand.HashInput ? aux : 0;

    /// <summary>Carries a command out.</summary>
    public SioResult Execute(FujiCommand name, SioCommand command, ReadOnlySpan<byte> data) => name switch
    {
        FujiCommand.Base64EncodeInput => Add(_text, data),
        FujiCommand.Base64EncodeCompute => Encode(),
        FujiCommand.Base64DecodeInput => Add(_text, data),
        FujiCommand.Base64DecodeCompute => Decode(),
        FujiCommand.Base64EncodeLength or FujiCommand.Base64DecodeLength => SioResult.Read(BitConverter.GetBytes(_text.Count)),
        FujiCommand.Base64EncodeOutput or FujiCommand.Base64DecodeOutput => TakeText(command.Aux),
        FujiCommand.HashInput => Add(_hashed, data),
        FujiCommand.HashCompute or FujiCommand.HashComputeNoClear => Digest(command.Aux1, clear: name == FujiCommand.HashCompute),
        FujiCommand.HashLength => SioResult.Read(new[] { (byte)(LengthOf(_algorithm) * (command.Aux1 == Hexadecimal ? 2 : 1)) }),
        FujiCommand.HashOutput => DigestOutput(command.Aux1),
        _ => Clear(),
    };

    private static SioResult Add(List<byte> buffer, ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty || buffer.Count + data.Length > MostBytes)
        {
            return SioResult.Error;
        }

        buffer.AddRange(data);
        return SioResult.Complete;
    }

    // The numbers that programs use.
    private static int LengthOf(byte algorithm) => algorithm switch
    {
        0 => MD5.HashSizeInBytes,
        1 => SHA1.HashSizeInBytes,
        2 => SHA256.HashSizeInBytes,
        3 => SHA512.HashSizeInBytes,
        5 => SHA384.HashSizeInBytes,
        _ => 0,
    };

    // A program asks for these by name; nothing here depends on their strength.
#pragma warning disable CA5350, CA5351
    private static byte[]? DigestOf(byte algorithm, byte[] data) => algorithm switch
    {
        0 => MD5.HashData(data),
        1 => SHA1.HashData(data),
        2 => SHA256.HashData(data),
        3 => SHA512.HashData(data),
        5 => SHA384.HashData(data),
        _ => null,
    };
#pragma warning restore CA5350, CA5351

    /// <summary>Lines of 72 characters, each ended as the Atari ends lines.</summary>
    private SioResult Encode()
    {
        string text = Convert.ToBase64String([.. _text]);
        _text.Clear();
        foreach (char[] line in text.Chunk(LineCharacters))
        {
            _text.AddRange(Encoding.ASCII.GetBytes(line));
            _text.Add(EndOfLine);
        }

        return SioResult.Complete;
    }

    private SioResult Decode()
    {
        // Ends of lines are skipped; missing padding is added.
        byte[] text = [.. _text.Where(value => value is not (EndOfLine or (byte)'\r' or (byte)'\n' or (byte)' ' or (byte)'='))];
        text = [.. text, .. Enumerable.Repeat((byte)'=', (4 - (text.Length % 4)) % 4)];
        byte[] decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        if (text.Length == 0 || Base64.DecodeFromUtf8(text, decoded, out _, out int count) != OperationStatus.Done)
        {
            return SioResult.Error;
        }

        _text.Clear();
        _text.AddRange(decoded.AsSpan(0, count));
        return SioResult.Complete;
    }

    private SioResult TakeText(int count)
    {
        if (count == 0 || count > _text.Count)
        {
            return SioResult.Error;
        }

        byte[] taken = [.. _text.Take(count)];
        _text.RemoveRange(0, count);
        return SioResult.Read(taken);
    }

    private SioResult Digest(byte algorithm, bool clear)
    {
        if (DigestOf(algorithm, [.. _hashed]) is not { } digest)
        {
            return SioResult.Error;
        }

        (_digest, _algorithm) = (digest, algorithm);
        if (clear)
        {
            _hashed.Clear();
        }

        return SioResult.Complete;
    }

    private SioResult DigestOutput(byte mode) => _digest.Length == 0
        ? SioResult.Error
        : SioResult.Read(mode == Hexadecimal ? Encoding.ASCII.GetBytes(Convert.ToHexStringLower(_digest)) : _digest);

    private SioResult Clear()
    {
        _hashed.Clear();
        _digest = [];
        return SioResult.Complete;
    }
}
