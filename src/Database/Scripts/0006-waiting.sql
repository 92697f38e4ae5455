-- Events put aside that may still be explained by one that is to come: an unplug before its plug-in, an event before its vehicle's
-- registration. Each has a dead letter of the same source and reference until it is taken after all.

CREATE TABLE movc.waiting (
    shard           integer  NOT NULL,
    source          integer  NOT NULL,
    reference       bytea    NOT NULL,
    vehicle         bytea    NOT NULL,        -- id
    type            smallint NOT NULL,
    quality         smallint NOT NULL,
    occurred_ms     bigint   NOT NULL,
    recorded_ms     bigint   NOT NULL,
    source_sequence bigint   NOT NULL,
    payload         bytea    NOT NULL,
    number          bigint   GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (shard, source, reference)
);

-- Zone, tariff and districts of the city, as JSON: what its journal stands on and does not hold itself.
ALTER TABLE movc.city ADD COLUMN ground text;
