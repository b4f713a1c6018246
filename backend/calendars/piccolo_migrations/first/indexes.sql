-- Indexes of calendars beside those of keys and plain columns, which Piccolo makes.

-- The modes of an area in a span of time.
CREATE INDEX weather_mode_by_area ON weather_mode (area_code, starts_at);
