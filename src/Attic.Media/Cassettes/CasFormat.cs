using System.Buffers.Binary;
using System.Text;

namespace Attic.Media.Cassettes;

/// <summary>
/// The <c>.CAS</c> format: chunks of four characters, length and a word, little-endian. FUJI begins the file and describes the tape;
/// baud sets the rate of the data chunks behind it (600 before the first); data is a record, fsk a row of levels, each after a gap
/// in ms; pwms, pwml, pwmc and pwmd are pulses of turbo systems.
/// </summary>
/// <remarks>Source: E. R. Schreurs, CAS format; K. Nowak, A8CAS, "CAS file format – description".</remarks>
internal static class CasFormat
{
    public const int HeaderBytes = 8;
    private const int UsualBaud = 600;
    private const int LongestGap = 65_535;

    // A day; a file of gaps alone could claim years.
    private const long LongestTape = 86_400_000_000;

    public static ReadOnlySpan<byte> Magic => "FUJI"u8;

    /// <summary>Reads a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="description">What it says about itself.</param>
    /// <exception cref="MediaFormatException">The file is damaged or none of these.</exception>
    public static List<TapeBlock> Read(ReadOnlySpan<byte> file, out string description)
    {
        if (!file.StartsWith(Magic))
        {
            throw new MediaFormatException(0, "FUJI", file.Length < 4 ? $"{file.Length} bytes" : Convert.ToHexString(file[..4]));
        }

        var reader = new Reader();
        for (int at = 0; at < file.Length;)
        {
            if (file.Length - at < HeaderBytes)
            {
                throw new MediaFormatException(at, $"a chunk's header of {HeaderBytes} bytes", $"{file.Length - at} bytes");
            }

            int length = BinaryPrimitives.ReadUInt16LittleEndian(file[(at + 4)..]);
            if (length > file.Length - at - HeaderBytes)
            {
                throw new MediaFormatException(at + 4, $"at most the {file.Length - at - HeaderBytes} bytes that follow", $"{length}");
            }

            reader.Chunk(at, Encoding.ASCII.GetString(file.Slice(at, 4)), BinaryPrimitives.ReadUInt16LittleEndian(file[(at + 6)..]), file.Slice(at + HeaderBytes, length));
            at += HeaderBytes + length;
        }

        description = reader.Description;
        return reader.Blocks;
    }

    /// <summary>Makes a file of blocks in their order.</summary>
    public static byte[] Write(string description, IEnumerable<TapeBlock> blocks)
    {
        using var file = new MemoryStream();
        byte[] text = Encoding.UTF8.GetBytes(description);
        Chunk(file, "FUJI", 0, text.AsSpan(0, Math.Min(text.Length, ushort.MaxValue)));
        int baud = UsualBaud;
        (int Rate, byte Setting) pulses = default;
        long end = 0;
        foreach (var block in blocks)
        {
            if (block.Kind == TapeBlockKind.Bytes && block.Rate != baud)
            {
                baud = block.Rate;
                Chunk(file, "baud", (ushort)baud, []);
            }
            else if (block.Kind == TapeBlockKind.Pulses && pulses != (block.Rate, block.Setting))
            {
                pulses = (block.Rate, block.Setting);
                Chunk(file, "pwms", block.Setting, [(byte)block.Rate, (byte)(block.Rate >> 8)]);
            }

            bool hasWidths = block.Type is "pwmd";
            long gap = Math.Max(0, (block.Start - end + 500) / 1000);
            for (; gap > LongestGap || (gap > 0 && hasWidths); gap -= Math.Min(gap, LongestGap))
            {
                Chunk(file, "data", (ushort)Math.Min(gap, LongestGap), []);
            }

            Chunk(file, block.Type, hasWidths ? block.Aux : (ushort)gap, block.Data);
            end = block.End;
        }

        return file.ToArray();
    }

    private static void Chunk(MemoryStream file, string type, ushort aux, ReadOnlySpan<byte> data)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        Encoding.ASCII.GetBytes(type, header);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], (ushort)data.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], aux);
        file.Write(header);
        file.Write(data);
    }

    private sealed class Reader
    {
        private int _baud = UsualBaud;
        private int _samples;
        private byte _setting;
        private long _end;
        private bool _described;

        public List<TapeBlock> Blocks { get; } = [];

        public string Description { get; private set; } = "";

        public void Chunk(int at, string type, ushort aux, ReadOnlySpan<byte> data)
        {
            switch (type)
            {
                case "FUJI":
                    Description = _described ? Description : Encoding.UTF8.GetString(data);
                    _described = true;
                    break;
                case "baud":
                    _baud = aux > 0 ? aux : throw new MediaFormatException(at + 6, "a baud rate above 0", "0");
                    break;
                case "data":
                    Add(at, new(TapeBlockKind.Bytes, _end + (aux * 1000L), 0, data.ToArray(), _baud, type));
                    break;
                case "fsk ":
                    Even(at, data.Length, 2);
                    Add(at, new(TapeBlockKind.Levels, _end + (aux * 1000L), 0, data.ToArray(), 10_000, type));
                    break;
                case "pwms":
                    Settings(at, aux, data);
                    break;
                case "pwml":
                    Even(at, data.Length, 2);
                    Pulses(at, type, aux, data, 0);
                    break;
                case "pwmc":
                    Even(at, data.Length, 3);
                    Pulses(at, type, aux, data, 0);
                    break;
                case "pwmd":
                    Pulses(at, type, 0, data, aux);
                    break;
                default:
                    // Other programs' chunks are passed over, as the format asks.
                    break;
            }
        }

        private static void Even(int at, int length, int size)
        {
            if (length % size != 0)
            {
                throw new MediaFormatException(at + 4, $"a multiple of {size} bytes", $"{length}");
            }
        }

        private void Settings(int at, ushort aux, ReadOnlySpan<byte> data)
        {
            if (data.Length != 2)
            {
                throw new MediaFormatException(at + 4, "2 bytes", $"{data.Length}");
            }

            _samples = BinaryPrimitives.ReadUInt16LittleEndian(data);
            _setting = (byte)(aux & 7);
            if (_samples == 0 || (_setting & 3) is 0 or 3)
            {
                throw new MediaFormatException(at + 6, "pulses that begin with a falling (1) or a rising (2) edge at a rate above 0", $"{aux} at {_samples}");
            }
        }

        private void Pulses(int at, string type, ushort gap, ReadOnlySpan<byte> data, ushort widths)
        {
            if (_samples == 0)
            {
                throw new MediaFormatException(at, "a pwms chunk before", type);
            }

            Add(at, new(TapeBlockKind.Pulses, _end + (gap * 1000L), 0, data.ToArray(), _samples, type, _setting, widths));
        }

        private void Add(int at, TapeBlock block)
        {
            long end = block.Start + TapeSignal.LengthOf(block.Kind, block.Type, block.Data, block.Rate, block.Setting, block.Aux);
            if (end > LongestTape)
            {
                throw new MediaFormatException(at, "a tape of at most a day", $"{end / 1_000_000} seconds");
            }

            _end = end;
            if (block.Data.Length > 0)
            {
                Blocks.Add(block with { End = end });
            }
        }
    }
}
