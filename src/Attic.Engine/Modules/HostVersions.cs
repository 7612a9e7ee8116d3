using Attic.Abi.Modules;

namespace Attic.Engine.Modules;

/// <summary>What this engine offers modules: the host matrix is 1.0.x for all six types (contract R51).</summary>
public static class HostVersions
{
    /// <summary>The ABI versions that the engine can host.</summary>
    public const string AbiRange = "1.0.x";

    /// <summary>The API contract versions that the engine can host.</summary>
    public const string ApiContractRange = "2.x";

    /// <summary>The version of the API contract that the engine offers.</summary>
    public const string ApiContract = "2.0.0";

    /// <summary>The version of the ABI that the engine offers.</summary>
    public const string Abi = AbiVersion.Current;
}
