using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Attic.Modules.M68000.Tests.Vectors;

/// <summary>Registers, prefetch and memory before or after an instruction.</summary>
internal sealed record CpuState(
    uint[] D, uint[] A, uint Usp, uint Ssp, ushort Sr, uint Pc, ushort Ird, ushort Irc, (uint Address, ushort Word)[] Memory);

/// <summary>One bus transaction; kind 0 is idle time.</summary>
internal readonly record struct Transaction(int Kind, int Start, int Cycles, uint Function, uint Address, ushort Data, bool Upper, bool Lower);

/// <summary>One instruction of the public SingleStepTests/m68000 set, in the binary form its README describes.</summary>
internal sealed record CpuVector(string Name, CpuState Initial, CpuState Final, int Cycles, Transaction[] Transactions)
{
    public static IEnumerable<CpuVector> Read(string path)
    {
        using var packed = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        packed.CopyTo(unpacked);
        return Parse(unpacked.ToArray());
    }

    private static List<CpuVector> Parse(byte[] bytes)
    {
        int position = 0;
        uint U32()
        {
            uint value = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(position));
            position += 4;
            return value;
        }

        ushort U16()
        {
            ushort value = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(position));
            position += 2;
            return value;
        }

        void Magic(uint expected)
        {
            if (U32() != expected)
            {
                throw new InvalidDataException($"No block 0x{expected:X8} at byte {position - 4}.");
            }
        }

        CpuState State()
        {
            U32();
            Magic(0x01234567);
            uint[] r = [.. Enumerable.Range(0, 19).Select(_ => U32())];
            ushort ird = (ushort)U32();
            ushort irc = (ushort)U32();
            var memory = new (uint, ushort)[U32()];
            for (int i = 0; i < memory.Length; i++)
            {
                uint address = U32();
                memory[i] = (address, U16());
            }

            return new(r[..8], r[8..15], r[15], r[16], (ushort)r[17], r[18], ird, irc, memory);
        }

        Magic(0x1A3F5D71);
        uint count = U32();
        var vectors = new List<CpuVector>();
        for (uint index = 0; index < count; index++)
        {
            U32();
            Magic(0xABC12367);
            U32();
            Magic(0x89ABCDEF);
            int length = (int)U32();
            string name = Encoding.UTF8.GetString(bytes, position, length);
            position += length;
            var initial = State();
            var final = State();
            U32();
            Magic(0x456789AB);
            int cycles = (int)U32();
            var transactions = new Transaction[U32()];
            int start = 0;
            for (int i = 0; i < transactions.Length; i++)
            {
                int kind = bytes[position++];
                int duration = (int)U32();
                transactions[i] = kind == 0
                    ? new(0, start, duration, 0, 0, 0, false, false)
                    : new(kind, start, duration, U32(), U32(), (ushort)U32(), U32() != 0, U32() != 0);
                start += duration;
            }

            vectors.Add(new(name, initial, final, cycles, transactions));
        }

        return vectors;
    }
}
