-- What no row of calendars may say, whoever writes it.

-- An area is named by the first digits of its national code; none means everywhere.
ALTER TABLE calendar_day ADD CONSTRAINT calendar_day_area_prefix
    CHECK (area_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15})?$');

-- One word about a day in an area.
ALTER TABLE calendar_day ADD CONSTRAINT calendar_day_once UNIQUE (area_code, on_date);

-- What a person entered is not overwritten by the package.
ALTER TABLE calendar_day ADD CONSTRAINT calendar_day_origin_known CHECK (origin IN ('package', 'person'));

-- An area is named by the first digits of its national code; none means everywhere.
ALTER TABLE clock_window ADD CONSTRAINT clock_window_area_prefix
    CHECK (area_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15})?$');

-- The clocks that have windows.
ALTER TABLE clock_window ADD CONSTRAINT clock_window_clock_known CHECK (clock IN ('service', 'work'));

-- Minutes of one day.
ALTER TABLE clock_window ADD CONSTRAINT clock_window_within_day
    CHECK (0 <= opens_min AND opens_min < closes_min AND closes_min <= 1440);

-- Two windows that open together would count twice.
ALTER TABLE clock_window ADD CONSTRAINT clock_window_opens_once UNIQUE (area_code, clock, opens_min);

-- An area is named by the first digits of its national code; none means everywhere.
ALTER TABLE weather_mode ADD CONSTRAINT weather_mode_area_prefix
    CHECK (area_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15})?$');

-- The levels of warning that there are modes for.
ALTER TABLE weather_mode ADD CONSTRAINT weather_mode_level_known CHECK (level IN ('red', 'orange'));

-- A mode lasts.
ALTER TABLE weather_mode ADD CONSTRAINT weather_mode_ends_later CHECK (ends_at > starts_at);
