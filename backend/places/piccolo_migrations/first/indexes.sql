-- Indexes of places beside those of keys and plain columns, which Piccolo makes.

-- Equality and prefix alike, whatever the database's collation (see scope.py).
CREATE INDEX area_code_prefix ON area (code varchar_pattern_ops);

-- Equality and prefix alike, whatever the database's collation (see scope.py).
CREATE INDEX grid_cell_code_prefix ON grid_cell (code varchar_pattern_ops);

-- The roads of an area, by prefix.
CREATE INDEX road_area_prefix ON road (area_id varchar_pattern_ops);

-- The places of an area, by prefix and in order.
CREATE INDEX place_area_prefix ON place (area_id varchar_pattern_ops, id);

-- Which outline a point lies in; few places have one.
CREATE INDEX place_outline ON place USING gist (outline) WHERE outline IS NOT NULL;

-- Trigrams see nothing of two Chinese characters; pairs do.
CREATE INDEX place_words_pairs ON place USING gin (place_pairs(words));
