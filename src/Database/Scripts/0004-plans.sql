-- Plans and realized intervals, for an optimizer that runs as a process of its own.

CREATE TABLE movc.plans (
    at_ms        bigint PRIMARY KEY,             -- interval that the plan commits, Unix ms UTC
    id           text             NOT NULL,
    status       text             NOT NULL,
    objective_kw double precision NOT NULL,
    bound_kw     double precision NOT NULL,
    hash         text             NOT NULL,      -- of everything but times
    document     bytea            NOT NULL       -- the whole plan: JSON, Brotli
);

CREATE TABLE movc.realized (
    at_ms          bigint PRIMARY KEY,           -- start of an interval that is over
    original_kw    double precision NOT NULL,
    charge_only_kw double precision NOT NULL,
    after_kw       double precision NOT NULL
);
