using System.Text;
using Movc.Domain;
using Movc.Domain.Events;

namespace Movc.Ingest.Replay;

/// <summary>
/// The users of a session file as vehicles, with their copies: vehicle = copy × users + user, so the first vehicles are the users
/// themselves, unshifted. Sessions are kept once; a copy is an id and a shift in time.
/// </summary>
internal sealed class ReplayFleet
{
    public const int MostCopies = 100_000;

    private ReplayFleet(byte[][] ids, long[] shiftMs, int[] capacityWh, int[] sessionOffset, PlugInSession[] sessions)
    {
        Ids = ids;
        ShiftMs = shiftMs;
        CapacityWh = capacityWh;
        SessionOffset = sessionOffset;
        Sessions = sessions;
    }

    /// <summary>UTF-8 id per vehicle.</summary>
    public byte[][] Ids { get; }

    /// <summary>Shift per vehicle, ms; 0 for the users themselves.</summary>
    public long[] ShiftMs { get; }

    /// <summary>Battery per user, Wh.</summary>
    public int[] CapacityWh { get; }

    /// <summary>Sessions of user u are [SessionOffset[u], SessionOffset[u + 1]).</summary>
    public int[] SessionOffset { get; }

    public PlugInSession[] Sessions { get; }

    public int UserCount => CapacityWh.Length;

    public int VehicleCount => Ids.Length;

    public int Copies => VehicleCount / UserCount;

    public int UserOf(int vehicle) => vehicle % UserCount;

    public static ReplayFleet Build(SessionSet set, ReplayParameters parameters, int copies, ulong seed)
    {
        if (copies is < 1 or > MostCopies)
            throw new InputException($"--clone {copies}: the number of copies lies outside 1 to {MostCopies}; give one inside");
        int users = set.Users.Count;
        var offset = new int[users + 1];
        var largestWh = new int[users];
        foreach (PlugInSession session in set.Sessions)
        {
            offset[session.User + 1]++;
            largestWh[session.User] = Math.Max(largestWh[session.User], session.EnergyWh);
        }

        for (int u = 0; u < users; u++) offset[u + 1] += offset[u];
        int[] capacityWh = Array.ConvertAll(largestWh, wh => (int)Math.Ceiling(
            Math.Max(parameters.MinimumCapacityKwh * 1000, Math.Round(parameters.CapacityOverLargestSession * wh, 3))));
        var ids = new byte[checked(users * copies)][];
        var shiftMs = new long[ids.Length];
        for (int vehicle = 0; vehicle < ids.Length; vehicle++)
        {
            string user = set.Users[vehicle % users];
            int copy = vehicle / users;
            ids[vehicle] = Encoding.UTF8.GetBytes(copy == 0 ? user : CopyId(user, copy + 1));
            if (copy > 0) shiftMs[vehicle] = ShiftMinutes(user, copy + 1, seed, parameters.CloneJitterMinutes) * 60_000L;
        }

        return new ReplayFleet(ids, shiftMs, capacityWh, offset, [.. set.Sessions]);
    }

    private static string CopyId(string user, int copy)
    {
        if (user.Contains('~', StringComparison.Ordinal))
            throw new InputException($"--clone: the user id \"{user}\" holds a ~, which marks copies; rename the user or leave --clone out");
        string id = $"{user}~{copy}";
        if (Encoding.UTF8.GetByteCount(id) > VehicleEventRules.MaxVehicleIdBytes)
            throw new InputException($"--clone: the id \"{id}\" is longer than {VehicleEventRules.MaxVehicleIdBytes} bytes; shorten the user's id");
        return id;
    }

    /// <summary>Uniform over the whole minutes within ±jitter, a function of seed, user and copy alone (FNV-1a, then SplitMix64).</summary>
    private static int ShiftMinutes(string user, int copy, ulong seed, int jitterMinutes)
    {
        ulong hash = 14695981039346656037;
        foreach (byte b in Encoding.UTF8.GetBytes(user)) hash = (hash ^ b) * 1099511628211;
        ulong x = hash ^ Mix(seed) ^ ((ulong)copy * 0x9E3779B97F4A7C15);
        ulong width = 2 * (ulong)jitterMinutes + 1;
        return (int)(Mix(x) % width) - jitterMinutes;
    }

    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
