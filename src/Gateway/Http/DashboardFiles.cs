using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Movc.Gateway.Http;

/// <summary>Serves the built dashboard, or a page that says why there is none.</summary>
internal static class DashboardFiles
{
    private const string AbsentPage = """
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="color-scheme" content="light dark">
          <title>Movc: dashboard not built</title>
          <style>
            body { font: 1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 4rem auto; padding: 0 1rem; }
            code { font-family: ui-monospace, monospace; }
          </style>
        </head>
        <body>
          <main>
            <h1>The dashboard was not built</h1>
            <p>Node 20.19 or later was not found when Movc was built. Install it and build again: the dashboard then opens here.</p>
            <p>The twin runs and its API works:</p>
            <ul>
              <li><a href="/api/v1/city">/api/v1/city</a>: the city now</li>
              <li><a href="/api/v1/plan">/api/v1/plan</a>: the plan in force</li>
              <li><a href="/api/v1/health">/api/v1/health</a>: whether all is well</li>
              <li><a href="/openapi/v1.json">/openapi/v1.json</a>: everything that can be asked</li>
            </ul>
          </main>
        </body>
        </html>
        """;

    public static void Use(WebApplication app, string? folder)
    {
        if (folder is null || !File.Exists(Path.Combine(folder, "index.html")))
        {
            app.Use(AbsentAsync);
            return;
        }
        // Disposed with the process: the folder does not change, and nothing watches it.
        var files = new PhysicalFileProvider(Path.GetFullPath(folder));
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files, DefaultFileNames = { "index.html" } });
        app.UseStaticFiles(new StaticFileOptions { FileProvider = files, ContentTypeProvider = Types(), OnPrepareResponse = SetCaching });
    }

    private static FileExtensionContentTypeProvider Types()
    {
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".webmanifest"] = "application/manifest+json";
        return types;
    }

    // The bundler names assets after their content, so they may be kept for ever; the page that names them may not.
    private static void SetCaching(StaticFileResponseContext file) =>
        file.Context.Response.Headers.CacheControl = file.Context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal)
            ? "public, max-age=31536000, immutable"
            : "no-cache";

    private static Task AbsentAsync(HttpContext context, RequestDelegate next)
    {
        bool isPage = context.Request.Path == "/" || context.Request.Path == "/index.html";
        if (!isPage || !(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))) return next(context);
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(AbsentPage, context.RequestAborted);
    }
}
