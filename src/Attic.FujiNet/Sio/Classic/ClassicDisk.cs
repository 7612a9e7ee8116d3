using Attic.Abi.AtariXl;
using Attic.FujiNet.Disk;

namespace Attic.FujiNet.Sio.Classic;

/// <summary>
/// D1: to D8: on the serial bus: the images in the disk service's slots, as an Atari drive shows them (sectors from 1, the first
/// three of 128 bytes). A slot without an image is a drive that is switched off.
/// </summary>
public sealed class ClassicDisk : SioPeripheral
{
    /// <summary>D1:.</summary>
    public const byte FirstId = 0x31;

    /// <summary>D8:.</summary>
    public const byte LastId = 0x38;

    /// <summary>The divisor for high speed unless another is asked for.</summary>
    public const byte UsualSpeed = 6;

    private const byte Read = 0x52;
    private const byte Write = 0x57;
    private const byte Put = 0x50;
    private const byte Status = 0x53;
    private const byte Format = 0x21;
    private const byte FormatMedium = 0x22;
    private const byte ReadPercom = 0x4E;
    private const byte WritePercom = 0x4F;
    private const byte HighSpeedIndex = 0x3F;
    private const byte HighSpeedBit = 0x80;
    private const int BootBytes = 128;
    private const int MediumSectors = 1040;
    private readonly DiskService _disks;
    private readonly byte? _speed;
    private readonly Percom?[] _percom = new Percom?[DiskService.SlotCount];

    /// <summary>The drives of a service.</summary>
    /// <param name="disks">The images.</param>
    /// <param name="highSpeedIndex">The divisor that they offer for high speed (AUDF3), 0 to 10 or 16; null for none.</param>
    public ClassicDisk(DiskService disks, byte? highSpeedIndex = UsualSpeed)
    {
        (_disks, _speed) = (disks, highSpeedIndex);
    }

    /// <inheritdoc />
    public override SioReception Accept(SioCommand command)
    {
        int slot = command.Device - FirstId;
        var layout = _disks.InfoOf(slot).Layout;
        if (layout is null && !_disks.IsPending(slot))
        {
            return SioReception.Silent;
        }

        return CommandOf(command) switch
        {
            Read => IsSector(layout, command.Aux) ? SioReception.Ack : SioReception.Nak,
            Write or Put => IsSector(layout, command.Aux) ? SioReception.AckWrite(LengthOf(layout, command.Aux)) : SioReception.Nak,
            Status or Format or FormatMedium or ReadPercom => SioReception.Ack,
            HighSpeedIndex => _speed is null ? SioReception.Nak : SioReception.Ack,
            WritePercom => SioReception.AckWrite(Percom.Length),
            _ => SioReception.Nak,
        };
    }

    /// <inheritdoc />
    public override async ValueTask<SioResult> ExecuteAsync(SioCommand command, ReadOnlyMemory<byte> data)
    {
        int slot = command.Device - FirstId;
        try
        {
            await _disks.EnsureMountedAsync(slot);
            var layout = _disks.InfoOf(slot).Layout!;
            return CommandOf(command) switch
            {
                Read => await ReadAsync(slot, layout, command.Aux),
                Write => await WriteAsync(slot, command.Aux, data, verify: true),
                Put => await WriteAsync(slot, command.Aux, data, verify: false),
                Status => SioResult.Read(StatusOf(layout, _disks.ControllerStatusOf(slot))),
                Format => await FormatAsync(slot, layout, _percom[slot]),
                FormatMedium => await FormatAsync(slot, layout, new Percom(BootBytes, MediumSectors)),
                ReadPercom => SioResult.Read((_percom[slot] ?? new Percom(layout.SectorBytes, (int)layout.Sectors)).ToBytes()),
                WritePercom => SetPercom(slot, data.Span),
                _ => SioResult.Read(new[] { _speed ?? 0 }),
            };
        }
        catch (DiskException)
        {
            return CommandOf(command) == Read ? SioResult.FailedRead(new byte[BootBytes]) : SioResult.Error;
        }
    }

    private static byte CommandOf(SioCommand command) => (byte)(command.Command & ~HighSpeedBit);

    private static bool IsSector(ImageLayout? layout, int sector) => sector > 0 && (layout is null || sector <= layout.Sectors);

    /// <summary>Bytes of a sector on the bus; the first three have 128, whatever the image keeps.</summary>
    private static int LengthOf(ImageLayout? layout, int sector) => layout is null || sector <= 3 ? BootBytes : layout.SectorBytes;

    private static byte[] StatusOf(ImageLayout layout, byte controller)
    {
        const byte medium = 0x80;
        const byte doubleSided = 0x40;
        const byte doubleDensity = 0x20;
        const byte formatTimeout = 0xE0;
        int drive = layout.SectorBytes == BootBytes ? 0 : doubleDensity;
        drive |= layout is { Sectors: MediumSectors, SectorBytes: BootBytes } ? medium : 0;
        drive |= layout.Sectors is 1440 or 2880 ? doubleSided : 0;
        return [(byte)drive, controller, formatTimeout, 0];
    }

    private async ValueTask<SioResult> ReadAsync(int slot, ImageLayout layout, int sector)
    {
        if (!IsSector(layout, sector))
        {
            return SioResult.FailedRead(new byte[BootBytes]);
        }

        byte[] content = new byte[Math.Max(layout.SectorBytes, BootBytes)];
        var sent = content.AsMemory(0, LengthOf(layout, sector));
        try
        {
            await _disks.ReadAsync(slot, (uint)sector - 1, 1, content);
            return SioResult.Read(sent);
        }
        catch (DiskException)
        {
            // As much of it as the image has: programs look at damaged sectors too.
            return SioResult.FailedRead(sent);
        }
    }

    private async ValueTask<SioResult> WriteAsync(int slot, int sector, ReadOnlyMemory<byte> data, bool verify)
    {
        byte[] whole = new byte[Math.Max(_disks.InfoOf(slot).Layout!.LengthOf((uint)sector - 1), data.Length)];
        data.CopyTo(whole);
        await _disks.WriteAsync(slot, (uint)sector - 1, 1, whole);
        if (verify)
        {
            byte[] again = new byte[whole.Length];
            int read = await _disks.ReadAsync(slot, (uint)sector - 1, 1, again);
            if (!again.AsSpan(0, read).SequenceEqual(whole.AsSpan(0, read)))
            {
                return SioResult.Error;
            }
        }

        return SioResult.Complete;
    }

    /// <summary>Blanks the image; the answer is the list of bad sectors, which is empty.</summary>
    private async ValueTask<SioResult> FormatAsync(int slot, ImageLayout layout, Percom? shape)
    {
        shape ??= new Percom(layout.SectorBytes, (int)layout.Sectors);
        byte[] bad = new byte[shape.SectorBytes];
        bad[0] = bad[1] = 0xFF;
        await _disks.ReinitializeAsync(slot, shape.SectorBytes, (uint)shape.Sectors);
        await _disks.FlushAsync(slot);
        _percom[slot] = null;
        return SioResult.Read(bad);
    }

    private SioResult SetPercom(int slot, ReadOnlySpan<byte> block)
    {
        var shape = Percom.Read(block);
        _percom[slot] = shape ?? _percom[slot];
        return shape is null ? SioResult.Error : SioResult.Complete;
    }
}
