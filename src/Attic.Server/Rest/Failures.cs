using Attic.Engine.Errors;

namespace Attic.Server.Rest;

/// <summary>Turns whatever goes wrong below the API into the contract's envelope.</summary>
internal static class Failures
{
    /// <summary>Envelopes failures, unknown routes and wrong methods.</summary>
    public static void UseEnvelopes(this WebApplication application, Action<string>? report) =>
        application.Use(async (http, next) =>
        {
            try
            {
                await next(http);
                await EnvelopeStatusAsync(http);
            }
            catch (Exception failure) when (!http.Response.HasStarted)
            {
                if (http.RequestAborted.IsCancellationRequested)
                {
                    return;
                }

                await Envelope.WriteAsync(http, Translate(failure, report));
            }
        });

    private static Task EnvelopeStatusAsync(HttpContext http)
    {
        if (http.Response.HasStarted || http.Response.ContentLength is not null || http.Response.ContentType is not null)
        {
            return Task.CompletedTask;
        }

        string path = http.Request.Path.Value ?? "/";
        return http.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => Envelope.WriteAsync(
                http, new EngineException(ErrorCode.NotFound, $"There is nothing at {path}.", ErrorDetails.Of(("path", path)))),
            StatusCodes.Status405MethodNotAllowed => Envelope.WriteAsync(
                http,
                new EngineException(
                    ErrorCode.BadRequest, $"{path} does not take {http.Request.Method}.",
                    ErrorDetails.Of(
                        ("field", "method"), ("actual", http.Request.Method), ("allowed", http.Response.Headers.Allow.ToArray()))),
                StatusCodes.Status405MethodNotAllowed),
            _ => Task.CompletedTask,
        };
    }

    private static EngineException Translate(Exception failure, Action<string>? report)
    {
        switch (failure)
        {
            case EngineException known:
                return known;
            case BadHttpRequestException bad:
                return new(ErrorCode.BadRequest, bad.Message, ErrorDetails.Of(("field", "body")), inner: bad);
            default:
                report?.Invoke($"internal error: {failure}");
                return new(
                    ErrorCode.InternalError, $"The engine failed: {failure.GetType().Name}.",
                    ErrorDetails.Of(("check_id", failure.GetType().Name)), inner: failure);
        }
    }
}
