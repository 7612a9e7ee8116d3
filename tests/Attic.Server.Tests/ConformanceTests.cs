using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Attic.Server.Tests;

/// <summary>Holds the server against the machine-readable twin of the contract: routes, fields, codes.</summary>
public class ConformanceTests
{
    private static readonly string[] s_scope =
    [
        "^/api/v2/auth/", "^/api/v2/engine/(session|status|health|state)", "^/api/v2/debug/", "^/api/v2/media/", "^/api/v2/input/",
        "^/api/v2/catalogs/list$", @"^/api/v2/catalogs/\{catalog\}/entries", "^/api/v2/files/upload$", "^/api/v2/ebins/",
        "^/api/v2/stream/telemetry/",
    ];

    private static readonly JsonArray s_twin = Load();

    public static TheoryData<string, string> Endpoints
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var endpoint in s_twin.Where(IsInScope))
            {
                data.Add((string)endpoint!["method"]!, (string)endpoint["path"]!);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task An_endpoint_is_there_and_asks_for_its_fields(string method, string path)
    {
        await using var server = await TestServer.StartAsync();
        var fields = Fields(method, path);
        var reply = await SendAsync(server, method, path, new JsonObject());
        string[] required = [.. fields.Where(field => (bool)field["required"]! && (string?)field["in"] is "body" or "query").Select(Name)];
        if (required.Length > 0 && !path.EndsWith("files/upload", StringComparison.Ordinal))
        {
            Assert.Equal((400, "BAD_REQUEST"), (reply.Status, reply.Code));
            Assert.Equal(required.Select(TopName).Distinct().Order(), reply.Details["missing_fields"]!.AsArray().Select(name => (string)name!).Order());
        }
        else
        {
            Assert.NotEqual(405, reply.Status);
            Assert.True(reply.Code is null || Codes(method, path).Contains(reply.Code), $"{reply.Code} is not in the contract's list.");
        }
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A_field_of_a_wrong_type_is_refused_by_its_name(string method, string path)
    {
        await using var server = await TestServer.StartAsync();
        var fields = Fields(method, path);
        foreach (var field in fields.Where(field => (string?)field["in"] == "body"))
        {
            var body = Complete(fields);
            if (!Put(body, Name(field), WrongValue((string)field["type"]!)))
            {
                continue;
            }

            var reply = await SendAsync(server, method, path, body);
            Assert.True(reply.Status == 400, $"{Name(field)} of a wrong type: {reply.Json}");
            Assert.Contains(reply.Code!, Codes(method, path));
            Assert.Equal(Last(Name(field)), Last((string)reply.Details["field"]!));
        }
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A_session_that_is_not_there_is_refused_with_the_contracts_code(string method, string path)
    {
        await using var server = await TestServer.StartAsync();
        var fields = Fields(method, path);
        if (!fields.Exists(field => Name(field) == "session_id") || path.EndsWith("engine/health", StringComparison.Ordinal))
        {
            return;
        }

        var reply = await SendAsync(server, method, path, Complete(fields));
        bool policy = path.Contains("/capture/", StringComparison.Ordinal) || path.Contains("/policy/", StringComparison.Ordinal);
        Assert.Equal((409, policy ? "INPUT_POLICY_SESSION_INVALID" : "ENGINE_NOT_RUNNING"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task Replies_carry_every_field_that_the_contract_lists()
    {
        await using var server = await TestServer.StartAsync();
        var seen = new HashSet<string>();
        async Task<JsonObject> Check(string method, string path, string body, string? route = null)
        {
            var reply = await SendAsync(server, method, "/api/v2/" + path, JsonNode.Parse(body)!.AsObject());
            Assert.True(reply.Status is 200 or 201, $"{path}: {reply.Json}");
            string name = "/api/v2/" + (route ?? path.Split('?')[0]);
            foreach (string field in SuccessFields(method, name))
            {
                Assert.True(Has(reply.Data, field), $"{name} lacks {field}: {reply.Data}");
            }

            seen.Add(method + name);
            return reply.Data;
        }

        var started = await Check("POST", "engine/session", """{"machine":"atari_st","profile":"st_1040_pal","rom_id":"rom.toy","disk_ids":["disk.one"]}""");
        string id = (string)started["session_id"]!;
        string session = $"\"session_id\":\"{id}\"";
        string browser = session + ",\"browser_session_id\":\"web_a\"";
        await Check("GET", "engine/session", "{}");
        await Check("GET", "engine/status", "{}");
        await Check("GET", "engine/health", "{}");
        await Check("GET", "debug/clock/state", "{}");
        await Check("POST", "debug/clock/mode", $$"""{ {{session}},"mode":"single_step" }""");
        await Check("POST", "debug/clock/step", $$"""{ {{session}},"steps":3,"capture":["opcode","register_delta"] }""");
        await Check("POST", "debug/clock/mode", $$"""{ {{session}},"mode":"realtime" }""");
        await Check("POST", "media/rom/attach", $$"""{ {{session}},"rom_id":"rom.other" }""");
        await Check("POST", "media/disk/attach", $$"""{ {{session}},"drive":"B","disk_id":"disk.two" }""");
        await Check("POST", "media/disk/eject", $$"""{ {{session}},"drive":"A" }""");
        await Check("POST", "media/cartridge/attach", $$"""{ {{session}},"cartridge_id":"cart.toy" }""");
        await Check("POST", "media/cartridge/eject", $$"""{ {{session}} }""");
        await Check("GET", $"input/devices?session_id={id}", "{}");
        await Check("POST", "input/mappings/load", $$"""{ {{session}},"mapping_profile_id":"atari_st_default_v1" }""");
        await Check("POST", "input/mappings", """{"machine":"atari_st","profile":"any","mapping_profile_id":"mine","entries":[]}""");
        await Check("GET", "input/mappings", "{}");
        await Check("GET", "input/mappings/atari_st_default_v1", "{}", "input/mappings/{mapping_profile_id}");
        await Check("PATCH", "input/mappings/mine", """{"profile":"other"}""", "input/mappings/{mapping_profile_id}");
        await Check("POST", "input/mappings/apply", $$"""{ {{session}},"mapping_profile_id":"atari_st_default_v1" }""");
        await Check("POST", "input/mappings/update", $$"""{ {{session}},"patch":[] }""");
        await Check("GET", $"input/mappings/active?session_id={id}", "{}");
        await Check("DELETE", "input/mappings/mine", "{}", "input/mappings/{mapping_profile_id}");
        await Check("POST", "input/policy/enabled", $$"""{ {{browser}},"enabled":true }""");
        await Check("POST", "input/capture/config", $$"""{ {{browser}},"input_enabled":true,"capture_mode":"click_to_capture","request_action":"click_acquire" }""");
        await Check("GET", $"input/capture/state?session_id={id}&browser_session_id=web_a", "{}");
        await Check("POST", "input/events/inject", $$"""{ {{browser}},"events":[{"event_id":"e","device_id":"keyboard","type":"key_down","code":"KeyA"}] }""");
        await Check("POST", "input/capture/release", $$"""{ {{browser}} }""");
        await Check("GET", $"stream/telemetry/backpressure?session_id={id}&stream=video", "{}");
        var saved = await Check("POST", "engine/state/save", $$"""{ {{session}},"name":"n","tags":["t"] }""");
        string snapshot = $"\"snapshot_id\":\"{(string)saved["snapshot_id"]!}\"";
        await Check("GET", "engine/state/list", "{}");
        await Check("POST", "engine/state/restore/validate", $$"""{ {{session}},{{snapshot}} }""");
        await Check("POST", "engine/state/restore", $$"""{ {{session}},{{snapshot}},"resume_mode":"running" }""");
        await Check("POST", "engine/session/suspend-save", $$"""{ {{session}} }""");
        await Check("POST", "engine/session/restore-resume", $$"""{ {{session}},{{snapshot}},"resume_mode":"running" }""");
        await Check("POST", "engine/session/reset", $$"""{ {{session}} }""");
        await Check("POST", "engine/session/pause", $$"""{ {{session}} }""");
        await Check("POST", "engine/session/resume", $$"""{ {{session}} }""");
        await Check("POST", "engine/session/stop", $$"""{ {{session}} }""");
        await Check("GET", "catalogs/list", "{}");
        await Check("GET", "catalogs/tos/entries", "{}", "catalogs/{catalog}/entries");
        await Check("GET", "ebins/catalog", "{}");
        await Check("POST", "ebins/rescan", "{}");
        string[] elsewhere = ["auth/token", "files/upload", "ebins/validate", "ebins/load", "ebins/unload", "catalogs/{catalog}/entries/{entry_id}"];
        string[] left = [.. s_twin.Where(IsInScope).Select(each => (string)each!["method"]! + (string)each["path"]!)
            .Where(each => !seen.Contains(each) && !elsewhere.Any(known => each.EndsWith(known, StringComparison.Ordinal)))];
        Assert.Empty(left);
    }

    [Fact]
    public async Task An_upload_is_stored_catalogued_and_found()
    {
        await using var server = await TestServer.StartAsync();
        byte[] disk = new byte[737_280];
        var stored = await UploadAsync(server, "/sdcard/disks/st/mine.st", disk);
        Assert.True(stored.Status == 200, stored.Json.ToString());
        foreach (string field in SuccessFields("POST", "/api/v2/files/upload"))
        {
            Assert.True(Has(stored.Data, field), field);
        }

        string entry = (string)stored.Data["catalog_entry_id"]!;
        var found = await server.GetAsync("catalogs/floppies/entries/" + entry);
        foreach (string field in SuccessFields("GET", "/api/v2/catalogs/{catalog}/entries/{entry_id}"))
        {
            Assert.True(Has(found.Data, field), field);
        }

        Assert.Equal("/sdcard/disks/st/mine.st", (string?)found.Data["local_path"]);
        Assert.Equal("CONFLICT", (await UploadAsync(server, "/sdcard/disks/st/mine.st", disk)).Code);
        Assert.Equal("PATH_NOT_ALLOWED", (await UploadAsync(server, "/sdcard/../etc/x.st", disk)).Code);
        Assert.Equal("UNSUPPORTED_MEDIA_FORMAT", (await UploadAsync(server, "/sdcard/disks/st/bad.st", [1, 2, 3])).Code);
        Assert.Equal("CATALOG_ENTRY_NOT_FOUND", (await server.GetAsync("catalogs/floppies/entries/disk.none")).Code);
        Assert.Equal("CATALOG_NOT_FOUND", (await server.GetAsync("catalogs/spoons/entries")).Code);
    }

    private static async Task<Reply> UploadAsync(TestServer server, string path, byte[] bytes)
    {
        using var form = new MultipartFormDataContent { { new StringContent(path), "path" }, { new ByteArrayContent(bytes), "file", "x" } };
        using var response = await server.Client.PostAsync(new Uri("/api/v2/files/upload", UriKind.Relative), form);
        return await Reply.ReadAsync(response);
    }

    private static Task<Reply> SendAsync(TestServer server, string method, string path, JsonObject body)
    {
        string target = Regex.Replace(path["/api/v2/".Length..], @"\{\w+\}", "none", RegexOptions.None, TimeSpan.FromSeconds(1));
        if (method == "GET")
        {
            string query = string.Join('&', body.Where(field => field.Value is JsonValue).Select(field => $"{field.Key}={field.Value}"));
            return server.GetAsync(query.Length > 0 ? $"{target}?{query}" : target);
        }

        return server.SendAsync(new HttpMethod(method), target, body.ToJsonString());
    }

    private static bool IsInScope(JsonNode? endpoint) =>
        (string?)endpoint!["kind"] == "rest"
        && s_scope.Any(pattern => Regex.IsMatch((string)endpoint["path"]!, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)));

    private static JsonArray Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("endpoints")!;
        return JsonNode.Parse(stream)!.AsArray();
    }

    private static JsonNode Entry(string method, string path) =>
        s_twin.First(each => (string?)each!["method"] == method && (string?)each["path"] == path)!;

    private static List<JsonNode> Fields(string method, string path) => [.. Entry(method, path)["request_fields"]!.AsArray().Select(field => field!)];

    private static string[] Codes(string method, string path) => [.. Entry(method, path)["errors"]!.AsArray().Select(code => (string)code!)];

    private static IEnumerable<string> SuccessFields(string method, string path) =>
        Entry(method, path)["success_fields"]!.AsArray().Select(field => (string)field!);

    private static string Name(JsonNode field) => (string)field["name"]!;

    private static string TopName(string name) => name.Split('[', '.')[0];

    private static string Last(string name) => name.Split('.')[^1];

    // A body in which every required field has a value of its type.
    private static JsonObject Complete(List<JsonNode> fields)
    {
        var body = new JsonObject();
        foreach (var field in fields.Where(field => (bool)field["required"]! && (string?)field["in"] is "body" or "query"))
        {
            Put(body, Name(field), RightValue((string)field["type"]!, Name(field)));
        }

        return body;
    }

    private static JsonNode RightValue(string type, string name) => type switch
    {
        _ when name.EndsWith("event_id", StringComparison.Ordinal) => "e1",
        _ when name.EndsWith("].type", StringComparison.Ordinal) => "pad_axis",
        _ when name == "disk_id" => "disk.one",
        _ when name == "rom_id" => "rom.toy",
        _ when name == "cartridge_id" => "cart.toy",
        "bool" => true,
        "semver" => "1.0.0",
        "vpath" => "/sdcard/ebins/x-1.0.0.ebin",
        _ when type.StartsWith("enum(", StringComparison.Ordinal) => type[5..].Split('|', ')')[0],
        _ when type.EndsWith("[]", StringComparison.Ordinal) => new JsonArray(),
        _ when type.StartsWith('u') || type.StartsWith("int", StringComparison.Ordinal) => 1,
        _ => "x",
    };

    private static JsonNode WrongValue(string type)
    {
        bool text = type.StartsWith("str", StringComparison.Ordinal) || type.StartsWith("enum", StringComparison.Ordinal) || type is "vpath" or "semver";
        return text && !type.EndsWith("[]", StringComparison.Ordinal) ? 7 : "x";
    }

    // Puts a value at a name such as escape_release.enabled or events[].code.
    private static bool Put(JsonObject body, string name, JsonNode value)
    {
        var at = body;
        string[] steps = name.Split('.');
        foreach (string step in steps[..^1])
        {
            if (step.EndsWith("[]", StringComparison.Ordinal))
            {
                string array = step[..^2];
                if (body[array] is not JsonArray list || list.Count == 0)
                {
                    list = [new JsonObject { ["event_id"] = "e1", ["device_id"] = "pad0", ["type"] = "pad_axis", ["code"] = "axis_0", ["value"] = 0 }];
                    body[array] = list;
                }

                at = list[0]!.AsObject();
                if (steps[^1] is "dx" or "dy")
                {
                    at["type"] = "mouse_move";
                    at["dx"] = 0;
                    at["dy"] = 0;
                }
                else if (steps[^1] == "button")
                {
                    at["type"] = "mouse_button_down";
                }

                continue;
            }

            at = (JsonObject)(at[step] ??= new JsonObject());
        }

        at[steps[^1]] = value;
        return true;
    }

    private static bool Has(JsonNode? node, string path)
    {
        foreach (string step in path.Split('.'))
        {
            bool array = step.EndsWith("[]", StringComparison.Ordinal);
            string name = array ? step[..^2] : step;
            if (node is not JsonObject parent || !parent.ContainsKey(name))
            {
                return s_optional.Contains(path);
            }

            node = parent[name];
            if (array)
            {
                if (node is not JsonArray list)
                {
                    return false;
                }

                if (list.Count == 0)
                {
                    return true;
                }

                node = list[0];
            }
            else if (node is null)
            {
                return true;
            }
        }

        return true;
    }

    // Fields that the contract marks as optional, or that only some kinds of entries have.
    private static readonly string[] s_optional =
    [
        "reason", "results[].error_code", "components[].reason", "components[].error_code", "capture_payloads[].kind",
        "capture_payloads[].tick_counter", "capture_payloads[].cycle_counter", "capture_payloads[].pc", "capture_payloads[].opcode_word",
        "capture_payloads[].instruction_size_bytes", "capture_payloads[].fault_address", "capture_payloads[].access_type",
        "capture_payloads[].fault_phase", "capture_payloads[].vector", "mapping_profile.entries[].host.modifiers",
        "mapping_profile.entries[].virtual.phase", "mapping_profile.entries[].flags",
    ];
}
