namespace Movc.Domain.Events;

/// <summary>The role a place has for one vehicle. Numbers are stored: never renumber.</summary>
public enum PlaceKind : byte
{
    Home = 1,
    Work = 2,
    Other = 3,
}
