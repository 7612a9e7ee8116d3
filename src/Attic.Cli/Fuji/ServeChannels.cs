using System.CommandLine;
using Attic.Engine.Card;
using Attic.FujiNet.Channels;
using Attic.FujiNet.Core;
using Attic.FujiNet.Diagnostics.Console;
using Attic.FujiNet.NetSio;
using Attic.FujiNet.NetSio.Hub;
using Attic.FujiNet.Platform;
using Attic.FujiNet.Sio.Serial;
using Attic.FujiNet.Transports;

namespace Attic.Cli.Fuji;

/// <summary>The channels of <c>attic fuji serve</c>: an option each, and what it opens.</summary>
internal sealed class ServeChannels
{
    private const string Loopback = "127.0.0.1";
    private const int UdpPort = 65505;
    private const int WebSocketPort = 65506;

    private readonly Option<string[]> _tcp = Many("--tcp", "Listens on TCP; one client at a time.", "HOST:PORT");
    private readonly Option<string[]> _connect = Many("--connect", "Connects to a TCP port, and again when it is lost.", "HOST:PORT");
    private readonly Option<string[]> _pty = Many("--pty", "Makes a pseudo terminal with this link to it.", "LINK");
    private readonly Option<string[]> _udp = Many("--udp", "Takes packets as UDP datagrams.", "HOST:PORT");
    private readonly Option<string[]> _webSocket = Many("--ws", "Takes packets as WebSocket messages.", "HOST:PORT");
    private readonly Option<string[]> _serial = Many("--serial", "Uses a serial port, as the configuration sets it.", "DEV");
    private readonly Option<string[]> _sioSerial = SioSerialOption.Make();
    private readonly Option<string?> _netSio = new("--netsio")
    {
        Description = "Serves an Atari emulator that listens for NetSIO, as atari800 -netsio does; default localhost:9997.",
        HelpName = "HOST:PORT",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _hub = new("--netsio-hub")
    {
        Description = "Serves emulators whose custom device speaks NetSIO, as Altirra's does with the public script; default 127.0.0.1:9996.",
        HelpName = "PORT",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _fujiBusNetSio = new("--fujibus-netsio")
    {
        Description = "Serves a program on an Atari that speaks FujiBus itself, by NetSIO; default localhost:9997.",
        HelpName = "HOST:PORT",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _stdio = new("--stdio") { Description = "Uses standard input and output." };
    private readonly Option<string?> _console = new("--console") { Description = "Makes a pseudo terminal with this link to it, with a console: help names its commands.", HelpName = "LINK" };
    private readonly Option<string[]> _route = Many("--route", "Limits what a channel reaches: pty=45,F0-F3.", "CHANNEL=IDS");

    private static string CpmFolder => Path.Combine(AtticHome.FromEnvironment().Folder, "cpm");

    public void AddTo(Command verb)
    {
        foreach (var option in (Option[])[_tcp, _connect, _pty, _udp, _webSocket, _serial, _sioSerial, _netSio, _hub, _fujiBusNetSio, _stdio, _console, _route])
        {
            verb.Options.Add(option);
        }
    }

    /// <summary>Opens what the command line asks for; TCP when it asks for nothing.</summary>
    public async ValueTask OpenAsync(ParseResult parsed, FujiNetStack stack, IReadinessWaiter waiter, IPacketTap? tap)
    {
        var rules = ReadRules(parsed);
        bool quiet = parsed.GetValue(_stdio);
        void Say(string line) => (quiet ? Console.Error : Console.Out).WriteLine(line);
        void Add(string kind, ITransport transport)
        {
            int id = stack.Core.IO.Add(transport);
            if (rules.TryGetValue(kind, out var rule))
            {
                stack.Core.Routing.SetRule(id, rule);
            }
        }

        foreach (string address in parsed.GetValue(_connect)!)
        {
            var (host, port) = HostAndPort.Parse(address, Loopback, TcpServerChannel.DefaultPort);
            Add("tcp", new FujiBusTransport(new TcpClientChannel(host, port, TimeProvider.System, waiter), tap));
        }

        foreach (string link in parsed.GetValue(_pty)!)
        {
            var pty = HostPlatform.OpenPty(link);
            Add("pty", new FujiBusTransport(pty, tap));
            Say($"[PtyChannel] Created PTY. Connect to slave: {pty.Path}");
        }

        foreach (string device in parsed.GetValue(_serial)!)
        {
            Add("serial", new FujiBusTransport(OpenSerial(stack, device), tap));
        }

        foreach (string address in parsed.GetValue(_udp)!)
        {
            var listener = new UdpListener(HostAndPort.Parse(address, Loopback, UdpPort).ToEndPoint(), peer => Add("udp", peer), tap);
            Add("udp", listener);
            Say($"[UdpListener] Listening on {listener.EndPoint}");
        }

        foreach (string address in parsed.GetValue(_webSocket)!)
        {
            var listener = new WebSocketListener(HostAndPort.Parse(address, Loopback, WebSocketPort).ToEndPoint(), client => Add("ws", client), waiter, tap);
            Add("ws", listener);
            Say($"[WebSocketListener] Listening on {listener.EndPoint}");
        }

        foreach (string text in parsed.GetValue(_sioSerial)!)
        {
            var wanted = SioSerialOption.Parse(text);
            var chain = await AtariChain.CreateAsync(stack, CpmFolder, message => Console.Error.WriteLine($"attic: {message}"), wanted.HighSpeedIndex);
            var line = HostPlatform.OpenSioLine(wanted.Device, wanted.Command, wanted.Proceed);
            Add("sio-serial", new SioSerialTransport(line, chain, stack.Core.Context, wanted.HighBaud));
            Say($"[SioSerialTransport] Listening on {wanted.Device}, COMMAND on {wanted.Command}");
        }

        if (parsed.GetResult(_netSio) is not null)
        {
            var (host, port) = HostAndPort.Parse(parsed.GetValue(_netSio) ?? string.Empty, stack.Config.NetSio.Host, stack.Config.NetSio.Port);
            var chain = await AtariChain.CreateAsync(stack, CpmFolder, message => Console.Error.WriteLine($"attic: {message}"));
            var link = new UdpDatagramLink(host, port);
            Add("netsio", new NetSioTransport(link, chain, stack.Core.Context));
            Say($"[NetSioTransport] Calling {link.Name}");
        }

        if (parsed.GetResult(_hub) is not null)
        {
            void Warn(string message) => Console.Error.WriteLine($"attic: {message}");
            var endPoint = HostAndPort.Parse(parsed.GetValue(_hub) ?? string.Empty, Loopback, NetSioFormat.HubPort).ToEndPoint();
            var hub = new NetSioHub(endPoint, stack.Core.Context, () => AtariChain.CreateAsync(stack, CpmFolder, Warn), client => Add("netsio", client), waiter, Warn);
            Add("netsio", hub);
            Say($"[NetSioHub] Listening on {hub.EndPoint}");
        }

        if (parsed.GetResult(_fujiBusNetSio) is not null)
        {
            var (host, port) = HostAndPort.Parse(parsed.GetValue(_fujiBusNetSio) ?? string.Empty, stack.Config.NetSio.Host, stack.Config.NetSio.Port);
            var (chain, bus) = AtariChain.CreateFujiBus(stack, tap);
            var link = new UdpDatagramLink(host, port);
            Add("netsio", new NetSioTransport(link, chain, stack.Core.Context) { ConnectedChanged = connected => chain.SetAttention(connected) });
            Add("fujibus-netsio", bus);
            Say($"[NetSioTransport] Calling {link.Name}, FujiBus inside");
        }

        if (quiet)
        {
            Add("stdio", new FujiBusTransport(new StreamChannel("stdio", Console.OpenStandardInput(), Console.OpenStandardOutput(), waiter), tap));
        }

        if (parsed.GetValue(_console) is { } console)
        {
            stack.Core.AddPoll(new DiagnosticsConsole(stack, HostPlatform.OpenPty(console)).Poll);
        }

        string[] tcp = parsed.GetValue(_tcp)!;
        bool nothing = tcp.Length == 0 && !stack.Core.IO.Transports.Any();
        foreach (string address in nothing ? [$"{stack.Config.Channel.TcpHost}:{stack.Config.Channel.TcpPort}"] : tcp)
        {
            var channel = new TcpServerChannel(HostAndPort.Parse(address, Loopback, TcpServerChannel.DefaultPort).ToEndPoint());
            Add("tcp", new FujiBusTransport(channel, tap));
            Say($"[TcpServerChannel] Listening on {channel.EndPoint}");
        }
    }

    private static Option<string[]> Many(string name, string description, string helpName) =>
        new(name) { Description = description, HelpName = helpName, DefaultValueFactory = _ => [] };

    private static SerialChannel OpenSerial(FujiNetStack stack, string device)
    {
        var config = stack.Config.Channel;
        return HostPlatform.OpenSerial(device, new(
            config.BaudRate,
            config.DataBits,
            config.Parity,
            config.StopBits is "2" or "1.5",
            config.FlowControl is "rts_cts",
            config.TxGapMicroseconds));
    }

    private Dictionary<string, RouteRule> ReadRules(ParseResult parsed)
    {
        var rules = new Dictionary<string, RouteRule>(StringComparer.Ordinal);
        foreach (string text in parsed.GetValue(_route)!)
        {
            string[] parts = text.Split('=', 2);
            try
            {
                rules[parts[0]] = RouteRule.Parse(parts.Length > 1 ? parts[1] : string.Empty);
            }
            catch (FormatException error)
            {
                throw CommandFailure.BadInput(error.Message, "For example: --route pty=45,FB-FE", error);
            }
        }

        return rules;
    }
}
