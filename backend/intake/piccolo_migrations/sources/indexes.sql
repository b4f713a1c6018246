-- The sources of an area, by the beginning of its code.
CREATE INDEX intake_source_by_area ON intake_source (area_code varchar_pattern_ops);
