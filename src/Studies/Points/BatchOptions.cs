namespace Movc.Studies.Points;

/// <summary>The paper's way of solving: independent batches of vehicles, each against its own share of the load (model.md §6).</summary>
/// <param name="Vehicles">Vehicles of a batch, 1 or more; 3,000 in the paper [S].</param>
/// <param name="FixedShare">
/// True: a batch of n sees n over the whole fleet of the load, however many take part, as the paper's figures suggest. False: n over the
/// participants, so that the batches together see the whole load.
/// </param>
public sealed record BatchOptions(int Vehicles, bool FixedShare);
