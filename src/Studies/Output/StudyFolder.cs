using System.Text;
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
        Put(folder, Document, JsonSerializer.Serialize(StudyDocument.Of(study, version), StudyJson.Indented) + "\n");
        foreach ((string file, string text) in StudyTables.Of(study)) Put(folder, file, text);
        Put(folder, "times.json", JsonSerializer.Serialize(study.Times, StudyJson.Indented) + "\n");
        Put(folder, Report, StudyReport.Of(study, version));
    }

    private static void Put(string folder, string file, string text) =>
        File.WriteAllText(Path.Combine(folder, file), text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
}
