namespace Attic.Abi.Buses;

/// <summary>The 68000's FC2–FC0 outputs: what kind of access the bus carries (MC68000 UM, table 3-2).</summary>
public enum FunctionCode : byte
{
    /// <summary>User data.</summary>
    UserData = 1,

    /// <summary>User program.</summary>
    UserProgram = 2,

    /// <summary>Supervisor data.</summary>
    SupervisorData = 5,

    /// <summary>Supervisor program.</summary>
    SupervisorProgram = 6,

    /// <summary>Interrupt acknowledge.</summary>
    InterruptAcknowledge = 7,
}
