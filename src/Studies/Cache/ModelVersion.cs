using System.Security.Cryptography;

namespace Movc.Studies.Cache;

/// <summary>What computes: another build of the model, the solver or the studies must not be answered from what an earlier one kept.</summary>
internal static class ModelVersion
{
    /// <summary>First 16 hexadecimal digits of SHA-256 over the identities of the compiled parts.</summary>
    public static string Text { get; } = Hash();

    private static string Hash()
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Type type in (Type[])[typeof(Domain.Simulation.PeopleModel), typeof(Ingest.Simulation.SimulatedCity), typeof(RollingOptimizer.Solver.DispatchSolver), typeof(ModelVersion)])
            sha.AppendData(type.Module.ModuleVersionId.ToByteArray());
        return Convert.ToHexStringLower(sha.GetHashAndReset().AsSpan(0, 8));
    }
}
