-- A vehicle's history becomes a chain: every event names the journal sequence of the vehicle's event before it. That replaces the
-- index by vehicle and version, whose insertions cost as much as the rest of the row. A partition a shard keeps every insertion at
-- the right end of a small index.

DROP VIEW movc.mt_events, movc.mt_streams;
ALTER TABLE movc.events RENAME TO events_before;
ALTER INDEX movc.events_pkey RENAME TO events_before_pkey;

CREATE TABLE movc.events (
    shard             integer     NOT NULL,
    journal_sequence  bigint      NOT NULL,   -- dense per shard, from 1
    vehicle           integer     NOT NULL,
    version           integer     NOT NULL,   -- dense per vehicle, from 1
    type              smallint    NOT NULL,
    quality           smallint    NOT NULL,
    occurred_at       timestamptz NOT NULL,
    recorded_at       timestamptz NOT NULL,
    source            integer     NOT NULL,
    source_sequence   bigint      NOT NULL,   -- 0 = the source gives none
    previous_sequence bigint      NOT NULL,   -- of the vehicle's event before, 0 = none
    payload           bytea       NOT NULL,   -- Protobuf, the bytes as they came
    PRIMARY KEY (shard, journal_sequence)
) PARTITION BY LIST (shard);

DO $$
BEGIN
    FOR n IN 0..15 LOOP
        EXECUTE format('CREATE TABLE movc.events_%s PARTITION OF movc.events FOR VALUES IN (%s)', to_char(n, 'FM00'), n);
    END LOOP;
END $$;
CREATE TABLE movc.events_more PARTITION OF movc.events DEFAULT;

INSERT INTO movc.events
SELECT shard, journal_sequence, vehicle, version, type, quality, occurred_at, recorded_at, source, source_sequence,
       coalesce(lag(journal_sequence) OVER (PARTITION BY shard, vehicle ORDER BY version), 0), payload
FROM movc.events_before
ORDER BY shard, journal_sequence;
DROP TABLE movc.events_before;

-- A vehicle is looked up by its id in the twin; who asks here may look through the table.
DROP INDEX movc.vehicles_by_id;

CREATE VIEW movc.mt_streams AS
SELECT movc.readable(v.id)                     AS id,
       'vehicle'::text                         AS type,
       e.version::bigint                       AS version,
       e.last_at                               AS "timestamp",
       e.first_at                              AS created,
       '*DEFAULT*'::text                       AS tenant_id,
       false                                   AS is_archived
FROM movc.vehicles v
JOIN (SELECT shard, vehicle, max(version) AS version, max(recorded_at) AS last_at, min(recorded_at) AS first_at FROM movc.events GROUP BY shard, vehicle) e USING (shard, vehicle);

CREATE VIEW movc.mt_events AS
SELECT (e.shard::bigint << 40) | e.journal_sequence AS seq_id,
       md5(e.shard || '/' || e.journal_sequence)::uuid AS id,
       movc.readable(v.id)                     AS stream_id,
       e.version::bigint                       AS version,
       movc.decode_event(e.type, e.payload)    AS data,
       coalesce(t.name, e.type::text)          AS type,
       e.recorded_at                           AS "timestamp",
       '*DEFAULT*'::text                       AS tenant_id,
       coalesce(t.name, e.type::text)          AS mt_dotnet_type,
       e.occurred_at,
       e.quality,
       movc.readable(s.uri)                    AS source,
       nullif(e.source_sequence, 0)            AS source_sequence,
       e.shard,
       e.vehicle
FROM movc.events e
JOIN movc.vehicles v USING (shard, vehicle)
LEFT JOIN movc.sources s ON s.shard = e.shard AND s.source = e.source
LEFT JOIN movc.event_types t ON t.type = e.type;

-- One stream in its order; looks through one shard alone, where a condition on stream_id would look through the city.
CREATE FUNCTION movc.mt_events_of(stream text) RETURNS SETOF movc.mt_events LANGUAGE plpgsql STABLE AS $$
DECLARE
    found_vehicle movc.vehicles;
BEGIN
    SELECT * INTO found_vehicle FROM movc.vehicles WHERE id = convert_to(stream, 'UTF8');
    IF found_vehicle.shard IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format('SELECT * FROM movc.mt_events WHERE shard = %s AND vehicle = %s ORDER BY version', found_vehicle.shard, found_vehicle.vehicle);
END $$;
