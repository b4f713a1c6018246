-- What no stretch of emergency may say, whoever writes it.

-- A district, a town or a committee.
ALTER TABLE emergency_stretch ADD CONSTRAINT emergency_stretch_area_known
    CHECK (area_code ~ '^([0-9]{6}|[0-9]{9}|[0-9]{12})$');

-- Ⅰ is the gravest, Ⅳ the least.
ALTER TABLE emergency_stretch ADD CONSTRAINT emergency_stretch_level_known CHECK (level BETWEEN 1 AND 4);

-- Time does not run backwards.
ALTER TABLE emergency_stretch ADD CONSTRAINT emergency_stretch_ends_later CHECK (ends_at >= starts_at);

-- A duty list is called by a short word.
ALTER TABLE emergency_stretch ADD CONSTRAINT emergency_stretch_roster_named CHECK (roster ~ '^[a-z0-9-]*$');

-- One at a time over an area. The range of one code stands for it: it needs no extension.
ALTER TABLE emergency_stretch ADD CONSTRAINT emergency_stretch_one_at_a_time EXCLUDE USING gist (
    int8range(area_code::bigint, area_code::bigint, '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&);
