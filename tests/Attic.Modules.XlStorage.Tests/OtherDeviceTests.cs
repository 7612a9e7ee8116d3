using Attic.Abi.AtariXl;
using Attic.Abi.Machines;

namespace Attic.Modules.XlStorage.Tests;

public class OtherDeviceTests
{
    private const byte Ack = (byte)'A';
    private const byte Complete = (byte)'C';

    [Fact]
    public void A_printer_prints_lines_up_to_their_end()
    {
        var probe = new Probe();
        var paper = new Paper();
        probe.Machine.Capability<IPrinterPort>()!.Load(paper);
        probe.Add('W', 'N', 40, device: 0x40);
        probe.Add('S', 0, 4, device: 0x40);
        var results = probe.Run();
        Assert.Equal((Complete, Complete, (byte)'N'), (results[0].Completion, results[1].Completion, results[1].Head[1]));

        // The program sends 0, 1, 2 …: no end of line among them.
        Assert.Equal(Enumerable.Range(0, 40).Select(value => (byte)value), paper.Printed);
    }

    [Fact]
    public void A_printer_without_paper_is_off()
    {
        var probe = new Probe();
        probe.Add('S', 0, 4, device: 0x40);
        Assert.Equal(0, probe.Run()[0].Ack);
    }

    [Fact]
    public void A_device_outside_the_machine_answers_commands_of_its_ids_alone()
    {
        var probe = new Probe();
        var mailbox = new SioMailbox(Plan);
        mailbox.Arrived = () =>
        {
            Assert.True(mailbox.TryReceive(out var request));
            mailbox.TryAnswer(new(request!.Id, true, [(byte)request.Data.Length, request.Command.Aux1, 3, 4]));
        };
        probe.Machine.Capability<ISioPort>()!.Plug(mailbox, probe.Machine.Now);
        probe.Add('R', 7, 4, device: 0x70);
        probe.Add('R', 7, 4, device: 0x71);
        probe.Add('x', 7, 4, device: 0x70);
        var results = probe.Run();
        Assert.Equal((Ack, Complete, (byte)4), (results[0].Ack, results[0].Completion, results[0].Last));
        Assert.Equal([0, 7, 3], results[0].Head);
        Assert.Equal((0, (byte)'N'), (results[1].Ack, results[2].Ack));
        Assert.Equal(0, mailbox.Dropped);
    }

    [Fact]
    public void Data_of_the_computer_reach_a_device_outside()
    {
        var probe = new Probe();
        byte[]? came = null;
        var mailbox = new SioMailbox(Plan);
        mailbox.Arrived = () =>
        {
            Assert.True(mailbox.TryReceive(out var request));
            came = request!.Data;
            mailbox.TryAnswer(new(request.Id, false, []));
        };
        probe.Machine.Capability<ISioPort>()!.Plug(mailbox, probe.Machine.Now);
        probe.Add('W', 7, 64, device: 0x70);
        Assert.Equal((byte)'E', probe.Run()[0].Completion);
        Assert.Equal(Enumerable.Range(0, 64).Select(value => (byte)value), came!);
    }

    [Fact]
    public void The_machine_goes_on_while_a_device_outside_thinks()
    {
        var probe = new Probe();
        var mailbox = new SioMailbox(Plan);
        probe.Machine.Capability<ISioPort>()!.Plug(mailbox, probe.Machine.Now);
        probe.Add('R', 1, 4, device: 0x70);
        probe.Start();
        SioRequest? request = null;
        for (int frame = 0; frame < 60 && !mailbox.TryReceive(out request); frame++)
        {
            Frame();
        }

        // It thinks for half a second of the machine's time.
        for (int frame = 0; frame < 30; frame++)
        {
            Frame();
        }

        Assert.Equal(0x70, request!.Command.Device);
        Assert.False(mailbox.TryTake(request.Id, out _));
        Assert.True(mailbox.TryAnswer(new(request.Id, true, [1, 2, 3, 4])));
        Span<byte> completion = [0];
        for (int frame = 0; frame < 30 && completion[0] == 0; frame++)
        {
            Frame();
            probe.Machine.Capability<IMemoryInspector>()!.Peek(0x4001, completion);
        }

        Assert.Equal(Complete, completion[0]);

        void Frame()
        {
            probe.Machine.RunFrame();
            probe.Machine.Audio.Clear();
        }
    }

    [Fact]
    public void The_lines_proceed_and_interrupt_reach_the_pia()
    {
        var probe = new Probe();
        var mailbox = new SioMailbox(Plan);
        probe.Machine.Capability<ISioPort>()!.Plug(mailbox, probe.Machine.Now);
        probe.Machine.RunFrame();
        Assert.Equal((0, 0), Flags());
        mailbox.Proceed = true;
        probe.Machine.RunFrame();
        Assert.Equal((0x80, 0), Flags());
        mailbox.Interrupt = true;
        probe.Machine.RunFrame();
        Assert.Equal((0x80, 0x80), Flags());

        (int A, int B) Flags()
        {
            Span<byte> control = [0, 0];
            probe.Machine.Capability<IMemoryInspector>()!.Peek(0xD302, control);
            return (control[0] & 0x80, control[1] & 0x80);
        }
    }

    [Fact]
    public void Bytes_outside_of_frames_reach_the_computer_at_the_streams_rate()
    {
        const ushort SerialIn = 0xD20D;
        var probe = new Probe();
        var mailbox = new SioMailbox(Plan);
        mailbox.Arrived = () => mailbox.TryAnswer(new(mailbox.TryReceive(out var request) ? request!.Id : 0, true, [1, 2, 3, 4]));
        probe.Machine.Capability<ISioPort>()!.Plug(mailbox, probe.Machine.Now);

        // The program leaves POKEY set for the bus.
        probe.Add('R', 7, 4, device: 0x70);
        probe.Run();
        mailbox.StreamBaud = 19200;
        mailbox.SendStream([1, 2, 0x5A]);
        probe.Machine.RunFrame();
        Span<byte> heard = [0];
        probe.Machine.Capability<IMemoryInspector>()!.Peek(SerialIn, heard);
        Assert.Equal(0x5A, heard[0]);

        // At 4800 baud a frame of 16.7 ms has room for eight bytes.
        mailbox.StreamBaud = 4800;
        mailbox.SendStream(new byte[100]);
        probe.Machine.RunFrame();
        int left = 0;
        while (mailbox.TryTakeStream(out _))
        {
            left++;
        }

        Assert.InRange(left, 91, 93);
    }

    [Fact]
    public void A_stream_holds_so_much_and_counts_what_is_lost()
    {
        var mailbox = new SioMailbox(Plan) { StreamBaud = 19200 };
        Assert.Equal(SioMailbox.StreamBytes, mailbox.SendStream(new byte[SioMailbox.StreamBytes + 3]));
        Assert.Equal(3, mailbox.Dropped);
        mailbox.StreamBaud = 0;
        Assert.False(mailbox.TryTakeStream(out _));
    }

    [Fact]
    public void Full_and_late_answers_are_counted()
    {
        var mailbox = new SioMailbox(Plan, capacity: 1);
        Assert.True(mailbox.TryPost(new(1, default, [], default)));
        Assert.False(mailbox.TryPost(new(2, default, [], default)));
        Assert.True(mailbox.TryAnswer(new(1, true, [])));
        Assert.False(mailbox.TryAnswer(new(2, true, [])));
        Assert.False(mailbox.TryTake(3, out _));
        Assert.Equal(3, mailbox.Dropped);
    }

    private static SioPlan Plan(SioCommand command) => command.Device != 0x70 ? new(SioPlanKind.NotMine)
        : (char)command.Command switch
        {
            'R' => new(SioPlanKind.Accepted),
            'W' => new(SioPlanKind.Accepted, 64),
            _ => new(SioPlanKind.Refused),
        };

    private sealed class Paper : IPrinterPaper
    {
        public List<byte> Printed { get; } = [];

        public void Print(ReadOnlySpan<byte> characters) => Printed.AddRange(characters);
    }
}
