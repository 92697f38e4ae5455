namespace Movc.Studies.Estimation.Input;

/// <summary>Records of where users were, in columns: GPS points, or stays with a duration. 24 bytes each.</summary>
public sealed class PointSet
{
    private readonly Dictionary<string, int> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<string> _names = [];
    private int[] _user = new int[1024];
    private long[] _atMs = new long[1024];
    private int[] _durationS = new int[1024];
    private float[] _eastKm = new float[1024];
    private float[] _northKm = new float[1024];

    public PointSet() => _lookup = _byName.GetAlternateLookup<ReadOnlySpan<char>>();

    public int Count { get; private set; }

    /// <summary>Names of the users; a user is known by its place here.</summary>
    public IReadOnlyList<string> Users => _names;

    public ReadOnlySpan<int> User => _user.AsSpan(0, Count);

    /// <summary>Unix milliseconds UTC.</summary>
    public ReadOnlySpan<long> AtMs => _atMs.AsSpan(0, Count);

    /// <summary>0 = a point.</summary>
    public ReadOnlySpan<int> DurationS => _durationS.AsSpan(0, Count);

    /// <summary>East of the city's reference point.</summary>
    public ReadOnlySpan<float> EastKm => _eastKm.AsSpan(0, Count);

    /// <summary>North of the city's reference point.</summary>
    public ReadOnlySpan<float> NorthKm => _northKm.AsSpan(0, Count);

    /// <summary>Place of a user, new or known.</summary>
    public int UserOf(ReadOnlySpan<char> name)
    {
        if (_lookup.TryGetValue(name, out int user)) return user;
        string text = name.ToString();
        _byName[text] = _names.Count;
        _names.Add(text);
        return _names.Count - 1;
    }

    public void Add(int user, long atMs, int durationS, double eastKm, double northKm)
    {
        if (Count == _user.Length)
        {
            int larger = 2 * Count;
            Array.Resize(ref _user, larger);
            Array.Resize(ref _atMs, larger);
            Array.Resize(ref _durationS, larger);
            Array.Resize(ref _eastKm, larger);
            Array.Resize(ref _northKm, larger);
        }
        (_user[Count], _atMs[Count], _durationS[Count], _eastKm[Count], _northKm[Count]) = (user, atMs, durationS, (float)eastKm, (float)northKm);
        Count++;
    }
}
