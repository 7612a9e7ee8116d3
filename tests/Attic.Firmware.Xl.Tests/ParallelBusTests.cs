namespace Attic.Firmware.Xl.Tests;

/// <summary>New devices on the parallel bus: their start, SIO, interrupts, and the handler that CIO has for all of them.</summary>
public sealed class ParallelBusTests
{
    private const byte First = 0x04;
    private const byte Second = 0x20;
    private const ushort Siov = 0xE459;
    private const ushort Ciov = 0xE456;

    // Where a device keeps how it was called (firmware/xl/tests/paralleldevice.s).
    private const int Started = 0x4F00;
    private const int Command = 0x4F01;
    private const int Passed = 0x4F03;
    private const int Interrupts = 0x4F04;
    private const int Opened = 0x4F05;
    private const int Kept = 0x4F07;
    private const int Closed = 0x4F09;
    private const int Special = 0x4F0A;
    private const int SelectedAtInterrupt = 0x4F0B;

    private static readonly byte[] Device = Convert.FromHexString(
        "00000180004C3AD84C56D8915162D87CD876D86DD88BD882D84C1CD8EE004FAD48020D47028D4702AD48020D49028D4902A251A9E4A08F4C"
        + "86E4AD0003C977F005EE034F1860AD02038D014FAD0A038D024FA0013860EE044FAD48028D0B4F8DFED1608E054FA52A8D064F4C88D88D07"
        + "4F8E084F4C88D8AD074F4C88D8EE094F4C88D8A5228D0A4FA0013860A08B3860");

    [Fact]
    public void A_device_that_identifies_itself_is_started_and_left_deselected()
    {
        var board = Start((First, Device));
        Assert.Equal(1, board.Memory[Started]);
        Assert.Equal(First, board.Memory[0x247]);
        Assert.Equal(0, board.Memory[0x248]);
        Assert.Equal(0, board.Selected);
        Assert.Equal(0xE48F, HandlerOf(board, 'Q'));
    }

    [Fact]
    public void A_ROM_without_the_two_marks_is_not_started()
    {
        byte[] other = [.. Device];
        other[0x0B] = 0;
        var board = Start((First, other));
        Assert.Equal(0, board.Memory[Started]);
        Assert.Equal(0, board.Memory[0x247]);
    }

    [Fact]
    public void SIO_offers_every_command_to_each_device_before_the_serial_bus()
    {
        var board = Start((First, Device), (Second, Device));
        Assert.Equal(First | Second, board.Memory[0x247]);
        board.Memory[Passed] = 0;
        byte[] block = [0x77, 1, 0x55, 0, 0, 0x40, 5, 0, 0, 0, 0x99, 0];
        block.CopyTo(board.Memory[0x300..]);
        Assert.Equal(1, board.Call(Siov).Y);
        Assert.Equal([(byte)0x55, 0x99], board.Memory.Slice(Command, 2).ToArray());
        Assert.Equal(0, board.Memory[Passed]);
        Assert.Equal(1, board.Memory[0x303]);

        board.Memory[0x300] = 0x60 - 1;
        Assert.Equal(138, board.Call(Siov).Y);
        Assert.Equal(2, board.Memory[Passed]);
        Assert.Equal(0, board.Selected);
    }

    [Fact]
    public void CIO_reaches_the_device_through_the_common_handler()
    {
        var board = Start((First, Device));
        Xl.Tests.Cio.Text("Q:\n").CopyTo(board.Memory[0x4000..]);
        Assert.Equal(1, Cio(board, 3, aux1: 12));
        Assert.Equal([(byte)0x20, 12], board.Memory.Slice(Opened, 2).ToArray());
        Assert.Equal(1, Cio(board, 11, a: (byte)'!', aux1: 12));
        Assert.Equal([(byte)'!', 0x20], board.Memory.Slice(Kept, 2).ToArray());
        Assert.Equal(1, Cio(board, 7, aux1: 12));
        Assert.Equal((byte)'!', board.Memory[0x2F]);
        Assert.Equal(139, Cio(board, 13));
        Assert.Equal(1, Cio(board, 77));
        Assert.Equal(77, board.Memory[Special]);

        // As BASIC writes: through ICPTL, with another IOCB served by CIO last.
        board.Memory[0x2E] = 0x50;
        ushort put = (ushort)((board.Memory[0x366] | (board.Memory[0x367] << 8)) + 1);
        Assert.Equal(1, board.Call(put, a: (byte)'?', x: 0x20).Y);
        Assert.Equal([(byte)'?', 0x20], board.Memory.Slice(Kept, 2).ToArray());

        Assert.Equal(1, Cio(board, 12));
        Assert.Equal(1, board.Memory[Closed]);
        Assert.Equal(0, board.Selected);
        Assert.Equal(0, board.Memory[0x42]);
    }

    [Fact]
    public void An_interrupt_reaches_its_device_and_leaves_everything_else_alone()
    {
        var board = Start((First, Device), (Second, Device));

        // LDA #$5A; LDX #$33; LDY #$44; NOP ...; RTS
        byte[] routine = [0xA9, 0x5A, 0xA2, 0x33, 0xA0, 0x44, .. Enumerable.Repeat((byte)0xEA, 20), 0x60];
        routine.CopyTo(board.Memory[0x4200..]);
        board.Interrupting = Second;
        var registers = board.Call(0x4200);
        Assert.Equal((0x5A, 0x33, 0x44), (registers.A, registers.X, registers.Y));
        Assert.Equal(1, board.Memory[Interrupts]);
        Assert.Equal(Second, board.Memory[SelectedAtInterrupt]);
        Assert.Equal(0, board.Interrupting);
        Assert.Equal(0, board.Selected);

        board.Interrupting = First | Second;
        board.Call(0x4200);
        Assert.Equal(3, board.Memory[Interrupts]);
        Assert.Equal(0, board.Interrupting);
    }

    [Fact]
    public void Floating_point_is_back_while_no_device_is_selected()
    {
        var board = Start((First, Device));
        (board.Memory[0xD4], board.Memory[0xD5]) = (0xD2, 0x04);
        board.Call(0xD9AA);
        Assert.Equal("411234000000", Convert.ToHexString(board.Memory.Slice(0xD4, 6)));
    }

    [SkippableFact]
    public void The_device_is_what_its_source_builds()
    {
        using var build = new TemporaryFolder();
        string source = SourceTree.File("firmware/xl/tests/paralleldevice");
        ToolRun.Require("cc65", "ca65", "-I", SourceTree.File("firmware/xl/include"), "-o", build["device.o"], source + ".s");
        ToolRun.Require("cc65", "ld65", "-C", source + ".cfg", "-o", build["device.bin"], build["device.o"]);
        Assert.Equal(Device, File.ReadAllBytes(build["device.bin"])[..Device.Length]);
    }

    private static ParallelBoard Start(params (byte Bit, byte[] Rom)[] devices)
    {
        var board = new ParallelBoard(devices);
        board.Start();
        return board;
    }

    private static int HandlerOf(ParallelBoard board, char name)
    {
        for (int entry = 0x31A; entry < 0x33B; entry += 3)
        {
            if (board.Memory[entry] == name)
            {
                return board.Memory[entry + 1] | (board.Memory[entry + 2] << 8);
            }
        }

        return 0;
    }

    // IOCB 2 with a buffer at $4000; bytes go one by one.
    private static byte Cio(ParallelBoard board, byte command, byte a = 0, byte aux1 = 0)
    {
        byte[] block = [command, 0, 0x00, 0x40];
        block.CopyTo(board.Memory[0x362..]);
        (board.Memory[0x368], board.Memory[0x369], board.Memory[0x36A], board.Memory[0x36B]) = (0, 0, aux1, 0);
        return board.Call(Ciov, a, 0x20).Y;
    }
}
