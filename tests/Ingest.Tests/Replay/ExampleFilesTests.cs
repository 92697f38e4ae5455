using Movc.Ingest.Replay;

namespace Movc.Ingest.Tests.Replay;

public sealed class ExampleFilesTests
{
    [Fact]
    public void The_committed_examples_are_what_the_generator_writes_byte_for_byte()
    {
        // eng/make-examples sets this to write them anew.
        if (Environment.GetEnvironmentVariable("MOVC_WRITE_EXAMPLES") is "1") ExampleFiles.Write(ReplayData.Examples, ExampleFiles.CommittedSeed);
        string folder = Directory.CreateTempSubdirectory("movc-examples-").FullName;
        ExampleFiles.Write(folder, ExampleFiles.CommittedSeed);
        foreach (string name in new[] { ExampleFiles.SessionsName, ExampleFiles.LoadName })
            File.ReadAllBytes(Path.Combine(folder, name)).ShouldBe(File.ReadAllBytes(Path.Combine(ReplayData.Examples, name)), name);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Another_seed_writes_other_files()
    {
        string folder = Directory.CreateTempSubdirectory("movc-examples-").FullName;
        ExampleFiles.Write(folder, ExampleFiles.CommittedSeed + 1);
        File.ReadAllBytes(Path.Combine(folder, ExampleFiles.SessionsName)).ShouldNotBe(File.ReadAllBytes(ReplayData.ExampleSessions));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void The_example_shows_every_fault_of_the_public_set()
    {
        SessionCounts counts = ReplayData.OpenExamples().Counts;
        counts.Users.ShouldBe(40);
        counts.Substituted.ShouldBe(1);
        counts.Open.ShouldBe(1);
        counts.ZeroLength.ShouldBe(1);
        counts.Overlapping.ShouldBe(1);
        counts.Malformed.ShouldBe(0);
        counts.Used.ShouldBe(counts.Rows - 2);
    }
}
