using System.Xml.Linq;

namespace Movc.Architecture.Tests.Rules;

/// <summary>Which part may know which (docs/adr/0002).</summary>
internal static class Arrows
{
    /// <summary>What each project may reference, directly or through others.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Allowed = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["Movc.Domain"] = [],
        ["Movc.VehicleKernel"] = [],
        ["Movc.EventLog"] = ["Movc.Domain"],
        ["Movc.Database"] = ["Movc.Domain"],
        ["Movc.Audit"] = ["Movc.Domain"],
        ["Movc.Ingest"] = ["Movc.Domain", "Movc.EventLog"],
        ["Movc.TwinState"] = ["Movc.Domain", "Movc.Database", "Movc.EventLog"],
        ["Movc.RollingOptimizer"] = ["Movc.Domain", "Movc.VehicleKernel", "Movc.Database", "Movc.EventLog"],
        ["Movc.Gateway"] = ["Movc.Domain", "Movc.EventLog"],
        ["Movc.Studies"] = ["Movc.Domain", "Movc.Database", "Movc.EventLog", "Movc.Ingest", "Movc.RollingOptimizer", "Movc.Audit"],
        ["Movc"] = ["Movc.Domain", "Movc.VehicleKernel", "Movc.Database", "Movc.EventLog", "Movc.Audit", "Movc.Ingest", "Movc.TwinState", "Movc.RollingOptimizer", "Movc.Gateway", "Movc.Studies"],
    };

    /// <summary>Each reference that no arrow allows, in words.</summary>
    public static IEnumerable<string> Violations(IEnumerable<(string From, string To)> references)
    {
        foreach ((string from, string to) in references)
        {
            if (!Allowed.TryGetValue(from, out string[]? allowed)) yield return $"{from} is a part that no arrow speaks of";
            else if (!allowed.Contains(to, StringComparer.Ordinal)) yield return $"{from} must not know {to}";
        }
    }

    /// <summary>What a project file references: projects, packages and bare assemblies, each by its name.</summary>
    public static (string[] Projects, string[] Packages) OfProjectFile(string xml)
    {
        XElement project = XElement.Parse(xml);
        string[] Includes(string element) => [.. project.Descendants(element).Select(e => (string?)e.Attribute("Include") ?? string.Empty).Where(i => i.Length > 0)];
        return ([.. Includes("ProjectReference").Select(i => Path.GetFileNameWithoutExtension(i.Replace('\\', '/')))], [.. Includes("PackageReference"), .. Includes("Reference"), .. Includes("FrameworkReference")]);
    }

    /// <summary>True for an assembly of the base class library, ASP.NET Core not among them.</summary>
    public static bool IsBaseLibrary(string assembly) =>
        assembly.StartsWith("System.", StringComparison.Ordinal) || assembly is "System" or "netstandard" or "mscorlib" or "Microsoft.CSharp" or "Microsoft.Win32.Primitives";
}
