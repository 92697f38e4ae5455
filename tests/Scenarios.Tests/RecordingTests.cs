using System.IO.Compression;
using System.Text.Json;

namespace Movc.Scenarios.Tests;

/// <summary>A run recorded into one file and imported by somebody else.</summary>
public class RecordingTests
{
    [Fact]
    public async Task A_recording_is_imported_replayed_and_looked_into_as_what_it_was_made_of()
    {
        using var workspace = new Workspace();
        string file = Path.Combine(workspace.Data + "-files", "run.movc.zip");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        string imported = Path.Combine(Path.GetDirectoryName(file)!, "imported");
        JsonElement run = (await MovcProcess.RunAsync("run", "--vehicles", "400", "--speed", "max", "--seed", "3", "--no-page", "--json", "--intervals", "18", "--data", workspace.Data, "--record", file)).Summary();
        string hash = run.GetProperty("stateHash").GetString()!;
        JsonElement manifest = (await MovcProcess.RunAsync("import", file, "--data", imported, "--json")).Summary();
        (manifest.GetProperty("stateHash").GetString(), manifest.GetProperty("events").GetInt64(), manifest.GetProperty("vehicles").GetInt64()).ShouldBe((hash, run.GetProperty("stored").GetInt64(), 400));
        new Stored(imported).Events.ShouldBe(workspace.Stored.Events);
        new Stored(imported).Setpoints.ShouldBe(workspace.Stored.Setpoints);
        foreach (string at in new[] { "2022-07-18 01:35", "2022-07-18 03:00" })
        {
            string Hash(Ended ended) => ended.Summary().GetProperty("stateHash").GetString()!;
            Hash(await MovcProcess.RunAsync("state", "--data", imported, "--at", at, "--json")).ShouldBe(Hash(await MovcProcess.RunAsync("state", "--data", workspace.Data, "--at", at, "--json")));
        }
        (await MovcProcess.RunAsync("replay", "--stored", imported, "--speed", "max", "--no-page", "--json")).Summary().GetProperty("stateHash").GetString().ShouldBe(hash);
        // The export of an import has the same contents.
        string second = file + "2";
        (await MovcProcess.RunAsync("export", second, "--data", imported, "--json")).Summary().GetProperty("parts").GetRawText().ShouldBe(manifest.GetProperty("parts").GetRawText());

        // Damaged on its way: refused, and nothing is left.
        string damaged = file + ".damaged";
        byte[] bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        int refusals = 0;
        for (int n = 1; n <= 6; n++)
        {
            byte[] spoilt = [.. bytes];
            spoilt[(int)((long)bytes.Length * n / 8)] ^= 0x10;
            await File.WriteAllBytesAsync(damaged, spoilt, TestContext.Current.CancellationToken);
            string into = $"{imported}-{n}";
            Ended refused = await MovcProcess.RunAsync("import", damaged, "--data", into);
            // A bit may lie where nobody reads, in the archive's own bookkeeping.
            if (refused.Code == 0) continue;
            refusals++;
            refused.Complaint(2).ShouldContain(damaged);
            Directory.Exists(into).ShouldBeFalse();
            Directory.Exists(into + ".part").ShouldBeFalse();
        }
        refusals.ShouldBeGreaterThan(3);
        await File.WriteAllBytesAsync(damaged, bytes[..(bytes.Length / 2)], TestContext.Current.CancellationToken);
        (await MovcProcess.RunAsync("import", damaged, "--data", imported + "-half")).Complaint(2).ShouldContain("copy it again");
        // Altered with its checksums mended: the events do not come to the state.
        Alter(file, damaged, manifest.GetProperty("stateHash").GetString()!, new string('0', 32));
        (await MovcProcess.RunAsync("import", damaged, "--data", imported + "-altered")).Complaint(2).ShouldContain("its manifest says");
        foreach ((string was, string becomes, string words) in new[]
        {
            ("\"Shards\": 16", "\"Shards\": 17", "has sources for 16 of 17 shards"), ("\"Shards\": 16", "\"Shards\": -1", "speaks of -1 shards"), ("\"Vehicles\": 400", "\"Vehicles\": 99999999999", "99999999999 vehicles"),
            ("\"Sha256\": \"", "\"Sha256\": \"0", "without its checksum"), ("\"City\": \"", "\"City\": null, \"Town\": \"", "no recording"),
        })
        {
            Alter(file, damaged, was, becomes);
            (await MovcProcess.RunAsync("import", damaged, "--data", imported + "-altered")).Complaint(2).ShouldContain(words);
        }
        (await MovcProcess.RunAsync("import", file, "--data", imported)).Complaint(2).ShouldContain("is not empty");
        (await MovcProcess.RunAsync("import", file + "-no", "--data", imported + "-no")).Complaint(2).ShouldContain("cannot be read");
        (await MovcProcess.RunAsync("export", "/nowhere/x.zip", "--data", workspace.Data)).Complaint(2).ShouldContain("cannot be written");
        // Told before the run, not after it.
        (await MovcProcess.RunAsync("run", "--vehicles", "400", "--no-page", "--data", imported + "-never", "--record", "/nowhere/x.zip")).Complaint(2).ShouldContain("cannot be written");
        (await MovcProcess.RunAsync("run", "--vehicles", "400", "--no-page", "--data", imported + "-never", "--record", imported)).Complaint(2).ShouldContain("is a directory");
        Directory.Exists(imported + "-never").ShouldBeFalse();
    }

    private static void Alter(string from, string to, string was, string becomes)
    {
        File.Copy(from, to, overwrite: true);
        using ZipArchive archive = ZipFile.Open(to, ZipArchiveMode.Update);
        ZipArchiveEntry entry = archive.GetEntry("manifest.json")!;
        string manifest;
        using (var reader = new StreamReader(entry.Open())) manifest = reader.ReadToEnd();
        manifest.ShouldContain(was);
        entry.Delete();
        using var writer = new StreamWriter(archive.CreateEntry("manifest.json").Open());
        writer.Write(manifest.Replace(was, becomes, StringComparison.Ordinal));
    }
}
