-- Views in the shape of Marten's event tables, so that its users read ours: movc.mt_streams and movc.mt_events, the payload as
-- readable jsonb. The payload is Protobuf with varint fields alone; movc.event_fields names them, a field that it does not know
-- is shown by its number.

CREATE TABLE movc.event_types (
    type smallint PRIMARY KEY,
    name text NOT NULL UNIQUE
);

CREATE TABLE movc.event_fields (
    type  smallint NOT NULL REFERENCES movc.event_types,
    field integer  NOT NULL,
    name  text     NOT NULL,
    kind  text     NOT NULL CHECK (kind IN ('int', 'sint', 'place', 'consent', 'start')),
    PRIMARY KEY (type, field)
);

CREATE FUNCTION movc.readable(bytes bytea) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN convert_from(bytes, 'UTF8');
EXCEPTION WHEN others THEN
    RETURN '\x' || encode(bytes, 'hex');
END $$;

CREATE FUNCTION movc.decode_event(event_type smallint, payload bytea) RETURNS jsonb LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
    at      integer := 0;
    size    integer := length(payload);
    fields  jsonb   := '{}';
    key     numeric;
    value   numeric;
    shift   integer;
    octet   integer;
    part    integer;
    number  integer;
    told    movc.event_fields;
BEGIN
    WHILE at < size LOOP
        -- A key, then a value; both varints, least significant seven bits first.
        FOR part IN 1..2 LOOP
            value := 0;
            shift := 0;
            LOOP
                IF at >= size OR shift > 63 THEN
                    RETURN jsonb_build_object('undecodable', encode(payload, 'hex'));
                END IF;
                octet := get_byte(payload, at);
                at := at + 1;
                value := value + (octet & 127) * 2::numeric ^ shift;
                shift := shift + 7;
                EXIT WHEN octet < 128;
            END LOOP;
            IF part = 1 THEN
                key := value;
                IF key % 8 <> 0 THEN
                    RETURN jsonb_build_object('undecodable', encode(payload, 'hex'));
                END IF;
            END IF;
        END LOOP;
        number := div(key, 8)::integer;
        SELECT * INTO told FROM movc.event_fields f WHERE f.type = event_type AND f.field = number;
        IF told.kind = 'sint' THEN
            value := CASE WHEN value % 2 = 0 THEN div(value, 2) ELSE -div(value + 1, 2) END;
        ELSIF value >= 9223372036854775808 THEN
            value := value - 18446744073709551616;
        END IF;
        fields := fields || CASE told.kind
            WHEN 'place' THEN jsonb_build_object(told.name, coalesce((ARRAY['home', 'work', 'other'])[value::integer], value::text))
            WHEN 'consent' THEN jsonb_build_object(told.name, coalesce((ARRAY['charge-only', 'when-charging', 'when-staying'])[value::integer + 1], value::text))
            WHEN 'start' THEN jsonb_build_object(told.name, coalesce((ARRAY['at-once', 'cheapest'])[value::integer + 1], value::text))
            ELSE jsonb_build_object(coalesce(told.name, 'field_' || number), trim_scale(value))
        END;
    END LOOP;
    RETURN fields;
END $$;

CREATE VIEW movc.mt_streams AS
SELECT movc.readable(v.id)                     AS id,
       'vehicle'::text                         AS type,
       last.version::bigint                    AS version,
       last.recorded_at                        AS "timestamp",
       first.recorded_at                       AS created,
       '*DEFAULT*'::text                       AS tenant_id,
       false                                   AS is_archived
FROM movc.vehicles v
JOIN LATERAL (SELECT e.version, e.recorded_at FROM movc.events e WHERE e.shard = v.shard AND e.vehicle = v.vehicle ORDER BY e.version DESC LIMIT 1) last ON true
JOIN movc.events first ON first.shard = v.shard AND first.vehicle = v.vehicle AND first.version = 1;

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
       nullif(e.source_sequence, 0)            AS source_sequence
FROM movc.events e
JOIN movc.vehicles v USING (shard, vehicle)
LEFT JOIN movc.sources s ON s.shard = e.shard AND s.source = e.source
LEFT JOIN movc.event_types t ON t.type = e.type;

INSERT INTO movc.event_types (type, name) VALUES
    (1, 'movc.vehicle.registered.v1'),
    (2, 'movc.vehicle.location-reported.v1'),
    (3, 'movc.vehicle.departed.v1'),
    (4, 'movc.vehicle.arrived.v1'),
    (5, 'movc.vehicle.plugged-in.v1'),
    (6, 'movc.vehicle.unplugged.v1'),
    (7, 'movc.vehicle.energy-metered.v1'),
    (8, 'movc.vehicle.consent-changed.v1'),
    (9, 'movc.vehicle.setpoint-rejected.v1'),
    (10, 'movc.vehicle.setpoint-timed-out.v1'),
    (11, 'movc.vehicle.setpoint-not-followed.v1'),
    (12, 'movc.vehicle.delivery-reported.v1');

INSERT INTO movc.event_fields (type, field, name, kind) VALUES
    (1, 1, 'capacity_wh', 'int'),
    (1, 2, 'energy_wh', 'int'),
    (1, 3, 'state_of_charge_ppm', 'int'),
    (1, 4, 'consent', 'consent'),
    (1, 5, 'latitude_e7', 'sint'),
    (1, 6, 'longitude_e7', 'sint'),
    (2, 1, 'latitude_e7', 'sint'),
    (2, 2, 'longitude_e7', 'sint'),
    (2, 3, 'energy_wh', 'int'),
    (2, 4, 'state_of_charge_ppm', 'int'),
    (3, 1, 'place', 'place'),
    (3, 2, 'energy_wh', 'int'),
    (3, 3, 'state_of_charge_ppm', 'int'),
    (3, 4, 'latitude_e7', 'sint'),
    (3, 5, 'longitude_e7', 'sint'),
    (4, 1, 'place', 'place'),
    (4, 2, 'energy_wh', 'int'),
    (4, 3, 'state_of_charge_ppm', 'int'),
    (4, 4, 'latitude_e7', 'sint'),
    (4, 5, 'longitude_e7', 'sint'),
    (4, 6, 'energy_used_wh', 'int'),
    (5, 1, 'max_charge_w', 'int'),
    (5, 2, 'max_discharge_w', 'int'),
    (5, 3, 'energy_wh', 'int'),
    (5, 4, 'state_of_charge_ppm', 'int'),
    (5, 5, 'place', 'place'),
    (5, 6, 'declared_departure_ms', 'int'),
    (5, 7, 'needed_at_departure_wh', 'int'),
    (5, 8, 'unmanaged_charge_w', 'int'),
    (5, 9, 'unmanaged_start', 'start'),
    (6, 1, 'energy_wh', 'int'),
    (6, 2, 'state_of_charge_ppm', 'int'),
    (7, 1, 'energy_wh', 'int'),
    (7, 2, 'state_of_charge_ppm', 'int'),
    (7, 3, 'power_w', 'sint'),
    (8, 1, 'consent', 'consent'),
    (9, 1, 'setpoint_at_ms', 'int'),
    (9, 2, 'power_w', 'sint'),
    (10, 1, 'setpoint_at_ms', 'int'),
    (10, 2, 'power_w', 'sint'),
    (11, 1, 'setpoint_at_ms', 'int'),
    (11, 2, 'power_w', 'sint'),
    (12, 1, 'power_w', 'sint'),
    (12, 2, 'energy_wh', 'int');
