using Attic.Abi.Scheduling;
using Attic.Abi.Time;

namespace Attic.Abi.Tests;

public sealed class DeadlineSlotsTests
{
    private readonly List<string> _log = [];

    [Fact]
    public void The_earliest_deadline_acts_first_whatever_its_slot()
    {
        var (slots, first, second) = TwoSlots();
        slots.Set(first, new(30));
        slots.Set(second, new(20));

        slots.Dispatch(new(100));

        Assert.Equal(["second@20", "first@30"], _log);
    }

    [Fact]
    public void Slot_order_breaks_ties()
    {
        var (slots, first, second) = TwoSlots();
        slots.Set(second, new(20));
        slots.Set(first, new(20));

        slots.Dispatch(new(20));

        Assert.Equal(["first@20", "second@20"], _log);
    }

    [Fact]
    public void What_lies_in_the_future_waits()
    {
        var (slots, first, _) = TwoSlots();
        slots.Set(first, new(21));

        slots.Dispatch(new(20));

        Assert.Empty(_log);
        Assert.Equal(new MasterCycles(21), slots.Next);
    }

    [Fact]
    public void Moving_the_nearest_deadline_away_brings_the_next_one_forward()
    {
        var (slots, first, second) = TwoSlots();
        slots.Set(first, new(10));
        slots.Set(second, new(20));

        slots.Set(first, MasterCycles.Never);

        Assert.Equal(new MasterCycles(20), slots.Next);
    }

    [Fact]
    public void A_handler_may_set_its_slot_again_within_the_same_dispatch()
    {
        var slots = new DeadlineSlots("timer");
        int slot = -1;
        slot = slots.Claim("timer", new Handler(at =>
        {
            _log.Add($"{at.Count}");
            slots.Set(slot, at + new MasterCycles(10));
        }));
        slots.Set(slot, new(10));

        slots.Dispatch(new(35));

        Assert.Equal(["10", "20", "30"], _log);
        Assert.Equal(new MasterCycles(40), slots.Next);
    }

    [Fact]
    public void A_slot_is_claimed_once_and_only_if_it_was_declared()
    {
        var slots = new DeadlineSlots("mfp");
        slots.Claim("mfp", new Handler(_ => { }));

        Assert.Throws<ArgumentException>(() => slots.Claim("mfp", new Handler(_ => { })));
        Assert.Throws<ArgumentException>(() => slots.Claim("psg", new Handler(_ => { })));
    }

    private (DeadlineSlots Slots, int First, int Second) TwoSlots()
    {
        var slots = new DeadlineSlots("first", "second");
        return (slots, slots.Claim("first", Named("first")), slots.Claim("second", Named("second")));
    }

    private Handler Named(string name) => new(at => _log.Add($"{name}@{at.Count}"));

    private sealed class Handler(Action<MasterCycles> act) : IDeadlineHandler
    {
        public void OnDeadline(MasterCycles at) => act(at);
    }
}
