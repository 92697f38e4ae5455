
namespace Movc.Studies.Estimation.Places;

/// <summary>What is known of a user: visits in time order, home, work.</summary>
/// <param name="User">Number among all users.</param>
/// <param name="Visits">In time order.</param>
/// <param name="Home">Region, or −1.</param>
/// <param name="Work">Region, or −1.</param>
/// <param name="DaysSeen">Calendar days with a record.</param>
/// <param name="SpanDays">Days from the first record to the last.</param>
public sealed record UserHistory(int User, Visit[] Visits, int Home, int Work, int DaysSeen, double SpanDays);
