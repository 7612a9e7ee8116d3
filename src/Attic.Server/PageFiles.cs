using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Attic.Server;

/// <summary>Serves the page: plain files, never cached, so that a new build is seen at the next load.</summary>
internal static class PageFiles
{
    /// <summary>Serves a folder at <c>/</c>.</summary>
    public static void UsePage(this WebApplication application, string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".mjs"] = "text/javascript";
        types.Mappings[".js"] = "text/javascript";
        types.Mappings[".wasm"] = "application/wasm";
        types.Mappings[".webmanifest"] = "application/manifest+json";
        var files = new PhysicalFileProvider(Path.GetFullPath(folder));
        application.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        application.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            ContentTypeProvider = types,
            OnPrepareResponse = file =>
            {
                file.Context.Response.Headers.CacheControl = "no-cache";
                file.Context.Response.Headers.XContentTypeOptions = "nosniff";
            },
        });
    }
}
