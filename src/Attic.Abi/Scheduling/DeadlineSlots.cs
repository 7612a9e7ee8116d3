using System.Runtime.CompilerServices;
using Attic.Abi.State;
using Attic.Abi.Time;

namespace Attic.Abi.Scheduling;

/// <summary>
/// One deadline per chip: the next moment at which it does something that others can notice by themselves.
/// The machine runs its processor up to <see cref="Next"/> and then dispatches what is due, earliest first;
/// chips due at the same moment act in slot order, which the machine declares.
/// </summary>
public sealed class DeadlineSlots : IStateful
{
    /// <summary>The most slots a machine may declare.</summary>
    public const int Capacity = 16;

    private readonly string[] _names;
    private readonly IDeadlineHandler?[] _handlers;
    private Times _times;
    private long _next = long.MaxValue;

    /// <summary>Declares the slots of a machine in the order that resolves ties.</summary>
    /// <param name="namesInOrder">Component names, at most <see cref="Capacity"/>, each once.</param>
    /// <exception cref="ArgumentException">Too many names, or one given twice.</exception>
    public DeadlineSlots(params ReadOnlySpan<string> namesInOrder)
    {
        if (namesInOrder.Length > Capacity)
        {
            throw new ArgumentException($"{namesInOrder.Length} slots asked for, {Capacity} can be had.", nameof(namesInOrder));
        }

        _names = namesInOrder.ToArray();
        if (_names.Distinct(StringComparer.Ordinal).Count() != _names.Length)
        {
            throw new ArgumentException("A slot is named twice.", nameof(namesInOrder));
        }

        _handlers = new IDeadlineHandler?[_names.Length];
        Clear();
    }

    /// <summary>The nearest deadline, <see cref="MasterCycles.Never"/> when none is set.</summary>
    public MasterCycles Next
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(_next);
    }

    /// <summary>Claims the slot that the machine declared as <paramref name="name"/> for <paramref name="handler"/>.</summary>
    /// <returns>The slot's number, for <see cref="Set"/>.</returns>
    /// <exception cref="ArgumentException">No such slot, or it is taken.</exception>
    public int Claim(string name, IDeadlineHandler handler)
    {
        int slot = Array.IndexOf(_names, name);
        if (slot < 0)
        {
            throw new ArgumentException($"The machine declares no deadline slot '{name}'.", nameof(name));
        }

        if (_handlers[slot] is not null)
        {
            throw new ArgumentException($"The deadline slot '{name}' is claimed twice.", nameof(name));
        }

        _handlers[slot] = handler;
        return slot;
    }

    /// <summary>The deadline that <paramref name="slot"/> holds.</summary>
    public MasterCycles this[int slot] => new(_times[slot]);

    /// <summary>Sets or moves the deadline of <paramref name="slot"/>; <see cref="MasterCycles.Never"/> empties it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(int slot, MasterCycles at)
    {
        long before = _times[slot];
        _times[slot] = at.Count;
        if (at.Count <= _next)
        {
            _next = at.Count;
        }
        else if (before == _next)
        {
            _next = Nearest();
        }
    }

    /// <summary>Calls the handlers of all deadlines up to <paramref name="now"/>, earliest first, ties in slot order.</summary>
    public void Dispatch(MasterCycles now)
    {
        while (_next <= now.Count)
        {
            long at = _next;
            int slot = 0;
            while (_times[slot] != at)
            {
                slot++;
            }

            _times[slot] = long.MaxValue;
            _next = Nearest();
            _handlers[slot]!.OnDeadline(new(at));
        }
    }

    /// <summary>Empties all slots, as at power-on.</summary>
    public void Clear()
    {
        ((Span<long>)_times).Fill(long.MaxValue);
        _next = long.MaxValue;
    }

    /// <inheritdoc/>
    public void Visit(StateVisitor visitor)
    {
        visitor.Struct("deadlines", ref _times);
        for (int slot = 0; slot < Capacity; slot++)
        {
            // A slot that nobody claimed never comes due, whatever a state from outside says.
            if (slot >= _handlers.Length || _handlers[slot] is null)
            {
                _times[slot] = long.MaxValue;
            }
        }

        _next = Nearest();
    }

    private long Nearest()
    {
        long nearest = long.MaxValue;
        for (int slot = 0; slot < _handlers.Length; slot++)
        {
            nearest = Math.Min(nearest, _times[slot]);
        }

        return nearest;
    }

    [InlineArray(Capacity)]
    private struct Times
    {
        private long _first;
    }
}
