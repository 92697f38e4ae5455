-- States of shards at places of their journals, so that a fold need not begin at the beginning.

CREATE TABLE movc.snapshots (
    shard            integer NOT NULL,
    journal_sequence bigint  NOT NULL,        -- entries up to this one are in it
    format           integer NOT NULL,        -- version of the layout
    state            bytea   NOT NULL,
    PRIMARY KEY (shard, journal_sequence)
);
