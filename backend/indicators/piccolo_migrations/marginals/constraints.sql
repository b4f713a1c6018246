-- What no row of sums may say, whoever writes it.

-- A patrol lies in a committee, a shop in whatever area its place has.
ALTER TABLE activity_contribution ADD CONSTRAINT activity_contribution_area_code
    CHECK (area_code ~ '^([0-9]{6}|[0-9]{9}|[0-9]{12})$');

-- What is counted besides orders.
ALTER TABLE activity_contribution ADD CONSTRAINT activity_contribution_kind_known
    CHECK (kind IN ('patrol', 'inspection', 'finding'));

-- The same of what is noted.
ALTER TABLE activity_touched ADD CONSTRAINT activity_touched_kind_known
    CHECK (kind IN ('patrol', 'inspection', 'finding'));

-- One sum of a span along a dimension. What is read together lies together.
ALTER TABLE indicator_marginal ADD CONSTRAINT indicator_marginal_once
    UNIQUE (area_code, span, dimension, first_day, value);

-- A span begins where the calendar says.
ALTER TABLE indicator_marginal ADD CONSTRAINT indicator_marginal_span_begins CHECK (
    span = 'day' OR span = 'month' AND extract(day FROM first_day) = 1
    OR span = 'pentad' AND extract(day FROM first_day) IN (1, 6, 11, 16, 21, 26)
);

-- All together, or along one dimension and then with a value.
ALTER TABLE indicator_marginal ADD CONSTRAINT indicator_marginal_dimension_known
    CHECK (dimension IN ('', 'item1', 'item2', 'priority', 'source') AND (dimension = '') = (value = ''));

-- A day is summed all together alone.
ALTER TABLE indicator_marginal ADD CONSTRAINT indicator_marginal_day_is_whole CHECK (span <> 'day' OR dimension = '');

-- One count of a bucket.
ALTER TABLE indicator_spread ADD CONSTRAINT indicator_spread_once
    UNIQUE (area_code, dimension, month, value, duration, bucket);

-- A month is named by its first day.
ALTER TABLE indicator_spread ADD CONSTRAINT indicator_spread_first_day CHECK (extract(day FROM month) = 1);

-- The times that have percentiles, in buckets from nought on.
ALTER TABLE indicator_spread ADD CONSTRAINT indicator_spread_duration_known
    CHECK (duration IN ('accept', 'handling') AND bucket >= 0);

-- The dimensions are the same.
ALTER TABLE indicator_spread ADD CONSTRAINT indicator_spread_dimension_known
    CHECK (dimension IN ('', 'item1', 'item2', 'priority', 'source') AND (dimension = '') = (value = ''));

-- A difference is that of an order, of the sums of an area, or of an activity.
ALTER TABLE indicator_difference DROP CONSTRAINT indicator_difference_of_something;
ALTER TABLE indicator_difference ADD CONSTRAINT indicator_difference_of_something CHECK (
    kind = 'order' AND order_id IS NOT NULL OR kind = 'month' AND area_code <> ''
    OR kind IN ('patrol', 'inspection', 'finding') AND subject_id IS NOT NULL
);

-- A count has no denominator; nothing else is without one, but a time that is a percentile.
ALTER TABLE town_indicator DROP CONSTRAINT town_indicator_count_has_no_denominator;
ALTER TABLE town_indicator ADD CONSTRAINT town_indicator_count_has_no_denominator
    CHECK (denominator = '' AND unit IN ('count', 'minutes') OR denominator <> '' AND unit <> 'count');
