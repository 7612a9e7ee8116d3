namespace Attic.Engine.Tests;

/// <summary>Toys tell through the process whether their code has run, so their tests take turns.</summary>
[CollectionDefinition("toys", DisableParallelization = true)]
public sealed class ToyCollection;
