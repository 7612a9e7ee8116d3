using Attic.Abi.Chips;
using Attic.Abi.Machines;
using Attic.Abi.State;

namespace Attic.Firmware.Tests;

/// <summary>From reset to the prompt, on our own machine.</summary>
public sealed class StartTests
{
    private const string Prompt = "A:\\>";

    [Theory]
    [InlineData(512)]
    [InlineData(1024)]
    [InlineData(2048)]
    [InlineData(2560)]
    [InlineData(4096)]
    public void All_memory_is_found_and_checked(int kilobytes)
    {
        using var user = new StUser(kilobytes, disk: StUser.Disk());
        user.WaitFor($"{kilobytes} KB checked");
        user.WaitFor(Prompt);
        user.Type("mem\r");
        user.WaitFor($"{kilobytes} KB of memory");
    }

    [Theory]
    [InlineData(MonitorKind.Colour)]
    [InlineData(MonitorKind.Monochrome)]
    public void The_boot_screen_moves_and_ends_by_itself(MonitorKind monitor)
    {
        using var user = new StUser(monitor: monitor, disk: StUser.Disk());
        user.WaitFor("Press any key");
        var pictures = new HashSet<string>(StringComparer.Ordinal);
        for (int frame = 0; frame < 50; frame++)
        {
            user.Wait(1);
            pictures.Add(StateHash(user.Machine.Frame));
        }

        Assert.True(pictures.Count > 30, $"Only {pictures.Count} different pictures in 50 frames.");
        user.WaitFor(Prompt);
    }

    [Fact]
    public void A_key_ends_the_boot_screen()
    {
        using var patient = new StUser(disk: StUser.Disk());
        using var hasty = new StUser(disk: StUser.Disk());
        patient.WaitFor("Press any key");
        hasty.WaitFor("Press any key");
        hasty.Type(" ");
        Assert.InRange(hasty.WaitFor(Prompt), 0, patient.WaitFor(Prompt) - 40);
    }

    [Fact]
    public void A_warm_start_goes_to_the_prompt_without_boot_screen()
    {
        using var user = new StUser(disk: StUser.Disk());
        user.WaitFor(Prompt);
        user.Machine.Reset(ResetKind.Warm);
        user.Wait(50);
        Assert.DoesNotContain("Press any key", user.Screen, StringComparison.Ordinal);
        user.WaitFor(Prompt);
    }

    [Fact]
    public void A_boot_sector_that_adds_up_is_executed()
    {
        byte[] disk = StUser.Disk();
        BootSector.Install(disk, "Boot sector speaking.");
        using var user = new StUser(disk: disk);
        user.WaitFor("Boot sector speaking.");
        user.Type(" ");
        user.WaitFor(Prompt);
    }

    [Fact]
    public void The_auto_folder_runs_before_the_shell()
    {
        using var user = new StUser(disk: StUser.Disk(("AUTO\\HELLO.PRG", FirmwareTree.Program("HELLO.TOS"))));
        user.WaitFor("Hello from Attic!");
        Assert.DoesNotContain(Prompt, user.Screen, StringComparison.Ordinal);
        user.Type(" ");
        user.WaitFor(Prompt);
    }

    [Fact]
    public void Without_a_disk_there_is_a_prompt_too()
    {
        using var user = new StUser();
        user.WaitFor(Prompt);
    }

    [Fact]
    public void Two_starts_are_the_same_machine()
    {
        using var one = new StUser(disk: StUser.Disk());
        using var two = new StUser(disk: StUser.Disk());
        one.Wait(250);
        two.Wait(250);
        Assert.Equal(StateHasher.Hash(one.Machine), StateHasher.Hash(two.Machine));
    }

    private static string StateHash(VideoFrame frame) =>
        Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(frame.Codes.AsSpan())));
}
