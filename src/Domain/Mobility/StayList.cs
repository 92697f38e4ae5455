namespace Movc.Domain.Mobility;

/// <summary>A growing list of stays whose items can be changed in place and which keeps its memory when cleared.</summary>
public sealed class StayList
{
    private Stay[] _items = new Stay[256];

    public int Count { get; private set; }

    public ref Stay this[int index] => ref _items[index];

    public ReadOnlySpan<Stay> Items => _items.AsSpan(0, Count);

    public void Clear() => Count = 0;

    public ref Stay Add()
    {
        if (Count == _items.Length) Array.Resize(ref _items, 2 * Count);
        return ref _items[Count++];
    }
}
