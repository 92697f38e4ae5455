using System.Globalization;
using System.Text.Json;
using Movc.Domain;
using Movc.RollingOptimizer.Solver;

namespace Movc.RollingOptimizer.Model;

/// <summary>settings.json of an instance folder; every complaint names file, line and column.</summary>
internal sealed class InstanceSettings
{
    public const string FileName = "settings.json";
    private static readonly string[] Names = ["slotMinutes", "slotsPerDay", "firstSlotOfDay", "efficiency", "lambda", PeakWeightName];
    private const string PeakWeightName = "peakWeight";
    private readonly Dictionary<string, (double Value, int Line, int Column)> _found = new(StringComparer.Ordinal);
    private readonly string _path;

    private InstanceSettings(string path) => _path = path;

    public double SlotMinutes => _found["slotMinutes"].Value;

    public int SlotsPerDay => (int)_found["slotsPerDay"].Value;

    public int FirstSlotOfDay => (int)_found["firstSlotOfDay"].Value;

    public double Efficiency => _found["efficiency"].Value;

    public double Lambda => _found["lambda"].Value;

    /// <summary>The only setting that may be left out.</summary>
    public double PeakWeight => _found.TryGetValue(PeakWeightName, out var found) ? found.Value : 0;

    public static InstanceSettings Read(string path)
    {
        if (!File.Exists(path)) throw new InputException($"{path}: no such file; it holds {string.Join(", ", Names)}");
        var settings = new InstanceSettings(path);
        byte[] bytes = File.ReadAllBytes(path);
        try
        {
            settings.Parse(bytes);
        }
        catch (JsonException e)
        {
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{path}:{e.LineNumber + 1}:{e.BytePositionInLine + 1}: not JSON; correct it there"), e);
        }
        settings.Check();
        return settings;
    }

    private void Parse(byte[] bytes)
    {
        ReadOnlySpan<byte> text = bytes;
        if (text.StartsWith("\uFEFF"u8)) text = text[3..];
        var json = new Utf8JsonReader(text);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            throw new InputException($"{_path}:1:1: not an object; write {{ \"slotMinutes\": 10, … }}");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string name = json.GetString()!;
            (int line, int column) = Place(text, json.TokenStartIndex);
            if (Array.IndexOf(Names, name) < 0) throw At(line, column, $"unknown setting {name}; known are {string.Join(", ", Names)}");
            json.Read();
            (line, column) = Place(text, json.TokenStartIndex);
            if (json.TokenType != JsonTokenType.Number || !json.TryGetDouble(out double value) || !double.IsFinite(value))
                throw At(line, column, $"{name} is not a number; write it without quotes");
            if (!_found.TryAdd(name, (value, line, column))) throw At(line, column, $"{name} is given twice; keep one");
        }
        (int endLine, int endColumn) = Place(text, json.TokenStartIndex);
        while (json.Read())
        {
            // The rest has to be JSON too: nothing after the object.
        }
        foreach (string name in Names)
        {
            if (!_found.ContainsKey(name) && !string.Equals(name, PeakWeightName, StringComparison.Ordinal)) throw At(endLine, endColumn, $"{name} is missing; add it");
        }
    }

    private void Check()
    {
        Demand("slotMinutes", m => m is > 0 and <= 1440, "is not over 0 and at most 1440; correct it");
        Whole("slotsPerDay", 1, 100_000);
        Whole("firstSlotOfDay", 0, SlotsPerDay - 1);
        Demand("efficiency", e => e is > 0 and <= 1, "is not over 0 and at most 1; correct it");
        double floor = InstanceCheck.LambdaFloor(Efficiency);
        Demand("lambda", l => l > floor + 1e-9 && l < 1e6, string.Create(
            CultureInfo.InvariantCulture, $"must exceed (1 - efficiency^2)/(1 + efficiency^2) = {floor:0.#####}, so that no vehicle charges and discharges at once; raise it"));
        if (_found.ContainsKey(PeakWeightName)) Demand(PeakWeightName, w => w is >= 0 and < 1, "is not 0 or more and under 1; correct it, or leave it out");
    }

    private void Whole(string name, int least, int most) =>
        Demand(name, v => v == Math.Floor(v) && v >= least && v <= most, string.Create(CultureInfo.InvariantCulture, $"; give a whole number from {least} to {most}"));

    private void Demand(string name, Func<double, bool> holds, string otherwise)
    {
        (double value, int line, int column) = _found[name];
        if (holds(value)) return;
        string gap = otherwise.StartsWith(';') ? "" : " ";
        string verb = otherwise.StartsWith(';') ? " is " : " ";
        throw At(line, column, string.Create(CultureInfo.InvariantCulture, $"{name}{verb}{value}{gap}{otherwise}"));
    }

    private InputException At(int line, int column, string what) => new(string.Create(CultureInfo.InvariantCulture, $"{_path}:{line}:{column}: {what}"));

    private static (int Line, int Column) Place(ReadOnlySpan<byte> text, long index)
    {
        ReadOnlySpan<byte> before = text[..(int)index];
        int lineStart = before.LastIndexOf((byte)'\n') + 1;
        return (before.Count((byte)'\n') + 1, before.Length - lineStart + 1);
    }
}
