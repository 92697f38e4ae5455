-- The journal of every shard, lean: what the twin needs to come back to its state, and nothing twice.
-- Text that comes from outside is kept as bytes (UTF-8), because a source may send characters that text cannot hold.

-- What the data are of: city, fleet, seed; one row.
CREATE TABLE movc.city (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    identity text NOT NULL
);

CREATE TABLE movc.shards (
    shard            integer PRIMARY KEY,
    writer_epoch     bigint  NOT NULL,       -- every opening takes the next; an older writer is fenced
    journal_sequence bigint  NOT NULL,       -- of the last entry, 0 = none
    events_offset    bigint  NOT NULL,       -- next to read of movc.vehicle-events.v1
    setpoints_offset bigint  NOT NULL        -- next to read of movc.setpoints.v1
);

CREATE TABLE movc.vehicles (
    shard   integer NOT NULL,
    vehicle integer NOT NULL,                -- local index in the shard
    id      bytea   NOT NULL,
    PRIMARY KEY (shard, vehicle)
);
CREATE INDEX vehicles_by_id ON movc.vehicles (id);

CREATE TABLE movc.sources (
    shard         integer NOT NULL,
    source        integer NOT NULL,          -- number within the shard
    uri           bytea   NOT NULL,
    seen          bytea   NOT NULL,          -- watermark and gap bitmap of its sequence
    reached_ms    bigint  NOT NULL,
    next_sequence bigint  NOT NULL,
    PRIMARY KEY (shard, source)
);

-- Events and setpoint batches share a shard's journal sequence.
CREATE TABLE movc.events (
    shard            integer     NOT NULL,
    journal_sequence bigint      NOT NULL,   -- dense per shard, from 1
    vehicle          integer     NOT NULL,
    version          integer     NOT NULL,   -- dense per vehicle, from 1
    type             smallint    NOT NULL,
    quality          smallint    NOT NULL,
    occurred_at      timestamptz NOT NULL,
    recorded_at      timestamptz NOT NULL,
    source           integer     NOT NULL,
    source_sequence  bigint      NOT NULL,   -- 0 = the source gives none
    payload          bytea       NOT NULL,   -- Protobuf, the bytes as they came
    PRIMARY KEY (shard, journal_sequence),
    UNIQUE (shard, vehicle, version)
);

-- Ids of events whose source gives no sequence.
CREATE TABLE movc.event_ids (
    shard  integer NOT NULL,
    source integer NOT NULL,
    id     bytea   NOT NULL,
    PRIMARY KEY (shard, source, id)
);

CREATE TABLE movc.setpoints (
    shard            integer NOT NULL,
    journal_sequence bigint  NOT NULL,
    at_ms            bigint  NOT NULL,
    valid_until_ms   bigint  NOT NULL,
    changes          bytea   NOT NULL,       -- (index delta, zigzag W) varints
    PRIMARY KEY (shard, journal_sequence)
);

CREATE TABLE movc.dead_letters (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    recorded_ms bigint NOT NULL,
    reason      text   NOT NULL,
    detail      text   NOT NULL,
    source      text   NOT NULL,
    reference   text   NOT NULL,
    vehicle     text,
    payload     bytea  NOT NULL,
    UNIQUE (source, reference)
);
CREATE INDEX dead_letters_by_reason ON movc.dead_letters (reason, id);
