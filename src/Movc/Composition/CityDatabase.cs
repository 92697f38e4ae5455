using Movc.Database;
using Movc.Domain;

namespace Movc.Composition;

/// <summary>Opens the database of one city, which holds no other.</summary>
internal static class CityDatabase
{
    /// <exception cref="InputException">It holds another city's data.</exception>
    /// <exception cref="StoreException">It cannot be used.</exception>
    public static async Task<PostgresDatabase> OpenAsync(string connection, CityIdentity identity, CityGround ground, bool fresh, TimeProvider clock, CancellationToken cancellationToken)
    {
        PostgresDatabase database = await PostgresDatabase.OpenAsync(connection, clock, cancellationToken);
        try
        {
            string stored = await database.AgreeAsync(identity.ToString(), ground.ToJson(), fresh, cancellationToken);
            return string.Equals(stored, identity.ToString(), StringComparison.Ordinal)
                ? database
                : throw new InputException($"{database.Server} holds {stored}; this run is {identity}: give --fresh to delete it, or another database");
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }
}
