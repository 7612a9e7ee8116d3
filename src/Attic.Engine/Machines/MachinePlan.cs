using Attic.Engine.Profiles;

namespace Attic.Engine.Machines;

/// <summary>A profile whose manifest, wiring and scheduler were found good: what a machine is built from.</summary>
/// <param name="Manifest">The profile.</param>
/// <param name="Modules">One module for each component, in the profile's order.</param>
public sealed record MachinePlan(ProfileManifest Manifest, IReadOnlyList<WiredModule> Modules);
