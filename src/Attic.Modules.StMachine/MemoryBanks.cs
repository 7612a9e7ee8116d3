namespace Attic.Modules.StMachine;

/// <summary>
/// Which byte of the fitted memory chips an address of the RAM area selects, given what the MMU was told at 0xFF8001.
/// </summary>
/// <remarks>
/// The MMU multiplexes an address onto ten lines: always A1–A10 as the row, and as the column A9–A18, A10–A19 or
/// A11–A20 when the bank is configured as 128, 512 or 2048 KiB. A chip with fewer lines ignores the upper ones. Where
/// configuration and chips disagree, addresses repeat or interleave, and that is what every TOS sizes memory by.
/// </remarks>
internal sealed class MemoryBanks
{
    /// <summary>No memory answers there.</summary>
    public const uint Nothing = uint.MaxValue;

    private const int Kilobyte = 1024;
    private readonly int _fitted0;
    private readonly int _fitted1;
    private int _configured0;
    private int _configured1;

    /// <summary>Memory of <paramref name="kilobytes"/> as Atari and its dealers fitted it.</summary>
    /// <exception cref="ArgumentException">No arrangement of banks has that size.</exception>
    public MemoryBanks(int kilobytes)
    {
        (int first, int second) = kilobytes switch
        {
            256 => (128, 128),
            512 => (512, 0),
            640 => (512, 128),
            1024 => (512, 512),
            2048 => (2048, 0),
            2560 => (2048, 512),
            4096 => (2048, 2048),
            _ => throw new ArgumentException(
                $"An ST cannot have {kilobytes} KiB of memory; it takes 256, 512, 640, 1024, 2048, 2560 or 4096.", nameof(kilobytes)),
        };
        _fitted0 = first * Kilobyte;
        _fitted1 = second * Kilobyte;
        Configure(0);
    }

    /// <summary>Bytes fitted.</summary>
    public int Size => _fitted0 + _fitted1;

    /// <summary>Addresses from 0 up to here are the memory's bytes one to one.</summary>
    public uint LinearEnd { get; private set; }

    /// <summary>Takes a new value of 0xFF8001: bits 2–3 size of bank 0, bits 0–1 size of bank 1.</summary>
    public void Configure(byte value)
    {
        _configured0 = SizeOf(value >> 2);
        _configured1 = SizeOf(value);
        LinearEnd = 0;
        if (_configured0 == _fitted0)
        {
            LinearEnd = (uint)(_configured1 == _fitted1 ? Size : _fitted0);
        }
    }

    /// <summary>The index of the byte in the fitted memory, bank 0 first; <see cref="Nothing"/> where none is.</summary>
    public uint Translate(uint address)
    {
        if (address < (uint)_configured0)
        {
            return Select(address, _configured0, _fitted0);
        }

        if (address < (uint)(_configured0 + _configured1) && _fitted1 > 0)
        {
            return (uint)_fitted0 + Select(address, _configured1, _fitted1);
        }

        return Nothing;
    }

    private static uint Select(uint address, int configured, int fitted)
    {
        int lines = LinesOf(fitted);
        uint mask = (1u << lines) - 1;
        uint row = (address >> 1) & mask;
        uint column = (address >> (LinesOf(configured) + 1)) & mask;
        return (((column << lines) | row) << 1) | (address & 1);
    }

    private static int LinesOf(int size) => size switch
    {
        128 * Kilobyte => 8,
        512 * Kilobyte => 9,
        _ => 10,
    };

    private static int SizeOf(int code) => (code & 3) switch
    {
        0 => 128 * Kilobyte,
        1 => 512 * Kilobyte,
        _ => 2048 * Kilobyte,
    };
}
