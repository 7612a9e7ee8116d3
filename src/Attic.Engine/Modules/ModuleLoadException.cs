using System.Diagnostics.CodeAnalysis;

namespace Attic.Engine.Modules;

/// <summary>A package passed the gates, but what is in it could not be bound or started.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "Without a stage it could not be reported.")]
[SuppressMessage("Roslynator", "RCS1194:Implement exception constructors", Justification = "As above.")]
public sealed class ModuleLoadException : Exception
{
    /// <summary>A failure.</summary>
    /// <param name="stage">The stage of contract §11: <c>bind</c> or <c>init</c>.</param>
    /// <param name="moduleId">The module.</param>
    /// <param name="message">What went wrong.</param>
    /// <param name="inner">What caused it.</param>
    public ModuleLoadException(string stage, string moduleId, string message, Exception? inner = null)
        : base(message, inner)
    {
        Stage = stage;
        ModuleId = moduleId;
    }

    /// <summary>The stage: <c>bind</c> or <c>init</c>.</summary>
    public string Stage { get; }

    /// <summary>The module.</summary>
    public string ModuleId { get; }
}
