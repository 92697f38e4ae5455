using System.Collections.Concurrent;
using System.Text.Json;
using Movc.Domain.Queries;
using Movc.Studies.Estimation;
using Movc.Studies.Estimation.Sessions;
using Movc.Studies.Points;
using Movc.Studies.Sweeps;

namespace Movc.Studies.Output;

/// <summary>The finished studies and estimations in the folders of one folder. What cannot be read is passed over: somebody may be writing it.</summary>
/// <param name="folder">Need not be there.</param>
public sealed class StudyShelf(string folder) : IStudyQueries
{
    private static readonly (string Document, string Report)[] Kinds =
        [(StudyFolder.Document, StudyFolder.Report), (EstimateFolder.Document, EstimateFolder.Report), (SessionFolder.Document, SessionFolder.Report)];

    private readonly ConcurrentDictionary<string, (DateTime Written, StudyView? View)> _read = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StudyView>> ListAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<StudyView> views = [.. Folders().Select(f => ViewOf(f.Folder, f.Document)).OfType<StudyView>().OrderByDescending(v => v.WrittenAt).ThenBy(v => v.Name, StringComparer.Ordinal)];
        return Task.FromResult(views);
    }

    /// <inheritdoc/>
    public async Task<string?> ReportAsync(string name, CancellationToken cancellationToken)
    {
        // Only what the listing names is opened: a name is no path.
        (DirectoryInfo Folder, FileInfo Document) found = Folders().FirstOrDefault(f => string.Equals(f.Folder.Name, name, StringComparison.Ordinal));
        if (found.Folder is null) return null;
        string path = Path.Combine(found.Folder.FullName, Kinds.Single(k => string.Equals(k.Document, found.Document.Name, StringComparison.Ordinal)).Report);
        return File.Exists(path) ? await File.ReadAllTextAsync(path, cancellationToken) : null;
    }

    private IEnumerable<(DirectoryInfo Folder, FileInfo Document)> Folders()
    {
        var shelf = new DirectoryInfo(folder);
        if (!shelf.Exists) return [];
        return shelf.EnumerateDirectories().Where(d => !d.Name.StartsWith('.') && !d.Name.EndsWith(".part", StringComparison.Ordinal))
            .Select(d => (Folder: d, Document: Kinds.Select(k => new FileInfo(Path.Combine(d.FullName, k.Document))).FirstOrDefault(f => f.Exists)))
            .Where(f => f.Document is not null).Select(f => (f.Folder, f.Document!));
    }

    private StudyView? ViewOf(DirectoryInfo at, FileInfo document)
    {
        if (_read.TryGetValue(at.Name, out (DateTime Written, StudyView? View) known) && known.Written == document.LastWriteTimeUtc) return known.View;
        StudyView? view;
        try
        {
            using FileStream stream = document.OpenRead();
            view = document.Name switch
            {
                StudyFolder.Document => Study(at.Name, document, stream),
                EstimateFolder.Document => Estimate(at.Name, document, stream),
                _ => Sessions(at.Name, document, stream),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            view = null;
        }
        _read[at.Name] = (document.LastWriteTimeUtc, view);
        return view;
    }

    private static StudyView? Study(string name, FileInfo document, Stream stream)
    {
        StudyDocument? study = JsonSerializer.Deserialize<StudyDocument>(stream, StudyJson.Compact);
        if (study?.Points is null || study.Cities is null) return null;
        StudyPoint[] all = [.. study.Points.Select(p => p.Point)];
        return new StudyView(
            name, "study", study.Title, study.Question, study.Version, new DateTimeOffset(document.LastWriteTimeUtc, TimeSpan.Zero),
            [.. study.Points.Select(p => new StudyPointView(
                PointNames.Of(p.Point, all), p.Participation.Share, Finite(p.Original.Median.OverValley), Finite(p.ChargeOnly.Median.OverValley), Finite(p.After.Median.OverValley),
                p.PeakShavingMw, p.ValleyFillingMw, p.CompensationRmb, p.Satisfaction.Mean, p.Solve.Gap))],
            study.Cities.Sum(c => c.Assumptions.Count));
    }

    private static StudyView Estimate(string name, FileInfo document, Stream stream)
    {
        using JsonDocument estimate = JsonDocument.Parse(stream);
        JsonElement root = estimate.RootElement;
        return new StudyView(
            name, "estimate", "From records to parameters",
            FormattableString.Invariant($"{root.GetProperty("records").GetInt64():#,0} records of {root.GetProperty("users").GetInt32():#,0} users, {root.GetProperty("usersKept").GetInt32():#,0} tell enough"),
            root.GetProperty("version").GetString() ?? string.Empty, new DateTimeOffset(document.LastWriteTimeUtc, TimeSpan.Zero), [], 0);
    }

    private static StudyView Sessions(string name, FileInfo document, Stream stream)
    {
        using JsonDocument fit = JsonDocument.Parse(stream);
        JsonElement root = fit.RootElement;
        return new StudyView(
            name, "estimate", "From sessions to the charging choice", $"{root.GetProperty("sessions").GetString()}, {root.GetProperty("place").GetString()}", root.GetProperty("version").GetString() ?? string.Empty,
            new DateTimeOffset(document.LastWriteTimeUtc, TimeSpan.Zero), [], 0);
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
