using Attic.Engine.Errors;
using Attic.Engine.Sessions;
using Attic.Server.Security;

namespace Attic.Server.Rest;

/// <summary>ROM, disks and cartridge (§12).</summary>
internal sealed class MediaEndpoints(SessionManager sessions)
{
    /// <summary>Adds the endpoints.</summary>
    public void Map(ApiRoutes routes)
    {
        routes.Post("media/rom/attach", Scopes.EngineControl, AttachRomAsync);
        routes.Post("media/disk/attach", Scopes.EngineControl, AttachDiskAsync);
        routes.Post("media/disk/eject", Scopes.EngineControl, EjectDiskAsync);
        routes.Post("media/cartridge/attach", Scopes.EngineControl, AttachCartridgeAsync);
        routes.Post("media/cartridge/eject", Scopes.EngineControl, EjectCartridgeAsync);
    }

    private async Task<object> AttachRomAsync(ApiRequest request)
    {
        string id = request.Body.String("session_id");
        string rom = NotBlank(request.Body, "rom_id");
        request.Body.Check();
        var session = sessions.FindActive(id);
        var attached = await session.Media.AttachRomAsync(rom, request.Id, request.Endpoint);
        return new
        {
            RomId = rom,
            Result = "applied",
            Phase = "applied",
            PhaseHistory = s_applied,
            Rom = BoundTo(session, attached.Medium),
            Mount = new { Slot = "rom.primary", MountedPath = attached.Medium.LocalPath, attached.MountedAtUs },
            Apply = new { attached.AppliedAtUs, RuntimeGeneration = attached.Generation },
            AttachedAtUs = attached.AppliedAtUs,
            attached.ResetPerformed,
        };
    }

    private async Task<object> AttachDiskAsync(ApiRequest request)
    {
        string id = request.Body.String("session_id");
        string drive = request.Body.String("drive");
        string disk = NotBlank(request.Body, "disk_id");
        bool? protect = request.Body.OptionalBool("write_protect");
        request.Body.Check();
        var media = sessions.FindActive(id).Media;
        var attached = await media.AttachDiskAsync(DriveOf(media, drive), disk, protect, request.Id, request.Endpoint);
        return new
        {
            Drive = drive,
            DiskId = disk,
            Result = "active",
            PhaseHistory = s_active,
            Disk = new
            {
                attached.Medium.Id,
                attached.Medium.Catalog,
                attached.Medium.LocalPath,
                attached.Medium.Format,
                WriteProtect = attached.WriteProtected,
                BindingResult = "bound",
            },
            Mount = new { attached.MountedAtUs, MountedPath = attached.Medium.LocalPath },
            Runtime = new { ActiveAtUs = attached.AppliedAtUs, attached.Generation },
            AttachedAtUs = attached.AppliedAtUs,
        };
    }

    private async Task<object> EjectDiskAsync(ApiRequest request)
    {
        string id = request.Body.String("session_id");
        string drive = request.Body.String("drive");
        request.Body.Check();
        var media = sessions.FindActive(id).Media;
        string? was = await media.EjectDiskAsync(DriveOf(media, drive), request.Id, request.Endpoint);
        return new
        {
            Drive = drive,
            Result = was is null ? "no_op" : "ejected",
            PhaseHistory = s_ejected,
            EjectedDiskId = was,
            EjectedAtUs = RuntimeClock.NowUs,
        };
    }

    private async Task<object> AttachCartridgeAsync(ApiRequest request)
    {
        string id = request.Body.String("session_id");
        string cartridge = NotBlank(request.Body, "cartridge_id");
        bool reset = request.Body.OptionalBool("reset", true);
        request.Body.Check();
        var session = sessions.FindActive(id);
        var attached = await session.Media.AttachCartridgeAsync(cartridge, reset, request.Id, request.Endpoint);
        return new
        {
            CartridgeId = cartridge,
            Result = "applied",
            Phase = "applied",
            PhaseHistory = s_applied,
            Cartridge = BoundTo(session, attached.Medium),
            Mount = new { Slot = "cartridge.primary", MountedPath = attached.Medium.LocalPath, attached.MountedAtUs },
            Apply = new { attached.AppliedAtUs, RuntimeGeneration = attached.Generation },
            AttachedAtUs = attached.AppliedAtUs,
            attached.ResetPerformed,
        };
    }

    private async Task<object> EjectCartridgeAsync(ApiRequest request)
    {
        string id = request.Body.String("session_id");
        bool reset = request.Body.OptionalBool("reset", true);
        request.Body.Check();
        string? was = await sessions.FindActive(id).Media.EjectCartridgeAsync(reset, request.Endpoint);
        return new
        {
            Result = was is null ? "no_op" : "ejected",
            EjectedCartridgeId = was,
            EjectedAtUs = RuntimeClock.NowUs,
        };
    }

    private static readonly string[] s_applied = ["validated", "mounted", "applied"];
    private static readonly string[] s_active = ["validated", "mounted", "active"];
    private static readonly string[] s_ejected = ["detached", "ejected"];

    private static object BoundTo(Session session, ResolvedMedium medium) => new
    {
        medium.Id,
        medium.Catalog,
        medium.LocalPath,
        medium.Sha256,
        medium.Size,
        Binding = new { session.Machine, session.Profile, BindingResult = "bound" },
    };

    private static int DriveOf(MediaBay media, string drive)
    {
        int index = media.DriveNames.ToList().IndexOf(drive);
        return index >= 0 ? index : throw JsonFields.WrongField("drive", $"one of {string.Join(", ", media.DriveNames)}", drive);
    }

    /// <summary>A catalog id that is not blank.</summary>
    internal static string NotBlank(JsonFields body, string field)
    {
        string value = body.String(field);
        if (body.Has(field) && string.IsNullOrWhiteSpace(value))
        {
            body.Wrong(field, "a catalog id", value);
        }

        return value;
    }
}
