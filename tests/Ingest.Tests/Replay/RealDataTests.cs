using Movc.Ingest.Replay;

namespace Movc.Ingest.Tests.Replay;

public sealed class RealDataTests
{
    [Fact]
    public void Every_row_of_the_trondheim_file_is_used_or_put_aside_with_its_reason()
    {
        SessionCounts c = ReplayData.OpenReal().Counts;
        c.ShouldBe(new SessionCounts(Rows: 6878, Users: 97, Used: 0, Substituted: 0, Open: 0, Malformed: 0, ZeroLength: 0, Overlapping: 0));
    }
}
