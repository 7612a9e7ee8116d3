using Attic.Abi.AtariXl;
using Attic.FujiNet.Disk;

namespace Attic.Cli.Fuji;

/// <summary>The FujiNet of <c>attic up --fuji</c>: one session at a time has it.</summary>
internal sealed class ServedFujiNet : ISioGuest
{
    private readonly AttachedFujiNet _fujiNet;
    private readonly Owner _owner;

    private ServedFujiNet(AttachedFujiNet fujiNet, Owner owner) => (_fujiNet, _owner) = (fujiNet, owner);

    /// <inheritdoc/>
    public SioMailbox Mailbox => _fujiNet.Mailbox;

    /// <inheritdoc/>
    public IReadOnlyList<SioGuestDrive> Drives => [.. Enumerable.Range(0, DiskService.SlotCount).Select(slot =>
    {
        var info = _fujiNet.Disks.InfoOf(slot);
        return new SioGuestDrive($"D{slot + 1}", info.Uri, info.IsReadOnly);
    })];

    /// <summary>Makes FujiNets for a folder, one at a time.</summary>
    /// <param name="folder">Their storage.</param>
    /// <param name="printer">Where their printer's paper goes; null as configured.</param>
    public static Func<ISioGuest> Factory(string folder, string? printer)
    {
        var owner = new Owner();
        return () =>
        {
            if (!owner.TryTake())
            {
                throw new IOException("another session has it.");
            }

            try
            {
                return new ServedFujiNet(AttachedFujiNet.Create(folder, printer, isPaced: true), owner);
            }
            catch (Exception error)
            {
                owner.Release();
                Console.Error.WriteLine($"attic: --fuji: {folder} cannot be used: {error.Message}");
                throw;
            }
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _fujiNet.Dispose();
        _owner.Release();
    }

    private sealed class Owner
    {
        private int _taken;

        public bool TryTake() => Interlocked.CompareExchange(ref _taken, 1, 0) == 0;

        public void Release() => Volatile.Write(ref _taken, 0);
    }
}
