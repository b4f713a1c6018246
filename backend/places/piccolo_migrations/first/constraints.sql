-- What no row of places may say, whoever writes it.

-- District 6, town 9, committee 12 digits.
ALTER TABLE area ADD CONSTRAINT area_code_is_national CHECK (code ~ '^[0-9]{6}([0-9]{3}){0,2}$');

-- The length of the code says the level.
ALTER TABLE area ADD CONSTRAINT area_level_follows_code
    CHECK (level = CASE length(code) WHEN 6 THEN 'district' WHEN 9 THEN 'town' ELSE 'committee' END);

-- People choose an area by its name.
ALTER TABLE area ADD CONSTRAINT area_is_named CHECK (btrim(name) <> '');

-- A cell's code continues the code of its committee.
ALTER TABLE grid_cell ADD CONSTRAINT grid_cell_code_in_area CHECK (code ~ '^[0-9]{15}$' AND left(code, 12) = area_id);

-- Addresses start with the name of the road.
ALTER TABLE road ADD CONSTRAINT road_is_named CHECK (btrim(name) <> '');

-- Rules and pages know these kinds.
ALTER TABLE place ADD CONSTRAINT place_kind_is_known CHECK (kind IN ('doorplate', 'storefront', 'point'));

-- A place without any words cannot be found again.
ALTER TABLE place ADD CONSTRAINT place_is_named CHECK (btrim(name || address || road_name) <> '');

-- A grid cell lies in the area of the place.
ALTER TABLE place ADD CONSTRAINT place_grid_in_area
    CHECK (grid_cell_id IS NULL OR left(grid_cell_id, length(area_id)) = area_id);

-- The position as it was given is degrees.
ALTER TABLE place ADD CONSTRAINT place_raw_on_globe CHECK (raw_lng BETWEEN -180 AND 180 AND raw_lat BETWEEN -90 AND 90);

-- The datums that can be converted to WGS84.
ALTER TABLE place ADD CONSTRAINT place_raw_datum_is_known CHECK (raw_datum IN ('wgs84', 'gcj02', 'bd09'));

-- An empty point is no position.
ALTER TABLE place ADD CONSTRAINT place_loc_is_a_position CHECK (NOT ST_IsEmpty(loc::geometry));

-- The next import finds the place by data set and key.
ALTER TABLE place ADD CONSTRAINT place_source_is_named CHECK (btrim(dataset) <> '' AND btrim(source_key) <> '');

-- Distances and drawings need valid outlines of a bearable size.
ALTER TABLE place ADD CONSTRAINT place_outline_is_sound
    CHECK (NOT ST_IsEmpty(outline) AND ST_NPoints(outline) <= 10000 AND ST_IsValid(outline));
