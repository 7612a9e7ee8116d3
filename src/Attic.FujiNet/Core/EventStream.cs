namespace Attic.FujiNet.Core;

/// <summary>One kind of event: published and delivered at once, to subscribers in the order in which they subscribed.</summary>
/// <typeparam name="T">The event.</typeparam>
public sealed class EventStream<T>
{
    private readonly List<Action<T>> _subscribers = [];

    /// <summary>Adds a subscriber.</summary>
    /// <returns>Disposing it ends the subscription.</returns>
    public IDisposable Subscribe(Action<T> subscriber)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        _subscribers.Add(subscriber);
        return new Subscription(this, subscriber);
    }

    /// <summary>Delivers an event.</summary>
    public void Publish(T item)
    {
        // A subscriber may subscribe or leave while it is told.
        foreach (var subscriber in _subscribers.ToArray())
        {
            subscriber(item);
        }
    }

    private sealed class Subscription(EventStream<T> stream, Action<T> subscriber) : IDisposable
    {
        public void Dispose() => stream._subscribers.Remove(subscriber);
    }
}
