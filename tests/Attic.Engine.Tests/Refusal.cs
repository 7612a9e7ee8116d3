using Attic.Engine.Errors;

namespace Attic.Engine.Tests;

/// <summary>States that something is refused with a code.</summary>
internal static class Refusal
{
    public static EngineException Of(ErrorCode code, Action action)
    {
        var refused = Assert.Throws<EngineException>(action);
        Assert.Equal(code.Code, refused.Code.Code);
        return refused;
    }

    public static EngineException Of<T>(ErrorCode code, Func<T> action) => Of(code, () => { _ = action(); });

    public static async Task<EngineException> OfAsync(ErrorCode code, Func<Task> action)
    {
        var refused = await Assert.ThrowsAsync<EngineException>(action);
        Assert.Equal(code.Code, refused.Code.Code);
        return refused;
    }
}
