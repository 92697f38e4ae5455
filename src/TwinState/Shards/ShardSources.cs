using System.Text;
using Movc.TwinState.Store;

namespace Movc.TwinState.Shards;

/// <summary>Dedupe state and progress of every source that a shard has heard of.</summary>
internal sealed class ShardSources
{
    private readonly List<Source> _sources = [];
    private readonly byte[] _clock;
    private Source? _last;

    /// <param name="states">Those of the store.</param>
    /// <param name="clock">URI of the source whose progress is the city's clock.</param>
    public ShardSources(IReadOnlyList<SourceState> states, string clock)
    {
        _clock = Encoding.UTF8.GetBytes(clock);
        foreach (SourceState state in states)
        {
            _sources.Add(new Source(state.Index, state.Uri, IsClock(Encoding.UTF8.GetBytes(state.Uri)))
            {
                Window = SequenceWindow.Deserialize(state.Window),
                ReachedMs = state.ReachedMs,
                NextSequence = state.NextSequence,
            });
        }
    }

    public IReadOnlyList<Source> All => _sources;

    /// <summary>The source with the URI, made if it is new. Sources come in long runs, so the last one is tried first.</summary>
    public Source Get(ReadOnlySpan<byte> uri)
    {
        if (_last is not null && uri.SequenceEqual(_last.Utf8)) return _last;
        foreach (Source source in _sources)
        {
            if (uri.SequenceEqual(source.Utf8)) return _last = source;
        }
        _last = new Source(_sources.Count, Encoding.UTF8.GetString(uri), IsClock(uri)) { IsDirty = true };
        _sources.Add(_last);
        return _last;
    }

    /// <summary>Puts the changed ones into a transaction.</summary>
    public void Flush(ShardAppend append)
    {
        foreach (Source source in _sources)
        {
            if (!source.IsDirty) continue;
            append.Sources.Add(new SourceState(source.Index, source.Uri, source.Window.Serialize(), source.ReachedMs, source.NextSequence));
            source.IsDirty = false;
        }
    }

    private bool IsClock(ReadOnlySpan<byte> uri) => uri.SequenceEqual(_clock);

    internal sealed class Source(int index, string uri, bool isClock)
    {
        public int Index => index;

        /// <summary>Its progress is the city's clock.</summary>
        public bool IsClock => isClock;

        public string Uri => uri;

        public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(uri);

        public SequenceWindow Window { get; init; } = new();

        public long ReachedMs { get; set; } = long.MinValue;

        public long NextSequence { get; set; } = 1;

        public bool IsDirty { get; set; }

        public SourceCounters Counters { get; } = new();
    }
}
