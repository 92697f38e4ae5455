using System.Text.Json;
using Movc.Studies.Report;
using Movc.Studies.Sweeps;

namespace Movc.Studies.Output;

/// <summary>Writes a finished study: results.json, CSV tables, report.html, and times.json, the only file that differs between two runs.</summary>
public static class StudyFolder
{
    /// <summary>By which a folder is known as one.</summary>
    public const string Document = "results.json";

    /// <summary>The page for people.</summary>
    public const string Report = "report.html";

    /// <summary>Writes all files.</summary>
    /// <param name="folder">It is there, and empty.</param>
    /// <param name="study">What is written.</param>
    /// <param name="version">Of the program.</param>
    public static void Write(string folder, StudyResult study, string version)
    {
        TextFile.Write(folder, Document, JsonSerializer.Serialize(StudyDocument.Of(study, version), StudyJson.Indented) + "\n");
        foreach ((string file, string text) in StudyTables.Of(study)) TextFile.Write(folder, file, text);
        TextFile.Write(folder, "times.json", JsonSerializer.Serialize(study.Times, StudyJson.Indented) + "\n");
        TextFile.Write(folder, Report, StudyReport.Of(study, version));
    }
}
