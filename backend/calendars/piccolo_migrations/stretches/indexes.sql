-- Indexes of stretches beside those of keys.

-- What is on, or was, over an area; on the path of every report.
CREATE INDEX emergency_stretch_by_area ON emergency_stretch (area_code, starts_at);
