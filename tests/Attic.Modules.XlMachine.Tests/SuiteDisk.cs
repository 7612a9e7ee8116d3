using System.Buffers.Binary;

namespace Attic.Modules.XlMachine.Tests;

/// <summary>
/// Rearranges a copy of the Acid800 disk (V1.2). It has no directory: a table in its boot sectors says at which sector each
/// module begins, and a module ends where the next one begins. The first modules are parts of the suite, the rest its tests.
/// </summary>
internal static class SuiteDisk
{
    private const int Header = 16;
    private const int SectorSize = 128;
    private const int LowTable = Header + 0x880;
    private const int HighTable = Header + 0x900;
    private const int FirstTest = 6;
    private const int MostModules = 120;

    /// <summary>How many tests the image has.</summary>
    public static int Count(byte[] image) => Starts(image).Count - 1 - FirstTest;

    /// <summary>A copy that has some of the tests, in some order.</summary>
    /// <param name="image">The ATR image.</param>
    /// <param name="tests">Numbers of tests, from 0.</param>
    public static byte[] With(byte[] image, params IEnumerable<int> tests)
    {
        var starts = Starts(image);
        byte[] copy = [.. image];
        copy.AsSpan(LowTable + FirstTest, MostModules - FirstTest).Clear();
        copy.AsSpan(HighTable + FirstTest, MostModules - FirstTest).Clear();
        int sector = starts[FirstTest];
        int module = FirstTest;
        foreach (int test in tests)
        {
            int from = starts[FirstTest + test];
            int to = starts[FirstTest + test + 1];
            image.AsSpan(Offset(from), Offset(to) - Offset(from)).CopyTo(copy.AsSpan(Offset(sector)));
            SetStart(copy, module++, sector);
            sector += to - from;
        }

        SetStart(copy, module, sector);
        return copy;
    }

    private static List<int> Starts(byte[] image)
    {
        Assert.Equal(0x0296, BinaryPrimitives.ReadUInt16LittleEndian(image));
        var starts = new List<int>();
        for (int module = 0; module < MostModules; module++)
        {
            int start = image[LowTable + module] | (image[HighTable + module] << 8);
            if (start == 0)
            {
                break;
            }

            starts.Add(start);
        }

        return starts;
    }

    private static void SetStart(byte[] image, int module, int sector) =>
        (image[LowTable + module], image[HighTable + module]) = ((byte)sector, (byte)(sector >> 8));

    private static int Offset(int sector) => Header + ((sector - 1) * SectorSize);
}
