-- An area is named by the first digits of its national code; none means everywhere.
ALTER TABLE offer_policy ADD CONSTRAINT offer_policy_area_prefix
    CHECK (area_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})?$');

-- What is danger to life waits for nobody.
ALTER TABLE offer_policy ADD CONSTRAINT offer_policy_priorities_known
    CHECK (priorities <@ ARRAY['P1', 'P2', 'P3', 'P4']::varchar[]);

-- A window leaves time to tap and ends within two hours.
ALTER TABLE offer_policy ADD CONSTRAINT offer_policy_window_bounded CHECK (window_min BETWEEN 1 AND 120);

-- One person at least, and no crowd.
ALTER TABLE offer_policy ADD CONSTRAINT offer_policy_people_bounded CHECK (people_needed BETWEEN 1 AND 20);

-- Nothing is said twice.
ALTER TABLE offer_policy ADD CONSTRAINT offer_policy_once UNIQUE (area_code, item_prefix, priorities);
