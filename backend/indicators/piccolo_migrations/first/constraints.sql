-- What no row of indicators may say, whoever writes it.

-- An order lies in a district, town or committee.
ALTER TABLE order_contribution ADD CONSTRAINT order_contribution_area_code
    CHECK (area_code ~ '^([0-9]{6}|[0-9]{9}|[0-9]{12})$');

-- So does what is summed of a month.
ALTER TABLE indicator_month ADD CONSTRAINT indicator_month_area_code
    CHECK (area_code ~ '^([0-9]{6}|[0-9]{9}|[0-9]{12})$');

-- A month is named by its first day.
ALTER TABLE indicator_month ADD CONSTRAINT indicator_month_first_day CHECK (extract(day FROM month) = 1);

-- One sum of a month. What is read together lies together.
ALTER TABLE indicator_month ADD CONSTRAINT indicator_month_once
    UNIQUE (area_code, month, item_code, source_kind, priority);

-- A difference is that of an order, or that of the months of an area.
ALTER TABLE indicator_difference ADD CONSTRAINT indicator_difference_of_something
    CHECK (kind = 'order' AND order_id IS NOT NULL OR kind = 'month' AND area_code <> '');

-- It is of some rows.
ALTER TABLE indicator_difference ADD CONSTRAINT indicator_difference_counted CHECK (rows > 0);

-- A recount ends after it began.
ALTER TABLE indicator_recount ADD CONSTRAINT indicator_recount_ends_later CHECK (ended_at >= started_at);

-- Each version of an indicator once.
ALTER TABLE town_indicator ADD CONSTRAINT town_indicator_once UNIQUE (code, version);

-- Versions are counted from one.
ALTER TABLE town_indicator ADD CONSTRAINT town_indicator_version_counted CHECK (version > 0);

-- A code is a word of small letters.
ALTER TABLE town_indicator ADD CONSTRAINT town_indicator_code_word CHECK (code ~ '^[a-z][a-z0-9_]{2,39}$');

-- It belongs to a district, town or committee.
ALTER TABLE town_indicator ADD CONSTRAINT town_indicator_area_code
    CHECK (area_code ~ '^([0-9]{6}|[0-9]{9}|[0-9]{12})$');

-- What a value is.
ALTER TABLE town_indicator ADD CONSTRAINT town_indicator_unit_known
    CHECK (unit IN ('share', 'minutes', 'mean', 'count'));

-- A count has no denominator, and nothing else is without one.
ALTER TABLE town_indicator ADD CONSTRAINT town_indicator_count_has_no_denominator
    CHECK ((unit = 'count') = (denominator = ''));

-- Which way is better, if one is.
ALTER TABLE town_indicator ADD CONSTRAINT town_indicator_direction_known
    CHECK (direction IN ('higher', 'lower', 'neutral'));

-- An expression is short enough to be read.
ALTER TABLE town_indicator ADD CONSTRAINT town_indicator_expressions_short
    CHECK (length(numerator) BETWEEN 1 AND 500 AND length(denominator) <= 500);

-- What was retired says by whom.
ALTER TABLE town_indicator ADD CONSTRAINT town_indicator_retired_by_somebody
    CHECK ((retired_at IS NULL) = (retired_by_id IS NULL));
