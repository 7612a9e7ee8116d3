using System.Diagnostics.CodeAnalysis;

namespace Attic.Engine.Modules;

/// <summary>The bytes of a module package, or its manifest, are not what the format says.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "Without a field it could not be reported.")]
[SuppressMessage("Roslynator", "RCS1194:Implement exception constructors", Justification = "As above.")]
public sealed class EbinFormatException : Exception
{
    /// <summary>A failure in one field.</summary>
    /// <param name="field">The field of header or manifest: <c>magic</c>, <c>manifest_length</c>, <c>exports</c> …</param>
    /// <param name="reason">What is wrong with it.</param>
    public EbinFormatException(string field, string reason)
        : base($"{field}: {reason}")
    {
        Field = field;
        Reason = reason;
    }

    /// <summary>The field.</summary>
    public string Field { get; }

    /// <summary>What is wrong with it.</summary>
    public string Reason { get; }
}
