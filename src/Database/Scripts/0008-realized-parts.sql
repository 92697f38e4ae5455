-- What an interval came to of the vehicles that consent; null in rows of before.
ALTER TABLE movc.realized
    ADD COLUMN willing_charge_only_kw double precision,
    ADD COLUMN willing_charged_kw     double precision,
    ADD COLUMN willing_discharged_kw  double precision;

-- What plans expected of intervals before they came; null where no plan was made so long before.
CREATE TABLE movc.foreseen (
    at_ms      bigint PRIMARY KEY,               -- start of the interval
    hour_kw    double precision,                 -- the city without its private EVs, an hour before
    day_kw     double precision,                 -- the same a day before
    planned_kw double precision                  -- the city after dispatch, an hour before
);
