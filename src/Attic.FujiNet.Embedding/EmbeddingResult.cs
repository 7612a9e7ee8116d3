namespace Attic.FujiNet.Embedding;

/// <summary>What the functions for C answer: <c>enum attic_fujinet_result</c> in <c>embedding/attic_fujinet.h</c>.</summary>
internal static class EmbeddingResult
{
    public const int Ok = 0;
    public const int More = 1;
    public const int Restart = 2;
    public const int BadArgument = -1;
    public const int BadHandle = -2;
    public const int Busy = -3;
    public const int BadData = -6;
    public const int Failed = -7;
}
