using Attic.Abi.Machines;
using Attic.Abi.State;
using Attic.Engine.Errors;
using Attic.Engine.Machines;
using Attic.Engine.Modules;
using Attic.Engine.Sessions;

namespace Attic.Engine.Tests.Modules;

/// <summary>The endpoints of contract §11, with a session that does as sessions do.</summary>
[Collection("toys")]
public sealed class EbinServiceTests : IDisposable
{
    private const string Endpoint = "/api/v2/ebins/load";
    private readonly ToyCard _card = new();
    private readonly EbinService _service;
    private readonly ToySession _session;

    public EbinServiceTests()
    {
        _card.PackAudio(manifest => manifest, "1.1.0");
        _service = new(_card.Root, _card.Builder);
        _session = new(_card.Builder.Build(_card.Builder.Plan(ToyCard.Machine, ToyCard.Profile), ToyCard.Rom));
    }

    [Fact]
    public void The_catalog_shows_what_a_client_chooses_by()
    {
        var audio = _service.List().Modules.First(module => module.ModuleId == "toy.audio");
        Assert.Equal(("1.0.0", "audio", "audio", "1.0.0", "verified"), (audio.Version, audio.ModuleType, audio.Component, audio.AbiVersion, audio.IntegrityStatus));
        Assert.Equal(["toy_box"], audio.MachineTags);
        Assert.Equal(new("toy.machine", "1.0.x", true), Assert.Single(audio.Dependencies));
    }

    [Fact]
    public void A_good_package_is_found_valid()
    {
        var reply = _service.Validate("/sdcard/ebins/toy_box/audio/toy.audio-1.0.0.ebin");
        Assert.True(reply.Valid);
        Assert.Equal(("toy.audio", "1.0.0", "1.0.0", "verified"), (reply.ModuleId, reply.Version, reply.Abi, reply.Integrity.Signature));
        Assert.Equal(new NormalizedManifest("toy_box", "audio", 1, 2, 1, 1), reply.Normalized);
    }

    [Fact]
    public void What_is_not_valid_is_answered_with_its_error()
    {
        Refusal.Of(ErrorCode.EbinNotFound, () => _service.Validate("/sdcard/ebins/nothing-1.0.0.ebin"));
        Refusal.Of(ErrorCode.PathNotAllowed, () => _service.Validate("/sdcard/roms/x.ebin"));
        _card.PackAudio(manifest => manifest, "2.0.0", sign: false);
        Refusal.Of(ErrorCode.EbinSignatureInvalid, () => _service.Validate("/sdcard/ebins/toy_box/audio/toy.audio-2.0.0.ebin"));
    }

    [Fact]
    public void A_manifest_alone_passes_the_gates_that_need_no_package()
    {
        var manifest = EbinPackage.Parse(File.ReadAllBytes(_card.AudioPackage)).Manifest;
        Assert.Equal("not_checked", _service.ValidateManifest(manifest.ToJson()).Integrity.Signature);
        Refusal.Of(ErrorCode.EbinAbiMismatch, () => _service.ValidateManifest((manifest with { AbiVersion = new(3, 0, 0) }).ToJson()));
        Refusal.Of(ErrorCode.EbinInvalid, () => _service.ValidateManifest("{}"u8));
    }

    [Fact]
    public async Task Loading_swaps_a_module_and_keeps_the_machine()
    {
        _session.Machine!.RunFrame();
        string before = StateHasher.Hash(_session.Machine);
        var reply = await _service.LoadAsync(_session, "audio", "toy.audio", "1.0.0", null, Endpoint);

        Assert.Equal(new PreviousModule("toy.audio", "1.1.0"), reply.Previous);
        Assert.Equal(("audio", "toy.audio", "1.0.0", "running"), (reply.Component, reply.ModuleId, reply.Version, reply.State));
        Assert.Equal(["resolve", "validate", "gate", "bind", "init"], reply.StageHistory);
        Assert.Equal("1.0.0", _session.LoadedModules.Single(module => module.Component == "audio").Version);
        Assert.Equal(before, StateHasher.Hash(_session.Machine));
    }

    [Fact]
    public async Task A_module_that_does_not_start_leaves_the_old_one_running()
    {
        _card.PackAudio(manifest => manifest with { Exports = ["Attic.Toys.Audio.Nothing"] }, "1.2.0");
        var machine = _session.Machine;
        var refused = await Refusal.OfAsync(ErrorCode.InternalError, () => _service.LoadAsync(_session, "audio", "toy.audio", "1.2.0", null, Endpoint));

        Assert.Equal(409, refused.Code.HttpStatus);
        Assert.Equal(("bind", "rollback_previous_active_module"), (refused.Details["failed_stage"], refused.Details["recovery_action"]));
        Assert.Same(machine, _session.Machine);
        _session.Machine!.RunFrame();
    }

    [Fact]
    public async Task A_module_that_a_gate_refuses_does_not_even_pause_the_session()
    {
        _card.PackAudio(manifest => manifest, "1.2.0", sign: false);
        await Refusal.OfAsync(ErrorCode.EbinSignatureInvalid, () => _service.LoadAsync(_session, "audio", "toy.audio", "1.2.0", null, Endpoint));
        await Refusal.OfAsync(ErrorCode.EbinNotFound, () => _service.LoadAsync(_session, "audio", "toy.audio", "7.0.0", null, Endpoint));
        await Refusal.OfAsync(ErrorCode.EbinInvalid, () => _service.LoadAsync(_session, "video", "toy.audio", "1.0.0", null, Endpoint));
        await Refusal.OfAsync(ErrorCode.BadRequest, () => _service.LoadAsync(_session, "coffee", "toy.audio", "1.0.0", null, Endpoint));
        await Refusal.OfAsync(ErrorCode.BadRequest, () => _service.LoadAsync(_session, "audio", "toy.audio", "one", null, Endpoint));
        await Refusal.OfAsync(ErrorCode.BadRequest, () => _service.LoadAsync(_session, "audio", "toy.audio", "1.0.0", "at_once", Endpoint));
        Assert.Equal(0, _session.Exchanges);
    }

    [Fact]
    public async Task Unloading_pauses_and_loading_again_goes_on_from_there()
    {
        _session.Machine!.RunFrame();
        string before = StateHasher.Hash(_session.Machine);
        var unloaded = await _service.UnloadAsync(_session, "audio", null, Endpoint);
        Assert.Equal(("unloaded", "paused", new PreviousModule("toy.audio", "1.1.0")), (unloaded.Result, unloaded.State, unloaded.UnloadedModule));
        Assert.Null(_session.Machine);

        var again = await _service.UnloadAsync(_session, "audio", null, Endpoint);
        Assert.Equal(("no_op", null), (again.Result, again.UnloadedModule));

        var reply = await _service.LoadAsync(_session, "audio", "toy.audio", "1.1.0", null, Endpoint);
        Assert.Null(reply.Previous);
        Assert.Equal(before, StateHasher.Hash(_session.Machine!));
    }

    [Fact]
    public async Task A_module_that_another_needs_is_not_unloaded()
    {
        _card.PackAudio(manifest => manifest with { Dependencies = [] }, "1.3.0");
        var machine = EbinPackage.Parse(File.ReadAllBytes(Path.Combine(_card.EbinFolder, "toy_box", "machine_profile", "toy.machine-1.0.0.ebin")));
        var needy = machine.Manifest with { Version = null, Dependencies = [new("toy.audio", VersionRange.TryParse("*", out var any) ? any : null!, true)] };
        File.WriteAllBytes(Path.Combine(_card.EbinFolder, "toy_box", "machine_profile", "toy.machine-1.1.0.ebin"), EbinPackage.Write(needy, machine.Payload.Span, _card.Key));
        _card.Catalog.Rescan();

        var refused = await Refusal.OfAsync(ErrorCode.Conflict, () => _service.UnloadAsync(_session, "audio", null, Endpoint));
        Assert.Contains("toy.machine", (string[])refused.Details["dependents"]!);
    }

    [Theory]
    [InlineData(LifecycleState.Suspended)]
    [InlineData(LifecycleState.Faulted)]
    [InlineData(LifecycleState.Starting)]
    public async Task Modules_change_only_while_running_or_paused(LifecycleState state)
    {
        _session.State = state;
        var refused = await Refusal.OfAsync(ErrorCode.InvalidSessionState, () => _service.LoadAsync(_session, "audio", "toy.audio", "1.0.0", null, Endpoint));
        Assert.Equal(Endpoint, refused.Details["endpoint"]);
        await Refusal.OfAsync(ErrorCode.InvalidSessionState, () => _service.UnloadAsync(_session, "audio", null, Endpoint));
    }

    public void Dispose()
    {
        _session.Dispose();
        _card.Dispose();
    }

    private sealed class ToySession(BuiltMachine built) : IModuleSession, IDisposable
    {
        private readonly MachineConfiguration _configuration = built.Machine.Configuration;
        private readonly List<string> _missing = [];
        private BuiltMachine? _built = built;
        private byte[] _saved = [];

        public string Id => "ses_test";

        string IModuleSession.Machine => ToyCard.Machine;

        public string Profile => ToyCard.Profile;

        public LifecycleState State { get; set; } = LifecycleState.Running;

        public int Exchanges { get; private set; }

        public IMachine? Machine => _built?.Machine;

        public IReadOnlyDictionary<string, string> ModuleOverrides { get; private set; } = new Dictionary<string, string>();

        public IReadOnlyList<LoadedModule> LoadedModules { get; private set; } = built.LoadedModules;

        public Task SwapMachineAsync(Func<MachineConfiguration, BuiltMachine> build, IReadOnlyDictionary<string, string> overrides)
        {
            byte[] state = _built is null ? _saved : new StateSaver().Save(_built.Machine).ToArray();
            var next = build(_configuration);
            new StateLoader().Load(next.Machine, state);
            _built?.Dispose();
            _built = next;
            (ModuleOverrides, LoadedModules) = (overrides, next.LoadedModules);
            Exchanges++;
            return Task.CompletedTask;
        }

        public Task ReleaseMachineAsync(string component)
        {
            _saved = new StateSaver().Save(_built!.Machine).ToArray();
            _missing.Add(component);
            LoadedModules = [.. LoadedModules.Where(module => !_missing.Contains(module.Component))];
            Dispose();
            State = LifecycleState.Paused;
            Exchanges++;
            return Task.CompletedTask;
        }

        public void Dispose()
        {
            _built?.Dispose();
            _built = null;
        }
    }
}
