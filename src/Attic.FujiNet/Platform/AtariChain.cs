using Attic.FujiNet.Channels;
using Attic.FujiNet.Devices.Modems;
using Attic.FujiNet.Devices.Networks;
using Attic.FujiNet.Disk;
using Attic.FujiNet.Sio;
using Attic.FujiNet.Sio.Classic;
using Attic.FujiNet.Storage;
using Attic.FujiNet.Transports;

namespace Attic.FujiNet.Platform;

/// <summary>Puts the classic set of devices onto an Atari's serial bus, from the parts of a stack.</summary>
public static class AtariChain
{
    private const int ClassicNetworkSessions = ClassicNetwork.LastId - ClassicNetwork.FirstId + 1;

    /// <summary>A chain with D1:–D8:, the FujiNet, N1:–N8:, the clock and, where they are switched on, P1:–P4:, R1: and CP/M.</summary>
    /// <param name="stack">The stack that it is part of.</param>
    /// <param name="cpmFolder">The folder of CP/M's drives; null for no CP/M.</param>
    /// <param name="log">Told what people should know.</param>
    /// <param name="highSpeedIndex">The divisor that the drives offer for high speed; null for none.</param>
    public static async ValueTask<SioChain> CreateAsync(FujiNetStack stack, string? cpmFolder, Action<string> log, byte? highSpeedIndex = ClassicDisk.UsualSpeed)
    {
        ArgumentNullException.ThrowIfNull(stack);
        var chain = new SioChain((where, fault) => log($"{where}: {fault.Message}"));
        var slots = await SlotsOfAsync(stack, log);
        await InsertConfigAsync(stack, log);
        chain.Attach(ClassicDisk.FirstId, ClassicDisk.LastId, new ClassicDisk(stack.Disks, highSpeedIndex));
        var parts = new ClassicFujiParts(
            stack.Storage, stack.Disks, slots, stack.Config, stack.SaveConfigAsync, stack.WiFi, stack.Sessions, stack.Core.Context, stack.Time);
        var fuji = new ClassicFuji(parts, chain);
        chain.Attach(ClassicFuji.Id, fuji);
        stack.Core.AddPoll(fuji.Poll);
        chain.Disposed += () => stack.Core.RemovePoll(fuji.Poll);
        chain.Attach(ClassicClock.Id, new ClassicClock(stack.Clock));
        var network = new ClassicNetwork(new NetworkDevice(stack.Sessions, stack.Time, ClassicNetworkSessions, hold: TimeSpan.Zero), stack.Storage, chain);
        chain.Attach(ClassicNetwork.FirstId, ClassicNetwork.LastId, network);
        stack.Core.AddPoll(network.Poll);
        chain.Disposed += () => stack.Core.RemovePoll(network.Poll);
        HandlersOf(stack).AttachTo(chain);
        if (stack.Printer is { } printer)
        {
            chain.Attach(ClassicPrinter.FirstId, ClassicPrinter.LastId, new ClassicPrinter(printer));
        }

        AttachModem(stack, chain);
        if (stack.Config.Devices.Cpm && cpmFolder is not null)
        {
            chain.Attach(ClassicCpm.Id, new ClassicCpm(chain, stack.Core.Context, cpmFolder));
        }

        return chain;
    }

    /// <summary>The hosts and drives of CONFIG: the same for all chains of a stack, since they are kept in one file.</summary>
    private static async ValueTask<ClassicSlots> SlotsOfAsync(FujiNetStack stack, Action<string> log)
    {
        if (stack.AtariSlots is { } known)
        {
            return known;
        }

        var slots = stack.AtariSlots = new ClassicSlots(stack.Storage);
        await slots.LoadAsync(log);
        return slots;
    }

    /// <summary>A chain for programs that speak FujiBus themselves (profile ATARI_FUJIBUS_NETSIO).</summary>
    /// <param name="stack">The stack that it is part of.</param>
    /// <param name="tap">Sees the packets; null for nobody.</param>
    /// <returns>The chain, and the transport to add to the core with it.</returns>
    public static (SioChain Chain, FujiBusTransport Bus) CreateFujiBus(FujiNetStack stack, IPacketTap? tap = null)
    {
        ArgumentNullException.ThrowIfNull(stack);
        var (device, host) = MemoryChannel.CreatePair("fujibus in sio", stack.Wakeup);
        var chain = new SioChain();
        var bridge = new FujiBusBridge(host);
        chain.Attach(FujiBusBridge.Id, bridge);
        chain.Attach(FujiBusBridge.SecondId, bridge);
        return (chain, new FujiBusTransport(device, tap));
    }

    /// <summary>Makes the boot disk if there is none, and puts it into D1: if nothing else is there.</summary>
    private static async ValueTask InsertConfigAsync(FujiNetStack stack, Action<string> log)
    {
        if (!stack.Config.Boot.IsConfig || stack.Storage.Resolve(stack.Config.Boot.Uri) is not { } target)
        {
            return;
        }

        try
        {
            if (await target.StatAsync() is null)
            {
                await Folders.MakeAsync(target.FileSystem, StoragePath.ParentOf(target.Path));
                await target.FileSystem.ReplaceAsync(target.Path, AtariPrograms.ConfigDisk());
            }

            if (stack.Disks.InfoOf(0).Uri.Length == 0)
            {
                await stack.Disks.MountLaterAsync(0, target, new MountOptions(ReadOnly: stack.Config.Boot.IsReadOnly, Atari: true));
            }
        }
        catch (StorageException refused)
        {
            log($"The boot disk {target.Uri} cannot be used: {refused.Message}");
        }
    }

    /// <summary>
    /// N:, and R: where there is a modem. Both come at a start: what comes when a program opens it lies where BASIC has its program by then.
    /// </summary>
    private static HandlerPoll HandlersOf(FujiNetStack stack)
    {
        var network = new HandlerOffer(AtariPrograms.NetworkHandler(), 'N', HandlerPoll.NetworkLoadId, AtStart: true);
        return stack.Config.Devices.Modem
            ? new(network, new HandlerOffer(AtariPrograms.ModemHandler(), 'R', HandlerPoll.ModemLoadId, AtStart: true))
            : new(network);
    }

    private static void AttachModem(FujiNetStack stack, SioChain chain)
    {
        if (stack.Config.Devices.Modem)
        {
            var modem = new ClassicModem(new Modem(stack.Egress, stack.Time, stack.Wakeup), chain, stack.Core.Context, stack.Time);
            chain.Attach(ClassicModem.Id, modem);
            stack.SerialModems.Add(modem.Modem);
            stack.Core.AddPoll(modem.Poll);
            chain.Disposed += () =>
            {
                stack.Core.RemovePoll(modem.Poll);
                stack.SerialModems.Remove(modem.Modem);
            };
        }
    }
}
