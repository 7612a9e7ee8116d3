using Attic.Abi.Machines;
using Attic.Media.Fat;
using Attic.Media.Floppies;
using Attic.Modules.StStorage;

namespace Attic.Modules.StMachine.Tests;

/// <summary>A desktop that we did not write, used with mouse, keyboard and a disk, as a person would.</summary>
public sealed class EmuTosDesktopTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("attic-desktop-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public void A_menu_opens_a_folder_is_named_in_a_dialog_and_a_program_starts_from_drive_A()
    {
        string path = DiskWith("HELLO.TOS");
        var machine = TestMachine.With(TestMachine.EmuTos(), storage: new StStorageModule());
        using (var disk = FloppyImage.Open(path))
        {
            machine.Capability<IFloppyDrives>()!.Insert(0, disk, machine.Now);
            var user = new DesktopUser(machine);
            user.WaitFor("Desk  File  View  Options");
            user.WaitFor("TRASH");

            OpenDriveA(user);
            user.WaitFor("HELLO.TOS");
            NameNewFolder(user, "GAMES");
            user.WaitFor("2 items");

            user.PointTo(133, 87);
            user.DoubleClick();
            user.WaitFor("Hello from Attic!");
            user.Type(" ");
            user.WaitFor("2 items");
        }

        Assert.Contains(Fat12Volume.Open(File.ReadAllBytes(path)).List(), entry => entry.Name == "GAMES" && entry.IsFolder);
    }

    // The first click after the start only gives the desktop the mouse.
    private static void OpenDriveA(DesktopUser user)
    {
        user.PointToCorner();
        user.PointTo(37, 30);
        user.Click();
        user.DoubleClick();
    }

    private static void NameNewFolder(DesktopUser user, string name)
    {
        user.PointTo(77, 3);
        user.Click();
        user.WaitFor("New folder...");
        user.PointTo(77, 39);
        user.Click();
        user.WaitFor("NEW FOLDER");
        user.Type(name + "\r");
    }

    private string DiskWith(string program)
    {
        string path = Path.Combine(_folder, "work.st");
        var volume = Fat12Volume.Format(DiskGeometry.DoubleSided);
        volume.WriteFile(program, File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "programs", program)));
        File.WriteAllBytes(path, volume.Image.ToArray());
        return path;
    }
}
