using System.CommandLine;
using System.Diagnostics;
using Attic.Abi.Machines;
using Attic.Abi.State;
using Attic.Cli.Fuji;
using Attic.Cli.Machines;
using Attic.Cli.Output;
using Attic.Cli.Run;

namespace Attic.Cli.Verbs;

/// <summary><c>attic run</c>: a machine without a window, driven by steps.</summary>
internal static class RunVerb
{
    private const int DefaultTimeoutFrames = 3000;

    public static Command Build()
    {
        var machine = MachineOptions.Machine();
        var profile = MachineOptions.Profile();
        var card = MachineOptions.Card();
        var rom = MachineOptions.Rom();
        var basic = MachineOptions.Basic();
        var disks = MachineOptions.Disks();
        var file = MachineOptions.File();
        var memory = MachineOptions.Memory();
        var powerOn = MachineOptions.PowerOn();
        var seed = MachineOptions.Seed();
        var driveModel = MachineOptions.DriveModel();
        var fastSio = MachineOptions.FastSio();
        var artifacts = MachineOptions.Artifacts();
        var cartridge = new Option<FileInfo?>("--cartridge") { Description = "Cartridge image; of an XL .car, or raw.", HelpName = "FILE" };
        var cartridgeType = new Option<int?>("--cartridge-type") { Description = "XL: the type of a raw cartridge, by its number in CAR files.", HelpName = "N" };
        var second = new Option<FileInfo?>("--second-cartridge") { Description = "XL: a cartridge for the slot in the back of a SpartaDOS X cartridge.", HelpName = "FILE" };
        var cassette = new Option<FileInfo?>("--cassette") { Description = "XL: tape (.cas, .wav) in the recorder, PLAY pressed; the computer runs its motor.", HelpName = "FILE" };
        var record = new Option<bool>("--record") { Description = "XL: RECORD is pressed: what the computer saves on tape goes behind what the .cas holds; a missing one is made." };
        var fuji = new Option<DirectoryInfo?>("--fuji") { Description = "XL: plugs a FujiNet in, whose storage is this folder; N: and its CONFIG disk come with it.", HelpName = "DIR" };
        var netSio = new Option<string?>("--netsio")
        {
            Description = "XL: waits for a FujiNet that calls by NetSIO, as atari800 -netsio does; default 127.0.0.1:9997.",
            HelpName = "HOST:PORT",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var fujiPrinter = FujiOptions.Printer("--fuji-printer");
        var printer = new Option<FileInfo?>("--printer") { Description = "XL: what the computer prints is appended to a text file.", HelpName = "FILE" };
        var frames = Step(RunStepReader.Frames, "N", "Step: runs N pictures.");
        var type = Step(RunStepReader.Type, "TEXT", "Step: types; waits until the machine has taken each key.");
        var untilText = Step(RunStepReader.UntilTextOption, "TEXT", "Step: waits until the screen shows TEXT.");
        var untilIdle = new Option<bool[]>(RunStepReader.UntilIdleOption)
        {
            Description = $"Step: waits for {IdleWatch.FramesOfRest} frames with the same picture and no disk, sound or key activity.",
            Arity = ArgumentArity.Zero,
            CustomParser = _ => [],
        };
        var timeout = new Option<int>("--timeout-frames")
        {
            Description = "Frames after which a wait is given up with exit code 3.",
            HelpName = "N",
            DefaultValueFactory = _ => DefaultTimeoutFrames,
        };
        var screenshot = new Option<string?>("--screenshot") { Description = "Writes the last picture as PNG.", HelpName = "FILE.png" };
        var borders = new Option<bool>("--borders") { Description = "The screenshot shows the borders too." };
        var wav = new Option<string?>("--wav") { Description = "Writes all sound as WAV.", HelpName = "FILE.wav" };
        var screenText = new Option<bool>("--screen-text") { Description = "Prints the text on the screen at the end." };
        var screenLog = new Option<string?>("--screen-log") { Description = "Writes each change of the screen's text with its frame.", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Prints one JSON object about the run." };
        NumberRange.Require(timeout, 1, int.MaxValue);
        NumberRange.Require(cartridgeType, 1, 1000);

        var run = new Command("run", "Runs a machine headless and unpaced, step by step: the test rig for software that you write for it.")
        {
            file, machine, profile, rom, basic, memory, powerOn, seed, driveModel, fastSio, artifacts, disks, cartridge, cartridgeType, second, cassette, record, printer, fuji, fujiPrinter, netSio, frames, type, untilText, untilIdle, timeout,
            screenshot, borders, wav, screenText, screenLog, json, card,
        };
        run.SetAction((parsed, cancel) => Task.Run(
            () =>
            {
                var request = new MachineRequest
                {
                    Machine = parsed.GetValue(machine)!,
                    Profile = parsed.GetValue(profile),
                    Rom = parsed.GetValue(rom)?.FullName,
                    Basic = parsed.GetValue(basic),
                    Choices = MachineOptions.Choices(
                        parsed.GetValue(memory), parsed.GetValue(powerOn), parsed.GetValue(seed), parsed.GetValue(driveModel),
                        parsed.GetValue(fastSio), parsed.GetValue(artifacts)),
                    Disks = parsed.GetValue(disks) ?? [],
                    Cartridge = parsed.GetValue(cartridge)?.FullName,
                    SecondCartridge = parsed.GetValue(second)?.FullName,
                    CartridgeType = parsed.GetValue(cartridgeType),
                    Cassette = parsed.GetValue(cassette)?.FullName,
                    RecordTape = parsed.GetValue(record),
                    Printer = parsed.GetValue(printer)?.FullName,
                    FujiNet = parsed.GetValue(fuji)?.FullName,
                    NetSio = parsed.GetResult(netSio) is null ? null : parsed.GetValue(netSio) ?? string.Empty,
                    FujiNetPrinter = parsed.GetValue(fujiPrinter),
                    Card = parsed.GetValue(card)?.FullName,
                };
                if (request is { FujiNet: not null, NetSio: not null })
                {
                    throw CommandFailure.BadInput("--fuji and --netsio: there is one serial socket.", "Give one of them.");
                }

                if (parsed.GetValue(file) is { } dropped)
                {
                    request = DroppedFiles.Place(request, dropped.FullName, anyMachine: parsed.GetResult(machine)?.Implicit ?? true);
                }

                return Run(
                    request,
                    new RunRequest
                    {
                        Steps = RunStepReader.Read(parsed.Tokens, KeyNames.Of(request.Machine)),
                        TimeoutFrames = parsed.GetValue(timeout),
                        Screenshot = parsed.GetValue(screenshot),
                        Borders = parsed.GetValue(borders),
                        Wav = parsed.GetValue(wav),
                        ScreenText = parsed.GetValue(screenText),
                        ScreenLog = parsed.GetValue(screenLog),
                        Json = parsed.GetValue(json),
                    },
                    cancel);
            },
            CancellationToken.None));
        return run;
    }

    private static Option<string[]> Step(string name, string value, string description) => new(name)
    {
        Description = description,
        HelpName = value,
        Arity = ArgumentArity.ZeroOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private static int Run(MachineRequest machineRequest, RunRequest request, CancellationToken interrupt)
    {
        using var rig = MachineRig.Build(machineRequest);
        return Run(rig, request, Console.Out, interrupt);
    }

    /// <summary>Runs a machine that is built, writes what was asked for, and tells how it went.</summary>
    internal static int Run(MachineRig rig, RunRequest request, TextWriter output, CancellationToken interrupt)
    {
        var machine = rig.Machine;
        var clock = Stopwatch.StartNew();
        var outcome = CarryOut(machine, request, interrupt);
        clock.Stop();
        if (request.Screenshot is not null)
        {
            using var png = new StagedFile(request.Screenshot);
            PngWriter.Write(png.Stream, Picture.Of(machine.Frame, request.Borders));
            png.Commit();
        }

        string? text = machine.Capability<IScreenText>()?.ReadScreenText();
        if (request.Json)
        {
            output.WriteLine(JsonOutput.Format(Report(rig, outcome, text, clock.Elapsed)));
        }
        else if (request.ScreenText)
        {
            output.WriteLine(text ?? throw CommandFailure.BadInput("--screen-text: this machine cannot tell what its screen shows."));
        }

        return Conclude(outcome, request.TimeoutFrames);
    }

    private static RunOutcome CarryOut(IMachine machine, RunRequest request, CancellationToken interrupt)
    {
        using var wavFile = request.Wav is null ? null : new StagedFile(request.Wav);
        using var logFile = request.ScreenLog is null ? null : new StagedFile(request.ScreenLog);
        var wav = wavFile is null ? null : new WavWriter(wavFile.Stream, machine.Audio.SampleRate);
        RunOutcome outcome;
        using (var log = logFile is null ? null : new StreamWriter(logFile.Stream, leaveOpen: true))
        {
            var run = new HeadlessRun(machine, request.TimeoutFrames)
            {
                OnAudio = wav is null ? null : audio => wav.Append(audio.Samples),
                Log = log is null ? null : new ScreenLog(log),
            };
            outcome = run.CarryOut(request.Steps, interrupt);
        }

        wav?.Finish();
        wavFile?.Commit();
        logFile?.Commit();
        return outcome;
    }

    private static RunReport Report(MachineRig rig, RunOutcome outcome, string? text, TimeSpan wall) => new()
    {
        Machine = rig.Machine.Configuration.Machine,
        Profile = rig.Machine.Configuration.Profile,
        RomSha256 = rig.RomSha256,
        Frames = outcome.Frames,
        EmulatedSeconds = rig.Machine.MasterClock.MicrosecondsOf(rig.Machine.Now.Count) / 1e6,
        WallSeconds = Math.Round(wall.TotalSeconds, 6),
        StateHash = StateHasher.Hash(rig.Machine),
        FrameHash = Picture.Hash(rig.Machine.Frame),
        ScreenText = text,
        StoppedBy = outcome.StoppedBy,
        UnfinishedStep = outcome.UnfinishedStep?.Describe(),
    };

    private static int Conclude(RunOutcome outcome, int timeoutFrames)
    {
        switch (outcome.StoppedBy)
        {
            case StopReason.Interrupted:
                return ExitCode.Interrupted;
            case StopReason.Timeout:
                Console.Error.WriteLine($"attic: {outcome.UnfinishedStep?.Describe()} did not come within {timeoutFrames} frames.");
                Console.Error.WriteLine("       --screen-text or --screenshot shows where the machine is; --timeout-frames waits longer.");
                return ExitCode.WaitTimedOut;
            default:
                return ExitCode.Done;
        }
    }
}

/// <summary>What a run shall do and leave behind.</summary>
internal sealed record RunRequest
{
    public required IReadOnlyList<RunStep> Steps { get; init; }

    public required int TimeoutFrames { get; init; }

    public string? Screenshot { get; init; }

    public bool Borders { get; init; }

    public string? Wav { get; init; }

    public bool ScreenText { get; init; }

    public string? ScreenLog { get; init; }

    public bool Json { get; init; }
}
