namespace Attic.Abi.Machines;

/// <summary>Counters that rise while a machine is doing something that a user would wait for.</summary>
public interface IActivity
{
    /// <summary>Disk commands, sectors and motor turns so far, and 1 more at each look while a motor runs.</summary>
    long Disk { get; }

    /// <summary>Changes of audible sound registers so far.</summary>
    long Sound { get; }

    /// <summary>Bytes that passed between keyboard and machine so far.</summary>
    long Keys { get; }
}
