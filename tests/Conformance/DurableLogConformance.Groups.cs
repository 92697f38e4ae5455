using System.Collections.Concurrent;
using Movc.EventLog;

namespace Movc.Conformance;

/// <summary>How the members of a group share a topic.</summary>
public abstract partial class DurableLogConformance
{
    [Fact(Timeout = 120_000)]
    public async Task Members_share_the_partitions_and_one_that_leaves_hands_its_own_over()
    {
        await using IEventLog first = await CreateLogAsync(4);
        await using IEventLog second = await ReopenAsync(4);
        var owners = new Owners();
        using var stopFirst = new CancellationTokenSource();
        using var stopSecond = new CancellationTokenSource();
        Task a = first.ShareAsync(Topic, "shared", (p, giveUp) => owners.HoldAsync("a", p, giveUp), stopFirst.Token);
        await owners.UntilAsync(o => o.Count == 4, a);
        Task b = second.ShareAsync(Topic, "shared", (p, giveUp) => owners.HoldAsync("b", p, giveUp), stopSecond.Token);
        await owners.UntilAsync(o => o.Count == 4 && o.Values.Distinct(StringComparer.Ordinal).Count() == 2, a, b);
        await stopFirst.CancelAsync();
        await a;
        await owners.UntilAsync(o => o.Count == 4 && o.Values.All(v => v is "b"), b);
        await stopSecond.CancelAsync();
        await b;
        owners.Held.ShouldBeEmpty();
        owners.Overlaps.ShouldBe(0);
    }

    [Fact(Timeout = 120_000)]
    public async Task Partitions_that_move_lose_nothing_and_double_nothing_where_offsets_are_stored_with_what_was_read()
    {
        const int Partitions = 3, Each = 400;
        await using IEventLog log = await CreateLogAsync(Partitions);
        var store = new ConcurrentDictionary<int, List<int>>(Enumerable.Range(0, Partitions).Select(p => KeyValuePair.Create(p, new List<int>())));
        async Task ReadAndStoreAsync(IEventLog member, int partition, CancellationToken giveUp)
        {
            List<int> stored = store[partition];
            await using ILogConsumer reader = member.OpenConsumer(Topic, "shared", partition, stored.Count);
            try
            {
                while (stored.Count < Each && await reader.ReadAsync(giveUp) is { } batch)
                {
                    batch.FirstOffset.ShouldBe(stored.Count);
                    stored.AddRange(Numbers(batch));
                }
                await Task.Delay(Timeout.Infinite, giveUp);
            }
            catch (OperationCanceledException)
            {
                // Given up; the store holds where the next one goes on.
            }
        }
        Task sending = Task.Run(async () =>
        {
            ILogProducer producer = log.OpenProducer(Topic);
            for (int n = 0; n < Each; n++)
            {
                for (int p = 0; p < Partitions; p++) await producer.SendAsync(p, One("k"u8, n), Token);
                if (n % 5 == 0) await Task.Delay(10, Token);
            }
        }, Token);
        using var stopSteady = new CancellationTokenSource();
        Task steady = log.ShareAsync(Topic, "shared", (p, t) => ReadAndStoreAsync(log, p, t), stopSteady.Token);
        for (int visit = 0; visit < 2; visit++)
        {
            await using IEventLog guest = await ReopenAsync(Partitions);
            using var leave = new CancellationTokenSource(TimeSpan.FromSeconds(1.5));
            await guest.ShareAsync(Topic, "shared", (p, t) => ReadAndStoreAsync(guest, p, t), leave.Token);
        }
        await sending;
        while (store.Values.Any(s => s.Count < Each))
        {
            steady.IsCompleted.ShouldBeFalse();
            await Task.Delay(20, Token);
        }
        await stopSteady.CancelAsync();
        await steady;
        foreach (List<int> numbers in store.Values) numbers.ShouldBe(Enumerable.Range(0, Each));
    }

    [Fact(Timeout = 120_000)]
    public async Task Work_that_fails_ends_the_membership_with_its_fault_after_the_rest_was_given_up()
    {
        await using IEventLog log = await CreateLogAsync(3);
        var owners = new Owners();
        InvalidOperationException fault = await Should.ThrowAsync<InvalidOperationException>(() => log.ShareAsync(
            Topic, "shared", async (p, giveUp) =>
            {
                if (p != 1)
                {
                    await owners.HoldAsync("a", p, giveUp);
                    return;
                }
                await Task.Delay(300, giveUp);
                throw new InvalidOperationException("partition 1 broke");
            }, Token));
        fault.Message.ShouldBe("partition 1 broke");
        owners.Held.ShouldBeEmpty();
    }

    /// <summary>Who holds which partition, and whether ever two did at a time.</summary>
    private sealed class Owners
    {
        private int _overlaps;

        public ConcurrentDictionary<int, string> Held { get; } = new();

        public int Overlaps => _overlaps;

        public async Task HoldAsync(string name, int partition, CancellationToken giveUp)
        {
            if (!Held.TryAdd(partition, name)) Interlocked.Increment(ref _overlaps);
            try
            {
                await Task.Delay(Timeout.Infinite, giveUp);
            }
            catch (OperationCanceledException)
            {
                // Finishing takes a moment, which the hand-over must wait for.
                await Task.Delay(100, CancellationToken.None);
            }
            Held.TryRemove(partition, out _);
        }

        public async Task UntilAsync(Func<ConcurrentDictionary<int, string>, bool> holds, params Task[] members)
        {
            while (!holds(Held))
            {
                foreach (Task member in members.Where(m => m.IsCompleted)) await member;
                await Task.Delay(20, Token);
            }
        }
    }
}
