namespace Attic.Cpm.Ccp;

/// <summary>What the command processor came to.</summary>
internal enum CommandResult
{
    /// <summary>A key is needed.</summary>
    Waiting,

    /// <summary>A command was done; the next prompt follows.</summary>
    Done,

    /// <summary>A program is loaded and is to be started.</summary>
    Start,

    /// <summary>EXIT.</summary>
    Exit,
}
