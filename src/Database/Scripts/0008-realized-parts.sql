-- What an interval came to of the vehicles that consent, and what was expected of it beforehand. Null in rows of before.
ALTER TABLE movc.realized
    ADD COLUMN willing_charge_only_kw double precision,
    ADD COLUMN willing_charged_kw     double precision,
    ADD COLUMN willing_discharged_kw  double precision,
    ADD COLUMN foreseen_hour_kw       double precision,   -- the city without its private EVs, as foreseen an hour before
    ADD COLUMN foreseen_day_kw        double precision,   -- the same a day before
    ADD COLUMN planned_hour_kw        double precision;   -- the city after dispatch, as planned an hour before
