using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using Movc.Domain;
using Movc.Domain.Events;
using Movc.Domain.Time;

namespace Movc.Ingest.Simulation.Parameters;

/// <summary>Reads the parameters of a city: from the files built in, or from a user's.</summary>
public static class CityParameterFile
{
    private const double ShareTolerance = 0.02;
    private const string Folder = "Movc.Ingest.Simulation.Parameters.";

    /// <summary>Cities with a file built in.</summary>
    public static IReadOnlyList<string> KnownCities { get; } = typeof(CityParameterFile).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith(Folder, StringComparison.Ordinal) && n.EndsWith(".json", StringComparison.Ordinal))
        .Select(n => n[Folder.Length..^".json".Length])
        .Order(StringComparer.Ordinal)
        .ToArray();

    /// <summary>The built-in parameters of a city.</summary>
    /// <exception cref="InputException">The city is not known; the message lists the known ones.</exception>
    public static CityParameters BuiltIn(string city)
    {
        using Stream stream = OpenBuiltIn(city);
        return Read(stream, city + ".json");
    }

    /// <summary>Text of a built-in file.</summary>
    /// <exception cref="InputException">The city is not known.</exception>
    public static string TextOf(string city)
    {
        using var reader = new StreamReader(OpenBuiltIn(city));
        return reader.ReadToEnd();
    }

    /// <summary>Text of a city's file, built in or a user's, as <see cref="Open"/> takes it.</summary>
    /// <exception cref="InputException">Not known, or not there.</exception>
    public static string TextOfAny(string cityOrFile)
    {
        if (!cityOrFile.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) return TextOf(cityOrFile);
        try
        {
            return File.ReadAllText(cityOrFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--city {cityOrFile}: {e.Message}", e);
        }
    }

    /// <summary>What a city's file consists of, by reading a complete one.</summary>
    internal static IReadOnlyCollection<ParameterShape> Shapes()
    {
        using Stream stream = OpenBuiltIn("shenzhen");
        using JsonDocument document = JsonDocument.Parse(stream);
        var reader = new ParameterReader("shenzhen.json", document.RootElement);
        _ = Read(reader, string.Empty);
        return reader.Shapes;
    }

    private static Stream OpenBuiltIn(string city) => KnownCities.Contains(city, StringComparer.Ordinal)
        ? Assembly.GetExecutingAssembly().GetManifestResourceStream(Folder + city + ".json")!
        : throw new InputException($"--city: '{city}' is not known; known cities: {string.Join(", ", KnownCities)}");

    /// <summary>A city by its name, or by the path of a parameter file where the text ends in .json.</summary>
    /// <exception cref="InputException">Not known, not there, or wrong.</exception>
    public static CityParameters Open(string cityOrFile)
    {
        if (!cityOrFile.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) return BuiltIn(cityOrFile);
        try
        {
            using FileStream stream = File.OpenRead(cityOrFile);
            return Read(stream, cityOrFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--city {cityOrFile}: {e.Message}", e);
        }
    }

    /// <summary>Parameters from a file's text.</summary>
    /// <param name="stream">UTF-8 JSON.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <exception cref="InputException">Anything wrong: the message names the file and the line and column, or the value's path.</exception>
    public static CityParameters Read(Stream stream, string file)
    {
        try
        {
            using var text = new MemoryStream();
            stream.CopyTo(text);
            ReadOnlyMemory<byte> bytes = text.GetBuffer().AsMemory(0, (int)text.Length);
            using JsonDocument document = JsonDocument.Parse(
                bytes, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return Read(new ParameterReader(file, document.RootElement), Convert.ToHexStringLower(SHA256.HashData(bytes.Span).AsSpan(0, 8)));
        }
        catch (JsonException e)
        {
            throw new InputException(
                $"{file}: line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}: not valid JSON; mend the text there", e);
        }
        catch (InvalidOperationException e)
        {
            throw new InputException($"{file}: a value is of the wrong kind: {e.Message}", e);
        }
    }

    private static CityParameters Read(ParameterReader r, string hash)
    {
        DistrictParameters[] districts = Districts(r);
        var parameters = new CityParameters
        {
            City = r.Text("city"),
            Name = r.Text("name"),
            TimeZone = r.Text("timeZone"),
            IdPrefix = r.Text("idPrefix"),
            DefaultStartMs = Start(r),
            CityVehicles = (int)r.Number("fleet.cityVehicles", "vehicles", 1, 100_000_000),
            WorkplaceShare = r.Number("fleet.workplaceShare", "1", 0, 1),
            Models = Models(r),
            DischargeToChargePower = r.Number("fleet.dischargeToChargePower", "1", 0, 1),
            Districts = districts,
            Work = Work(r),
            Travel = Travel(r),
            Regions = RegionSection.Read(r, districts),
            Mobility = MobilitySection.Read(r),
            Charging = ChargingSection.Read(r),
            ChargingEfficiency = r.Number("charging.efficiency", "1", 0.6, 1),
            Willingness = new WillingnessParameters(
                r.Number("willingness.damageCostVws", "RMB/kWh", 0, 100),
                r.Number("willingness.damageCostVwc", "RMB/kWh", 0, 100),
                r.Number("willingness.relativeDeviation", "1", 0.001, 10),
                r.Number("willingness.gamma", "1", 0, 1000)),
            Load = Load(r),
            Targets = Targets(r),
            Hash = hash,
            Assumptions = r.Assumptions,
        };
        if (parameters.City.Length > 40 || parameters.City.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not '-'))
            throw r.Wrong("city", $"'{parameters.City}' must be at most 40 small letters, digits and hyphens: it names the source of the events");
        if (parameters.IdPrefix.Length > VehicleEventRules.MaxVehicleIdBytes - 7 || parameters.IdPrefix.Any(c => c is <= ' ' or > '~'))
            throw r.Wrong("idPrefix", "must be 1 to 57 printable ASCII characters without a space");
        r.ThrowIfUnread();
        return parameters;
    }

    private static long Start(ParameterReader r)
    {
        string text = r.Value("defaultStart", "ISO 8601");
        if (!DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset start)
            || Slots.Floor(start.ToUnixTimeMilliseconds()) != start.ToUnixTimeMilliseconds())
            throw r.Wrong("defaultStart", $"'{text}' must be like 2022-07-18T00:00:00+08:00, on a full 10 minutes");
        return start.ToUnixTimeMilliseconds();
    }

    private static VehicleModelParameters[] Models(ParameterReader r)
    {
        const string path = "fleet.models";
        double quickMaxKw = r.Number("fleet.quickPowerMax", "kW", 1, 1000);
        var models = r.Table(path, ("model", "text"), ("capacity", "kWh"), ("acPower", "kW"), ("dcPower", "kW"), ("share", "1"))
            .Select((row, i) => new VehicleModelParameters(
                r.TextOf($"{path}.rows[{i}].model", row[0]),
                (int)Math.Round(r.NumberOf($"{path}.rows[{i}].capacity", row[1], 1, VehicleEventRules.MaxCapacityWh / 1000.0) * 1000),
                (int)Math.Round(r.NumberOf($"{path}.rows[{i}].acPower", row[2], 1, VehicleEventRules.MaxPowerW / 1000.0) * 1000),
                (int)Math.Round(Math.Min(quickMaxKw, r.NumberOf($"{path}.rows[{i}].dcPower", row[3], 0, VehicleEventRules.MaxPowerW / 1000.0)) * 1000),
                r.NumberOf($"{path}.rows[{i}].share", row[4], 0, 1)))
            .ToArray();
        double sum = models.Sum(m => m.Share);
        // Rounded shares may miss 1 by a little and are normalised; more than that is a slip of the pen.
        if (Math.Abs(sum - 1) > ShareTolerance)
            throw r.Wrong(path, string.Create(CultureInfo.InvariantCulture, $"shares add up to {sum:0.######}; they must add up to 1 within {ShareTolerance}"));
        if (models.Length > byte.MaxValue) throw r.Wrong(path, "at most 255 models");
        return models.Select(m => m with { Share = m.Share / sum }).ToArray();
    }

    private static ValidationTarget[] Targets(ParameterReader r)
    {
        const string path = "validation.targets";
        if (!r.Has("validation")) return [];
        return [.. r.Table(path, ("quantity", "text"), ("target", "1"), ("low", "1"), ("high", "1"))
            .Select((row, i) =>
            {
                double low = r.NumberOf($"{path}.rows[{i}].low", row[2], -1e12, 1e12);
                double high = r.NumberOf($"{path}.rows[{i}].high", row[3], -1e12, 1e12);
                if (high < low) throw r.Wrong($"{path}.rows[{i}]", "high lies under low");
                return new ValidationTarget(
                    r.TextOf($"{path}.rows[{i}].quantity", row[0]), r.NumberOf($"{path}.rows[{i}].target", row[1], -1e12, 1e12), low, high);
            })];
    }

    private static DistrictParameters[] Districts(ParameterReader r)
    {
        const string path = "districts";
        var districts = r.Table(path, ("district", "text"), ("area", "km2"), ("population", "million"), ("longitude", "deg"), ("latitude", "deg"))
            .Select((row, i) => new DistrictParameters(
                r.TextOf($"{path}.rows[{i}].district", row[0]),
                r.NumberOf($"{path}.rows[{i}].area", row[1], 0.01, 100_000),
                r.NumberOf($"{path}.rows[{i}].population", row[2], 0, 1000),
                r.NumberOf($"{path}.rows[{i}].longitude", row[3], -178, 178),
                r.NumberOf($"{path}.rows[{i}].latitude", row[4], -80, 80)))
            .ToArray();
        if (districts.Sum(d => d.PopulationMillions) <= 0) throw r.Wrong(path, "nobody lives in the city: population adds up to 0");
        return districts;
    }

    private static WorkParameters Work(ParameterReader r)
    {
        const string path = "work";
        double min = r.Number($"{path}.durationMin", "min", 1, 1200);
        double max = r.Number($"{path}.durationMax", "min", 1, 1200);
        if (max < min) throw r.Wrong($"{path}.durationMax", "lies under durationMin");
        var rows = r.Table(
            $"{path}.blocks",
            ("weight", "1"), ("startMean", "min"), ("durationMean", "min"), ("startVariance", "min2"), ("covariance", "min2"), ("durationVariance", "min2"));
        var blocks = rows.Select((row, i) =>
        {
            string at = $"{path}.blocks.rows[{i}]";
            var block = new BlockMixtureComponent(
                r.NumberOf($"{at}.weight", row[0], 0, 1000),
                // The means must lie inside what is not drawn again, so that drawing again always ends soon.
                r.NumberOf($"{at}.startMean", row[1], 0, 1439),
                r.NumberOf($"{at}.durationMean", row[2], 1, 1200),
                r.NumberOf($"{at}.startVariance", row[3], 1e-6, 1e6),
                r.NumberOf($"{at}.covariance", row[4], -1e6, 1e6),
                r.NumberOf($"{at}.durationVariance", row[5], 1e-6, 1e6));
            if (block.DurationMeanMin < min || block.DurationMeanMin > max)
                throw r.Wrong($"{at}.durationMean", string.Create(CultureInfo.InvariantCulture, $"{block.DurationMeanMin} lies outside durationMin to durationMax, {min} to {max}"));
            if (block.StartVarianceMin2 * block.DurationVarianceMin2 < block.CovarianceMin2 * block.CovarianceMin2)
                throw r.Wrong(at, "the covariance is too large for the variances: no such distribution exists");
            return block;
        }).ToArray();
        double sum = blocks.Sum(b => b.Weight);
        if (sum <= 0) throw r.Wrong($"{path}.blocks", "weights add up to 0");
        return new WorkParameters
        {
            ProbabilityWeekday = r.Number($"{path}.probabilityWeekday", "1", 0, 1),
            ProbabilityWeekend = r.Number($"{path}.probabilityWeekend", "1", 0, 1),
            Blocks = blocks.Select(b => b with { Weight = b.Weight / sum }).ToArray(),
            DurationMinMin = min,
            DurationMaxMin = max,
        };
    }

    private static TravelParameters Travel(ParameterReader r)
    {
        var groups = r.Table("travel.distanceGroups", ("z", "1"));
        var traction = r.Table("travel.tractionPower", ("a", "kW/(km/h)^3"), ("b", "kW/(km/h)^2"), ("c", "kW/(km/h)"), ("d", "kW"))[0];
        return new TravelParameters
        {
            SpeedKmPerHour = r.Number("travel.speed", "km/h", 1, 200),
            Detour = r.Number("travel.detour", "1", 1, 10),
            DistanceGroups = groups.Select((row, i) => r.NumberOf($"travel.distanceGroups.rows[{i}].z", row[0], -10, 10)).ToArray(),
            DistanceSpread = r.Number("travel.distanceSpread", "1", 0, 10),
            TractionPower = traction.Select((e, i) => r.NumberOf($"travel.tractionPower.rows[0][{i}]", e, 0, 1000)).ToArray(),
        };
    }

    private static LoadParameters Load(ParameterReader r)
    {
        var shape = r.Table("load.shape", ("relative", "1"))
            .Select((row, i) => r.NumberOf($"load.shape.rows[{i}]", row[0], 0, 10)).ToArray();
        if (shape.Length != 24) throw r.Wrong("load.shape", $"has {shape.Length} hours; give 24");
        var seasons = r.Table("load.seasons", ("season", "text"), ("pvdr", "1"), ("scaledTo", "text"), ("level", "MW"))
            .Select((row, i) =>
            {
                string at = $"load.seasons.rows[{i}]";
                if (!Enum.TryParse(r.TextOf($"{at}.season", row[0]), ignoreCase: true, out Season season))
                    throw r.Wrong($"{at}.season", "must be spring, summer, fall or winter");
                string scaledTo = r.TextOf($"{at}.scaledTo", row[2]);
                if (scaledTo is not ("peak" or "mean")) throw r.Wrong($"{at}.scaledTo", $"'{scaledTo}' must be peak or mean");
                return new SeasonParameters(
                    season,
                    r.NumberOf($"{at}.pvdr", row[1], 0.01, 0.9),
                    scaledTo is "peak",
                    r.NumberOf($"{at}.level", row[3], 0.001, 1e7));
            }).ToArray();
        return new LoadParameters
        {
            HourlyShape = shape,
            WeekendLevel = r.Number("load.weekendLevel", "1", 0.01, 10),
            WeekendAmplitude = r.Number("load.weekendAmplitude", "1", 0, 10),
            WeekendTransitionMin = r.Number("load.weekendTransition", "min", 0, 1440),
            Seasons = seasons,
        };
    }
}
