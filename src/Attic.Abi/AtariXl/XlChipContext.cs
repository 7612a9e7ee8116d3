using Attic.Abi.Buses;
using Attic.Abi.Machines;
using Attic.Abi.Modules;
using Attic.Abi.Scheduling;
using Attic.Abi.Wires;

namespace Attic.Abi.AtariXl;

/// <summary>What the XL's board offers its chips.</summary>
/// <param name="Configuration">What is being built.</param>
/// <param name="Deadlines">The slots, one per chip name.</param>
/// <param name="Wiring">Wires and ports by name (<see cref="XlPins"/>).</param>
/// <param name="Dma">Not used on this machine: ANTIC reads through <paramref name="Paged"/>.</param>
/// <param name="Audio">Where sound goes.</param>
/// <param name="Paged">All memory and its page tables.</param>
/// <param name="Interrupts">The processor's NMI and IRQ inputs.</param>
/// <param name="Sio">The serial bus.</param>
public sealed record XlChipContext(
    MachineConfiguration Configuration,
    DeadlineSlots Deadlines,
    Wiring Wiring,
    IDmaMemory Dma,
    AudioBuffer Audio,
    PagedMemory Paged,
    XlInterrupts Interrupts,
    SioBus Sio)
    : ChipContext(Configuration, Deadlines, Wiring, Dma, Paged.Bytes, Audio);
