namespace Movc.Domain.Events;

/// <summary>Why a record was put aside. The stored name (<see cref="DeadLetterReasonNames"/>) is what files and the API carry.</summary>
public enum DeadLetterReason : byte
{
    None = 0,
    Undecodable = 1,
    UnknownType = 2,
    MissingField = 3,
    OutOfRange = 4,
    UnknownVehicle = 5,
    AlreadyRegistered = 6,
    NotPluggedIn = 7,
    AlreadyPluggedIn = 8,
    /// <summary>Of stores written before late events were taken; no longer given.</summary>
    TimeBackward = 9,
    SequenceTooOld = 10,
    KeyMismatch = 11,
    TimeAhead = 12,
    TooLate = 13,
    SessionOverlaps = 20,
    SessionZeroLength = 21,
    SessionMalformed = 22,
}
