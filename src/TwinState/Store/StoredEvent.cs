namespace Movc.TwinState.Store;

/// <summary>One stored event with its payload and its source's name, for queries.</summary>
public sealed record StoredEvent(EventRow Row, string SourceUri, byte[] Payload);
