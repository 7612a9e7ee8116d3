using System.Diagnostics.CodeAnalysis;

namespace Attic.Engine.Snapshots;

/// <summary>A saved state does not fit a machine; the message names the block or field.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "Without a reason it would say nothing.")]
[SuppressMessage("Roslynator", "RCS1194:Implement exception constructors", Justification = "As above.")]
public sealed class SnapshotMismatchException(string message) : Exception(message);

/// <summary>A file is no snapshot, or a damaged one; the message says where.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "Without a reason it would say nothing.")]
[SuppressMessage("Roslynator", "RCS1194:Implement exception constructors", Justification = "As above.")]
public sealed class SnapshotFormatException(string message, Exception? inner = null) : Exception(message, inner);
