using System.Text.Json.Nodes;
using Attic.Abi.Chips;
using Attic.Abi.Cpu;
using Attic.Abi.Time;
using Attic.Abi.Trace;
using Attic.Engine.Inspect;
using Attic.Engine.Sessions;

namespace Attic.Engine.Debug;

/// <summary>What a step records.</summary>
[Flags]
public enum StepCapture
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Instructions (<c>opcode_capture_v1</c>).</summary>
    Opcode = 1,

    /// <summary>Bus and address errors (<c>bus_error_capture_v1</c>).</summary>
    BusError = 2,

    /// <summary>Register changes (<c>register_delta_capture_v1</c>).</summary>
    RegisterDelta = 4,
}

/// <summary>Records single ticks. Machine thread.</summary>
internal sealed class StepRecorder(MachineHost host, StepCapture capture) : ITraceSink
{
    private readonly List<RegisterValue> _before = [];
    private readonly List<RegisterValue> _after = [];
    private readonly bool _is6502 = host.Machine.Capability<IMos6502Cpu>() is not null;
    private BusAccess _lastFault;
    private bool _faulted;

    /// <summary>What was recorded, in the order of the ticks.</summary>
    public JsonArray Payloads { get; } = [];

    /// <summary>Runs one tick and records it.</summary>
    public void Step()
    {
        if (capture.HasFlag(StepCapture.RegisterDelta))
        {
            Look(_before);
        }

        host.Machine.RunTicks(1);
        if (capture.HasFlag(StepCapture.RegisterDelta))
        {
            Look(_after);
            AddDelta();
        }
    }

    /// <inheritdoc/>
    public void OnInstruction(uint address, ushort opcode, CpuCycles clock)
    {
        if (!capture.HasFlag(StepCapture.Opcode))
        {
            return;
        }

        var entry = Entry("opcode", clock.Count);
        entry["pc"] = address;
        entry["opcode_word"] = InspectEvents.Hex(opcode, _is6502 ? 8 : 16);
        entry["instruction_size_bytes"] = (int)(_is6502 ? InstructionLength.Of6502((byte)opcode) : InstructionLength.Of(opcode));
        Payloads.Add(entry);
    }

    /// <inheritdoc/>
    public void OnBus(in BusAccess access)
    {
        if (access.Kind is BusAccessKind.BusError or BusAccessKind.ReadAddressError or BusAccessKind.WriteAddressError)
        {
            (_lastFault, _faulted) = (access, true);
        }
    }

    /// <inheritdoc/>
    public void OnException(int vector, uint address, CpuCycles clock)
    {
        if (vector is not (2 or 3) || !capture.HasFlag(StepCapture.BusError) || !_faulted)
        {
            return;
        }

        _faulted = false;
        bool addressError = vector == 3;
        bool program = ((int)_lastFault.Function & 3) == 2;
        bool write = _lastFault.Kind == BusAccessKind.WriteAddressError;
        var entry = Entry("bus_error", clock.Count);
        entry["fault_address"] = _lastFault.Address;
        entry["access_type"] = program ? "instruction_fetch" : write ? "write" : "read";
        entry["fault_phase"] = addressError ? "address" : "ack";
        entry["vector"] = vector;
        Payloads.Add(entry);
    }

    private void Look(List<RegisterValue> values)
    {
        values.Clear();
        host.Registers.AddTo(values);
    }

    private void AddDelta()
    {
        var changes = new JsonArray();
        for (int i = 0; i < _after.Count; i++)
        {
            if (_after[i].Value != _before[i].Value)
            {
                changes.Add(new JsonObject
                {
                    ["component"] = _after[i].Component,
                    ["register"] = _after[i].Register,
                    ["old_value"] = InspectEvents.Hex(_before[i].Value, _before[i].Bits),
                    ["new_value"] = InspectEvents.Hex(_after[i].Value, _after[i].Bits),
                });
            }
        }

        if (changes.Count > 0)
        {
            var entry = Entry("register_delta", host.Cycle);
            entry["changes"] = changes;
            Payloads.Add(entry);
        }
    }

    private JsonObject Entry(string kind, long cycle) => new()
    {
        ["kind"] = kind,
        ["tick_counter"] = host.Tick,
        ["cycle_counter"] = cycle,
    };
}
