using Movc.Studies.Pareto;

namespace Movc.Studies.Tests.Pareto;

public class ParetoFrontTests
{
    [Fact]
    public void A_point_is_on_the_front_where_none_dominates_it()
    {
        var random = new Random(4);
        for (int round = 0; round < 500; round++)
        {
            int n = random.Next(0, 12);
            // Few values, so that ties are common.
            double[] a = [.. Enumerable.Range(0, n).Select(_ => (double)random.Next(5))], b = [.. Enumerable.Range(0, n).Select(_ => (double)random.Next(5))];
            bool[] front = ParetoFront.Of(a, b);
            for (int i = 0; i < n; i++)
            {
                bool dominated = Enumerable.Range(0, n).Any(j => a[j] <= a[i] && b[j] <= b[i] && (a[j] < a[i] || b[j] < b[i]));
                front[i].ShouldBe(!dominated);
            }
        }
    }

    [Fact]
    public void A_value_that_is_none_is_on_no_front()
    {
        ParetoFront.Of([1, double.NaN, 2], [3, 1, double.NaN]).ShouldBe([true, false, false]);
        ParetoFront.Of([], []).ShouldBeEmpty();
        Should.Throw<ArgumentException>(() => ParetoFront.Of([1], []));
    }
}
