using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Attic.Cli;

/// <summary>Help that teaches: after the options, lines that can be copied and run.</summary>
internal static class Examples
{
    private const string OfRoot = """
        Examples:
          attic up                                     an Atari ST in the browser
          attic run --frames 100 --screenshot st.png   boot it and take its picture
          attic up --machine xl                        an Atari 800XL
          attic run game.xex --screenshot game.png     a program, disk or cartridge by itself
          attic disk create work.st                    an empty 720K disk
          attic bench                                  how fast this computer runs an ST

        Exit codes: 0 done, 1 failed, 2 bad arguments or input, 3 a wait that never came, 130 Ctrl-C.
        More: docs/cli.md
        """;

    private static readonly Dictionary<string, string> OfVerbs = new(StringComparer.Ordinal)
    {
        ["up"] = """
            Examples:
              attic up
              attic up --machine xl --rom ~/roms           an XL with ATARIXL.ROM and ATARIBAS.ROM of that folder
              attic up game.atr                            what the file needs
              attic up --profile st_520_ntsc --port 9000
              attic up --no-session --no-browser           for programs that use the API (docs/api.md)
              attic up --card ~/my-card                    another set of ROMs, disks and saves

            Stop it with Ctrl-C.
            """,
        ["run"] = """
            Steps are carried out in the order in which they stand, and may be repeated. Without any: --frames 500.

            Examples:
              attic run --until-text "A:" --screen-text
              attic run --disk A=work.st --until-text "A:" --type "hello.tos\n" --until-text "Hello" --json
              attic run --rom etos192uk.img --until-idle --type "{CTRL+C}" --screenshot desktop.png --borders

              attic run game.xex --frames 600 --screenshot game.png
              attic run --machine xl --until-text READY --type "PRINT 6*7\n" --frames 30 --screen-text
              attic run --machine xl --disk D1=dos.atr --basic off --type "{START}" --screen-log log.txt

            A blinking cursor is a picture that changes: where one blinks, wait with --until-text instead of --until-idle.

            In --type: \n is Return, \t Tab, \b Backspace, \e Escape, \\ and \{ themselves; {F1} {UP} {HELP} {CTRL+C} are
            keys by name; on an XL also {START} {SELECT} {OPTION} {RESET} {BREAK} {INVERSE} {CLEAR}, {JOYUP} … {JOYBUTTON}. In a shell, single or double quotes keep the backslash.
            """,
        ["bench"] = """
            Examples:
              attic bench                                  both workloads with our own ROM
              attic bench --rom etos192uk.img --workload idle --seconds 20 --json

            docs/performance.md explains the figures and the comparison with Hatari.
            """,
        ["fuji"] = """
            Examples:
              attic fuji serve                             a FujiNet on TCP 127.0.0.1:65504
              attic fuji serve --pty ./fn --ws 8088        on a pseudo terminal and for browsers, at once
              attic fuji serve --netsio                    disks and network for atari800 -netsio
              attic fuji serve --capture log.txt           and keep what passes
              attic fuji trace log.txt --follow            read it in words
              attic fuji replay log.txt 127.0.0.1:65504    ask the same again
              attic fuji conform 127.0.0.1:65504           compare a FujiNet with the reference
              attic fuji tnfsd ~/atari-disks               serve a folder to FujiNets

            docs/fujinet.md tells the rest.
            """,
        ["disk"] = """
            Examples:
              attic disk create work.st
              attic disk put work.st HELLO.TOS
              attic disk put work.st INTRO.PRG --as AUTO/INTRO.PRG
              attic disk list work.st
              attic disk get work.st AUTO/INTRO.PRG
            """,
    };

    /// <summary>Adds the examples to the help of <paramref name="root"/> and its verbs.</summary>
    public static void TeachHelp(RootCommand root)
    {
        root.Options.Remove(root.Options.OfType<VersionOption>().Single());
        root.Options.Add(new VersionOption());
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new TeachingHelp((HelpAction)help.Action!);
    }

    private sealed class TeachingHelp(HelpAction inner) : SynchronousCommandLineAction
    {
        // "attic run --frames --help" asks for help; what is wrong beside it does not matter.
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var output = parseResult.InvocationConfiguration.Output;
            int code = inner.Invoke(parseResult);
            var command = parseResult.CommandResult.Command;
            string? examples = command is RootCommand ? OfRoot : OfVerbs.GetValueOrDefault(command.Name);
            if (examples is not null)
            {
                output.WriteLine(examples);
            }

            return code;
        }
    }
}
