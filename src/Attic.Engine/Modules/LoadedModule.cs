namespace Attic.Engine.Modules;

/// <summary>A module that runs in a machine.</summary>
/// <param name="Component">The component key of the profile that it serves.</param>
/// <param name="ModuleId">Its id.</param>
/// <param name="Version">Its version.</param>
/// <param name="StateLayoutVersion">The version of its chips' state layouts (contract R79).</param>
public sealed record LoadedModule(string Component, string ModuleId, string Version, string StateLayoutVersion);
