using System.Text;

namespace Attic.FujiNet.Devices.Modems;

/// <summary>
/// The client's side of Telnet (RFC 854): takes commands out of what the server sends and answers them. It agrees to tell the
/// terminal's type (RFC 1091) and refuses everything else.
/// </summary>
public sealed class TelnetFilter
{
    private const byte Iac = 255;
    private const byte Dont = 254;
    private const byte Do = 253;
    private const byte Wont = 252;
    private const byte Will = 251;
    private const byte Sub = 250;
    private const byte SubEnd = 240;
    private const byte TerminalType = 24;
    private const byte Is = 0;
    private const byte SendIt = 1;
    private const int LongestSub = 256;

    private readonly List<byte> _sub = [];
    private State _state;
    private byte _verb;

    private enum State
    {
        Data,
        Command,
        Option,
        Sub,
        SubCommand,
    }

    /// <summary>The terminal's type as the server is told.</summary>
    public string Terminal { get; set; } = "VT100";

    /// <summary>Takes bytes of the server.</summary>
    /// <param name="bytes">As they came.</param>
    /// <param name="data">Receives what is for the user.</param>
    /// <param name="answers">Receives what is to be sent back as it is.</param>
    internal void Receive(ReadOnlySpan<byte> bytes, List<byte> data, List<byte> answers)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(answers);
        foreach (byte value in bytes)
        {
            Step(value, data, answers);
        }
    }

    /// <summary>Prepares the user's bytes for the server: 255 is doubled.</summary>
    public static byte[] Send(ReadOnlySpan<byte> bytes)
    {
        var sent = new List<byte>(bytes.Length);
        foreach (byte value in bytes)
        {
            sent.Add(value);
            if (value == Iac)
            {
                sent.Add(Iac);
            }
        }

        return [.. sent];
    }

    private void Step(byte value, List<byte> data, List<byte> answers)
    {
        switch (_state)
        {
            case State.Data when value == Iac:
                _state = State.Command;
                break;
            case State.Data:
                data.Add(value);
                break;
            case State.Command:
                StepCommand(value, data);
                break;
            case State.Option:
                Negotiate(value, answers);
                _state = State.Data;
                break;
            case State.Sub when value == Iac:
                _state = State.SubCommand;
                break;
            case State.SubCommand when value == SubEnd:
                AnswerSub(answers);
                _state = State.Data;
                break;
            default:
                if (_sub.Count < LongestSub)
                {
                    _sub.Add(value);
                }

                _state = State.Sub;
                break;
        }
    }

    private void StepCommand(byte value, List<byte> data)
    {
        _state = State.Data;
        switch (value)
        {
            case Iac:
                data.Add(Iac);
                break;
            case Will or Wont or Do or Dont:
                _verb = value;
                _state = State.Option;
                break;
            case Sub:
                _sub.Clear();
                _state = State.Sub;
                break;
        }
    }

    private void Negotiate(byte option, List<byte> answers)
    {
        byte? answer = (_verb, option) switch
        {
            (Do, TerminalType) => Will,
            (Will, TerminalType) => Do,
            (Do, _) => Wont,
            (Will, _) => Dont,
            _ => null,
        };
        if (answer is { } verb)
        {
            answers.AddRange([Iac, verb, option]);
        }
    }

    private void AnswerSub(List<byte> answers)
    {
        if (_sub is [TerminalType, SendIt, ..])
        {
            answers.AddRange([Iac, Sub, TerminalType, Is, .. Encoding.ASCII.GetBytes(Terminal), Iac, SubEnd]);
        }
    }
}
