namespace Movc.Studies.Estimation.Fit;

/// <summary>A trip to a place that was new to the user.</summary>
/// <param name="User">Place in the list of users.</param>
/// <param name="From">Region.</param>
/// <param name="To">Region.</param>
internal readonly record struct Jump(int User, int From, int To);
