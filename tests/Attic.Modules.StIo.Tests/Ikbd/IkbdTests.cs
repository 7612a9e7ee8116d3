using System.Text;
using Attic.Abi.Machines;
using Attic.Modules.StIo.Ikbd;

namespace Attic.Modules.StIo.Tests.Ikbd;

public sealed class IkbdTests
{
    private readonly Board _board = new();

    public IkbdTests()
    {
        _board.WriteKeyboard(0, 0x03);
        _board.WriteKeyboard(0, 0x16);
        Assert.Equal<byte>([0xF1], Answer(100));
    }

    [Fact]
    public void Power_on_answers_when_the_self_test_is_over()
    {
        var board = new Board();
        board.WriteKeyboard(0, 0x16);
        board.RunMicroseconds(62_000);
        Assert.Equal(0, board.ReadKeyboard(0) & 1);
        board.RunMicroseconds(3_000);
        Assert.Equal(0xF1, board.ReadKeyboard(2));
    }

    [Fact]
    public void A_byte_lasts_1280_microseconds()
    {
        Press("ST_SC_A");
        Press("ST_SC_B");
        while ((_board.ReadKeyboard(0) & 1) == 0)
        {
            _board.Run(32);
        }

        long first = _board.Now.Count;
        Assert.Equal(0x1E, _board.ReadKeyboard(2));
        while ((_board.ReadKeyboard(0) & 1) == 0)
        {
            _board.Run(32);
        }

        Assert.InRange((_board.Now.Count - first) / 32, 1_279, 1_281);
        Assert.Equal(0x30, _board.ReadKeyboard(2));
    }

    [Fact]
    public void Reset_restores_the_defaults_and_answers_f1()
    {
        Send(0x12, 0x80, 0x01);
        Assert.Equal<byte>([0xF1], Answer(100));
        Move(3, 0);
        Assert.Equal<byte>([0xF8, 3, 0], Answer(10));
    }

    [Fact]
    public void Eighty_with_anything_but_one_is_ignored()
    {
        Send(0x80, 0x02);
        Assert.Empty(Answer(100));
    }

    [Fact]
    public void A_long_break_resets()
    {
        _board.WriteKeyboard(0, 0x76);
        _board.RunMicroseconds(210_000);
        _board.WriteKeyboard(0, 0x16);
        Assert.Equal<byte>([0xF1], Answer(100));
    }

    [Fact]
    public void A_key_held_through_a_reset_shows_as_stuck()
    {
        Press("ST_SC_SPACE");
        Answer(5);
        Send(0x80, 0x01);
        Assert.Equal<byte>([0xF1, 0xB9], Answer(100));
    }

    [Fact]
    public void Keys_make_and_break()
    {
        Press("ST_SC_LSHIFT");
        Press("ST_SC_A");
        Release("ST_SC_A");
        Release("ST_SC_LSHIFT");
        Assert.Equal<byte>([0x2A, 0x1E, 0x9E, 0xAA], Answer(20));
    }

    [Fact]
    public void Repeats_of_the_host_are_ignored()
    {
        Press("ST_SC_A");
        _board.Ikbd.Apply(0x1E, InputPhase.Repeat, 0);
        Press("ST_SC_A");
        Assert.Equal<byte>([0x1E], Answer(20));
    }

    [Fact]
    public void Pending_falls_to_zero_when_the_processor_has_taken_all()
    {
        Assert.Equal(0, _board.Ikbd.Pending);
        Press("ST_SC_A");
        Release("ST_SC_A");
        Assert.Equal(2, _board.Ikbd.Pending);
        _board.RunMicroseconds(2_500);
        Assert.NotEqual(0, _board.Ikbd.Pending);
        _board.RunMicroseconds(5_000);
        Assert.NotEqual(0, _board.Ikbd.Pending);
        _board.ReadKeyboard(2);
        _board.ReadKeyboard(2);
        Assert.Equal(0, _board.Ikbd.Pending);
    }

    [Fact]
    public void More_changes_than_fit_end_in_the_right_state()
    {
        for (int round = 0; round < 300; round++)
        {
            Press("ST_SC_A");
            Release("ST_SC_A");
        }

        Press("ST_SC_B");
        Answer(2_000);
        Release("ST_SC_B");
        Assert.Equal<byte>([0xB0], Answer(10));
    }

    [Fact]
    public void Relative_motion_carries_both_axes_and_the_buttons()
    {
        Move(5, -3);
        Assert.Equal<byte>([0xF8, 5, 0xFD], Answer(10));
        Apply("ikbd.mouse.button.left", true);
        Assert.Equal<byte>([0xFA, 0, 0], Answer(10));
        Apply("ikbd.mouse.button.right", true);
        Assert.Equal<byte>([0xFB, 0, 0], Answer(10));
        Apply("ikbd.mouse.button.left", false);
        Assert.Equal<byte>([0xF9, 0, 0], Answer(10));
    }

    [Fact]
    public void Long_motion_comes_in_several_packets()
    {
        Move(300, 0);
        Assert.Equal<byte>([0xF8, 127, 0, 0xF8, 127, 0, 0xF8, 46, 0], Answer(30));
    }

    [Fact]
    public void Motion_below_the_threshold_waits_and_keeps_its_resolution()
    {
        Send(0x0B, 5, 5);
        Move(4, 0);
        Assert.Empty(Answer(10));
        Move(3, 1);
        Assert.Equal<byte>([0xF8, 7, 1], Answer(10));
    }

    [Fact]
    public void The_origin_at_the_bottom_turns_y_round()
    {
        Send(0x0F);
        Move(0, 3);
        Assert.Equal<byte>([0xF8, 0, 0xFD], Answer(10));
        Send(0x10);
        Move(0, 3);
        Assert.Equal<byte>([0xF8, 0, 3], Answer(10));
    }

    [Fact]
    public void Absolute_positions_are_kept_scaled_clamped_and_told_on_demand()
    {
        Send(0x09, 0x01, 0x40, 0x00, 0xC8);
        Send(0x0C, 2, 4);
        Send(0x0E, 0, 0x00, 0x10, 0x00, 0x20);
        Move(10, 8);
        Assert.Empty(Answer(10));
        Send(0x0D);
        Assert.Equal<byte>([0xF7, 0, 0, 21, 0, 34], Answer(20));
        Move(-1_000, 20_000);
        Send(0x0D);
        Assert.Equal<byte>([0xF7, 0, 0, 0, 0, 200], Answer(20));
    }

    [Fact]
    public void Absolute_reports_tell_what_the_buttons_did()
    {
        Send(0x09, 0, 100, 0, 100);
        Send(0x07, 0x01);
        Apply("ikbd.mouse.button.left", true);
        Assert.Equal<byte>([0xF7, 0x04, 0, 0, 0, 0], Answer(20));
        Apply("ikbd.mouse.button.left", false);
        Assert.Empty(Answer(20));
        Apply("ikbd.mouse.button.right", true);
        Assert.Equal<byte>([0xF7, 0x09, 0, 0, 0, 0], Answer(20));
        Send(0x07, 0x02);
        Apply("ikbd.mouse.button.right", false);
        Assert.Equal<byte>([0xF7, 0x02, 0, 0, 0, 0], Answer(20));
    }

    [Fact]
    public void Keycode_mode_turns_motion_into_cursor_keys()
    {
        Send(0x0A, 4, 2);
        Move(9, -2);
        Assert.Equal<byte>([0x4D, 0xCD, 0x48, 0xC8, 0x4D, 0xCD], Answer(20));
        Apply("ikbd.mouse.button.left", true);
        Apply("ikbd.mouse.button.left", false);
        Assert.Equal<byte>([0x74, 0xF4], Answer(20));
    }

    [Fact]
    public void Buttons_can_act_as_keys()
    {
        Send(0x07, 0x04);
        Apply("ikbd.mouse.button.right", true);
        Apply("ikbd.mouse.button.right", false);
        Assert.Equal<byte>([0x75, 0xF5], Answer(20));
    }

    [Fact]
    public void A_disabled_mouse_says_nothing_and_gives_its_button_to_joystick_one()
    {
        Send(0x12);
        Move(5, 5);
        Apply("joystick.port1.button", true);
        Assert.Equal<byte>([0xFF, 0x80], Answer(10));
        Send(0x08);
        Move(5, 5);
        Assert.Equal<byte>([0xFF, 0x00, 0xF9, 5, 5], Answer(30));
    }

    [Fact]
    public void Pause_holds_output_until_the_next_command()
    {
        Send(0x13);
        Press("ST_SC_A");
        Move(5, 0);
        Move(6, 0);
        Assert.Empty(Answer(20));
        Send(0x11);
        Assert.Equal<byte>([0x1E, 0xF8, 11, 0], Answer(20));
    }

    [Fact]
    public void In_the_default_mode_joystick_one_reports_and_its_fire_is_the_right_button()
    {
        Apply("joystick.port1.up", true);
        Assert.Equal<byte>([0xFF, 0x01], Answer(10));
        Apply("joystick.port1.right", true);
        Assert.Equal<byte>([0xFF, 0x09], Answer(10));
        Apply("joystick.port1.button", true);
        Assert.Equal<byte>([0xF9, 0, 0], Answer(10));
    }

    [Fact]
    public void After_a_joystick_command_both_sticks_report_and_the_mouse_is_gone()
    {
        Send(0x14);
        Apply("joystick.port0.left", true);
        Assert.Equal<byte>([0xFE, 0x04], Answer(10));
        Apply("joystick.port0.button", true);
        Assert.Equal<byte>([0xFE, 0x84], Answer(10));
        Apply("joystick.port1.button", true);
        Assert.Equal<byte>([0xFF, 0x80], Answer(10));
        Move(10, 10);
        Assert.Empty(Answer(10));
        Send(0x08);
        Move(10, 10);
        Assert.NotEmpty(Answer(10));
    }

    [Fact]
    public void Interrogation_answers_only_when_asked()
    {
        Send(0x15);
        Apply("joystick.port1.down", true);
        Apply("joystick.port0.up", true);
        Assert.Empty(Answer(10));
        Send(0x16);
        Assert.Equal<byte>([0xFD, 0x01, 0x02], Answer(10));
    }

    [Fact]
    public void Monitoring_sends_two_bytes_at_its_rate()
    {
        Apply("joystick.port1.button", true);
        Apply("joystick.port0.left", true);
        Apply("joystick.port1.right", true);
        Answer(10);
        Send(0x17, 2);
        byte[] samples = Answer(100);
        Assert.Equal(10, samples.Length);
        Assert.Equal<byte>([0x01, 0x48, 0x01, 0x48], samples[..4]);
        Press("ST_SC_A");
        Assert.DoesNotContain((byte)0x1E, Answer(40));
        Send(0x15);
        Answer(20);
        Assert.Empty(Answer(100));
    }

    [Fact]
    public void Fire_button_monitoring_packs_eight_samples_in_the_time_of_a_byte()
    {
        Send(0x18);
        Answer(10);
        Apply("joystick.port1.button", true);
        byte[] samples = Answer(100);
        Assert.InRange(samples.Length, 76, 80);
        Assert.Equal(0xFF, samples[^1]);
    }

    [Fact]
    public void Joystick_keycode_mode_repeats_slowly_and_then_fast()
    {
        Send(0x19, 10, 10, 5, 5, 2, 2);
        Apply("joystick.port0.up", true);
        byte[] slow = Answer(950);
        Assert.Equal<byte>([0x48, 0xC8, 0x48, 0xC8], slow);
        byte[] fast = Answer(1_000);
        Assert.InRange(fast.Length / 2, 4, 6);
        Apply("joystick.port0.up", false);
        Apply("joystick.port1.button", true);
        Assert.Contains((byte)0x75, Answer(10));
    }

    [Fact]
    public void Disabled_joysticks_say_nothing()
    {
        Send(0x1A);
        Apply("joystick.port1.up", true);
        Assert.Empty(Answer(10));
    }

    [Fact]
    public void The_clock_runs_on_the_machines_time()
    {
        Send(0x1C);
        Assert.Equal<byte>([0xFC, 0x87, 0x12, 0x31, 0x23, 0x59, 0x58], Answer(50));
        _board.RunMicroseconds(3_000_000);
        Send(0x1C);
        Assert.Equal<byte>([0xFC, 0x88, 0x01, 0x01, 0x00, 0x00, 0x01], Answer(50));
    }

    [Fact]
    public void Setting_the_clock_leaves_fields_without_decimal_digits_alone()
    {
        Send(0x1B, 0x88, 0x02, 0xFF, 0x12, 0x34, 0x56);
        Send(0x1C);
        Assert.Equal<byte>([0xFC, 0x88, 0x02, 0x31, 0x12, 0x34, 0x56], Answer(50));
        Send(0x1B, 0x88, 0x02, 0x28, 0x23, 0x59, 0x59);
        _board.RunMicroseconds(1_100_000);
        Send(0x1C);
        Assert.Equal<byte>([0xFC, 0x88, 0x02, 0x29, 0x00, 0x00, 0x00], Answer(50));
    }

    [Fact]
    public void Memory_is_loaded_and_read()
    {
        Send(0x20, 0x00, 0xB0, 3, 1, 2, 3);
        Send(0x21, 0x00, 0xB0);
        Assert.Equal<byte>([0xF6, 0x20, 1, 2, 3, 0, 0, 0], Answer(50));
        Send(0x22, 0x00, 0xB0);
        Press("ST_SC_A");
        Assert.Equal<byte>([0x1E], Answer(20));
    }

    [Theory]
    [InlineData(0x87, new byte[] { 0x07, 0x03 }, new byte[] { 0xF6, 0x07, 0x03, 0, 0, 0, 0, 0 })]
    [InlineData(0x88, new byte[] { 0x08 }, new byte[] { 0xF6, 0x08, 0, 0, 0, 0, 0, 0 })]
    [InlineData(0x89, new byte[] { 0x09, 1, 2, 3, 4 }, new byte[] { 0xF6, 0x09, 1, 2, 3, 4, 0, 0 })]
    [InlineData(0x8A, new byte[] { 0x0A, 5, 6 }, new byte[] { 0xF6, 0x0A, 5, 6, 0, 0, 0, 0 })]
    [InlineData(0x8B, new byte[] { 0x0B, 7, 8 }, new byte[] { 0xF6, 0x0B, 7, 8, 0, 0, 0, 0 })]
    [InlineData(0x8C, new byte[] { 0x0C, 9, 10 }, new byte[] { 0xF6, 0x0C, 9, 10, 0, 0, 0, 0 })]
    [InlineData(0x8F, new byte[] { 0x0F }, new byte[] { 0xF6, 0x0F, 0, 0, 0, 0, 0, 0 })]
    [InlineData(0x90, new byte[] { 0x10 }, new byte[] { 0xF6, 0x10, 0, 0, 0, 0, 0, 0 })]
    [InlineData(0x92, new byte[] { 0x12 }, new byte[] { 0xF6, 0x12, 0, 0, 0, 0, 0, 0 })]
    [InlineData(0x94, new byte[] { 0x14 }, new byte[] { 0xF6, 0x14, 0, 0, 0, 0, 0, 0 })]
    [InlineData(0x95, new byte[] { 0x15 }, new byte[] { 0xF6, 0x15, 0, 0, 0, 0, 0, 0 })]
    [InlineData(0x99, new byte[] { 0x19, 1, 2, 3, 4, 5, 6 }, new byte[] { 0xF6, 0x19, 1, 2, 3, 4, 5, 6 })]
    [InlineData(0x9A, new byte[] { 0x1A }, new byte[] { 0xF6, 0x1A, 0, 0, 0, 0, 0, 0 })]
    public void Inquiries_answer_with_the_command_that_was_given(byte inquiry, byte[] command, byte[] answer)
    {
        Send(command);
        Send(inquiry);
        Assert.Equal(answer, Answer(50));
    }

    [Fact]
    public void Unknown_commands_do_nothing()
    {
        Send(0x00, 0x30, 0x7F, 0xFF, 0x16);
        Assert.Equal<byte>([0xFD, 0, 0], Answer(20));
    }

    [Fact]
    public void Every_scan_code_has_a_name_and_every_name_resolves()
    {
        Assert.Equal(95, StScanCodes.ByName.Count);
        foreach (var (name, code) in StScanCodes.ByName)
        {
            Assert.True(_board.Ikbd.TryResolve("ikbd.key", name, out int control));
            Assert.Equal(code, control);
        }
    }

    [Theory]
    [InlineData("ikbd.key", null)]
    [InlineData("ikbd.key", "ST_SC_NONE")]
    [InlineData("joystick.port2.up", null)]
    [InlineData("joystick.port0.fire", null)]
    [InlineData("joystick.port", null)]
    [InlineData("", null)]
    public void What_is_not_there_does_not_resolve(string target, string? value) =>
        Assert.False(_board.Ikbd.TryResolve(target, value, out _));

    [Fact]
    public void Every_printable_ascii_character_can_be_typed()
    {
        for (int character = 0x20; character < 0x7F; character++)
        {
            Assert.NotEmpty(_board.Ikbd.KeysFor(new Rune(character)));
        }

        Assert.Equal([0x2A, 0x1E], _board.Ikbd.KeysFor(new Rune('A')));
        Assert.Equal([0x1C], _board.Ikbd.KeysFor(new Rune('\n')));
        Assert.Equal([0x1D, 0x2E], _board.Ikbd.KeysFor(new Rune(3)));
        Assert.Empty(_board.Ikbd.KeysFor(new Rune('é')));
    }

    [Fact]
    public void Activity_counts_bytes_in_both_directions()
    {
        long before = _board.Ikbd.Keys;
        Send(0x16);
        Answer(20);
        Assert.Equal(before + 4, _board.Ikbd.Keys);
    }

    private void Send(params ReadOnlySpan<byte> command)
    {
        foreach (byte value in command)
        {
            while ((_board.ReadKeyboard(0) & 2) == 0)
            {
                _board.Run(320);
            }

            _board.WriteKeyboard(2, value);
        }

        // The last byte has arrived when it has left: ten bits and a little.
        _board.RunMicroseconds(1_280 * 2);
    }

    private byte[] Answer(int milliseconds)
    {
        var bytes = new List<byte>();
        for (int slice = 0; slice < milliseconds * 2; slice++)
        {
            _board.RunMicroseconds(500);
            if ((_board.ReadKeyboard(0) & 1) != 0)
            {
                bytes.Add(_board.ReadKeyboard(2));
            }
        }

        return [.. bytes];
    }

    private void Press(string key) => Apply("ikbd.key", true, key);

    private void Release(string key) => Apply("ikbd.key", false, key);

    private void Apply(string target, bool down, string? value = null)
    {
        Assert.True(_board.Ikbd.TryResolve(target, value, out int control));
        _board.Ikbd.Apply(control, down ? InputPhase.Press : InputPhase.Release, 0);
    }

    private void Move(int x, int y)
    {
        _board.Ikbd.TryResolve("ikbd.mouse.dx", null, out int axis);
        _board.Ikbd.Apply(axis, InputPhase.Press, x);
        _board.Ikbd.TryResolve("ikbd.mouse.dy", null, out axis);
        _board.Ikbd.Apply(axis, InputPhase.Press, y);
    }
}
