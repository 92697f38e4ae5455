-- Published plans as their prices (docs/protocol/plan-bundle.md); each names the hash of the one before.
CREATE TABLE movc.bundles (
    at_ms bigint PRIMARY KEY,                    -- start of the interval that the plan commits
    id    text NOT NULL UNIQUE,
    hash  text NOT NULL,                         -- SHA-256 of what the bundle says, hexadecimal
    bytes bytea NOT NULL
);

-- What operators held and resumed, who and why; a row is never changed.
CREATE TABLE movc.operator_log (
    line     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    document text NOT NULL                       -- JSON
);
