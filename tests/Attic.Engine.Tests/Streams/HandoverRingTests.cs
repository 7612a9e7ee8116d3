using Attic.Engine.Streams;

namespace Attic.Engine.Tests.Streams;

public class HandoverRingTests
{
    private sealed class Item
    {
        public long Value { get; set; }

        public long Copy { get; set; }
    }

    [Fact]
    public void Items_come_out_in_order()
    {
        var ring = new HandoverRing<Item>(4, () => new());
        Put(ring, 1);
        Put(ring, 2);
        Assert.Equal(1, ring.Take()!.Value);
        Assert.Equal(2, ring.Take()!.Value);
        Assert.Null(ring.Take());
    }

    [Fact]
    public void A_late_reader_loses_the_oldest_and_it_is_counted()
    {
        var ring = new HandoverRing<Item>(4, () => new());
        for (int i = 1; i <= 10; i++)
        {
            Put(ring, i);
        }

        Assert.Equal(6, ring.Dropped);
        Assert.Equal([7, 8, 9, 10], Enumerable.Range(0, 4).Select(_ => ring.Take()!.Value));
        Assert.Null(ring.Take());
    }

    [Fact]
    public void Two_threads_never_see_a_torn_or_older_item_and_every_item_is_read_or_counted()
    {
        const long Total = 300_000;
        var ring = new HandoverRing<Item>(3, () => new());
        var writer = new Thread(() =>
        {
            for (long i = 1; i <= Total; i++)
            {
                Put(ring, i);
            }
        });
        writer.Start();
        long last = 0;
        long read = 0;
        while (last < Total)
        {
            if (ring.Take() is { } item)
            {
                Assert.Equal(item.Value, item.Copy);
                Assert.True(item.Value > last);
                last = item.Value;
                read++;
            }
        }

        writer.Join();
        Assert.InRange(read + ring.Dropped, Total - 3, Total);
    }

    private static void Put(HandoverRing<Item> ring, long value)
    {
        (ring.Next.Value, ring.Next.Copy) = (value, value);
        ring.Publish();
    }
}
