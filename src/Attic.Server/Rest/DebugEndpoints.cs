using System.Text.Json;
using Attic.Engine.Debug;
using Attic.Engine.Errors;
using Attic.Engine.Sessions;
using Attic.Server.Security;

namespace Attic.Server.Rest;

/// <summary>Run modes and steps (§6).</summary>
internal sealed class DebugEndpoints(SessionManager sessions)
{
    private const int MostSteps = 1024;

    /// <summary>Adds the endpoints.</summary>
    public void Map(ApiRoutes routes)
    {
        routes.Post("debug/clock/mode", Scopes.EngineControl, ModeAsync);
        routes.Post("debug/clock/step", Scopes.EngineControl, StepAsync);
        routes.Get("debug/clock/state", Scopes.InspectRead, StateAsync);
        routes.Post("debug/breakpoints", Scopes.EngineControl, SetBreakpointsAsync);
        routes.Get("debug/breakpoints", Scopes.InspectRead, BreakpointsAsync);
    }

    private async Task<object> ModeAsync(ApiRequest request)
    {
        string id = request.Body.String("session_id");
        string mode = request.Body.Choice("mode", "realtime", "slow_motion", "single_step");
        double? ratio = request.Body.OptionalNumber("ratio");
        request.Body.Check();
        return await sessions.FindActive(id).SetModeAsync(DebugClock.Parse(mode)!.Value, ratio, request.Endpoint);
    }

    private async Task<object> StepAsync(ApiRequest request)
    {
        string id = request.Body.String("session_id");
        long steps = request.Body.Integer("steps", int.MinValue, int.MaxValue);
        var selectors = request.Body.OptionalStrings("capture");
        var unit = request.Body.OptionalChoice("unit", "tick", "tick", "scanline", "frame") switch
        {
            "scanline" => StepUnit.Scanline,
            "frame" => StepUnit.Frame,
            _ => StepUnit.Tick,
        };
        request.Body.Check();
        if (steps is < 1 or > MostSteps)
        {
            throw new EngineException(
                ErrorCode.DebugStepInvalid, $"steps must be 1 to {MostSteps}.",
                ErrorDetails.Of(("guard_id", "STEP-CTRL-01"), ("field", "steps"), ("actual", steps), ("minimum", 1), ("maximum", MostSteps)));
        }

        var capture = ReadCapture(selectors);
        return await sessions.FindActive(id).StepAsync((int)steps, unit, capture, request.Endpoint);
    }

    private async Task<object> StateAsync(ApiRequest request) =>
        await sessions.FindActive(request.Query.OptionalString("session_id")).ClockStateAsync();

    private async Task<object> SetBreakpointsAsync(ApiRequest request)
    {
        string id = request.Body.String("session_id");
        var addresses = ReadAddresses(request);
        request.Body.Check();
        return await sessions.FindActive(id).SetBreakpointsAsync(addresses, request.Endpoint);
    }

    private async Task<object> BreakpointsAsync(ApiRequest request)
    {
        string? id = request.Query.OptionalString("session_id");
        request.Query.Check();
        return await sessions.FindActive(id).BreakpointsAsync();
    }

    private static List<uint> ReadAddresses(ApiRequest request)
    {
        var addresses = new List<uint>();
        if (request.Body.Any("addresses") is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() > Breakpoints.Most)
        {
            request.Body.Wrong("addresses", $"an array of at most {Breakpoints.Most} addresses", request.Body.Any("addresses"));
            return addresses;
        }

        foreach (var address in list.EnumerateArray())
        {
            if (address.ValueKind == JsonValueKind.Number && address.TryGetUInt32(out uint value))
            {
                addresses.Add(value);
            }
            else
            {
                request.Body.Wrong("addresses", "u32", address);
            }
        }

        return addresses;
    }

    private static StepCapture? ReadCapture(IReadOnlyList<string>? selectors)
    {
        if (selectors is null)
        {
            return null;
        }

        var capture = StepCapture.None;
        foreach (string selector in selectors)
        {
            capture |= selector switch
            {
                "opcode" => StepCapture.Opcode,
                "bus_error" => StepCapture.BusError,
                "register_delta" => StepCapture.RegisterDelta,
                _ => throw new EngineException(
                    ErrorCode.DebugStepInvalid, $"There is no capture '{selector}'.",
                    ErrorDetails.Of(
                        ("guard_id", "CAP-DIAG-03"), ("field", "capture"), ("actual", selector),
                        ("allowed", new[] { "opcode", "bus_error", "register_delta" }))),
            };
        }

        return capture;
    }
}
