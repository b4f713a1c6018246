"""Pieces of SQL about places that larger statements are made of. Each takes expressions, not values."""

# The columns of PlaceRead; needs `place` and `area` in FROM.
PLACE_COLUMNS = """place.id, place.kind, place.name, place.address, place.road_name, place.house_number,
    place.area_id AS area_code, area.name AS area_name, place.grid_cell_id AS grid_code, place.is_demo,
    ST_X(place.loc::geometry) AS lng, ST_Y(place.loc::geometry) AS lat"""

FROM_PLACE = "FROM place JOIN area ON area.code = place.area_id"

# After a load the planner would otherwise work blind until the next autovacuum.
REFRESH_STATISTICS = "ANALYZE area, grid_cell, road, place"


def point(lng: str, lat: str) -> str:
    """A WGS-84 geometry from two expressions."""
    return f"ST_SetSRID(ST_MakePoint({lng}, {lat}), 4326)"


def called(words: str, place: str = "place") -> str:
    """Whether a place's name or address has these words in it, an expression of text. Width, case and blanks do not
    matter, nor whether numbers of doors are written in Chinese: `place_fold` in the database says what is the same.

    An index leads to the few that may have them, by every two characters, or by the only one.
    """
    grams = f"(SELECT place_query_grams(place_fold({words}::text)))"
    return f"(place_grams({place}.words) @> {grams} AND {says(words, place)})"


def says(words: str, place: str) -> str:
    """The same of a place at hand, without an index. The words are folded once, not for each row."""
    folded = f"(SELECT place_fold({words}::text))"
    return f"({folded} <> '' AND strpos({place}.words, {folded}) > 0)"


def key_by_words(kind: str, name: str, address: str) -> str:
    """The key of a place whose source gives none: what it is called, so that a corrected position is a change."""
    said = f"{kind}::text || E'\\x1f' || place_fold({name}) || E'\\x1f' || place_fold({address})"
    return f"'called:' || left(encode(sha256(convert_to({said}, 'UTF8')), 'hex'), 32)"


def around(geometry: str) -> str:
    """Joins `cell` and `around` to each row: the grid cell that covers the geometry and, only where none does, the
    deepest and smallest area. On a shared border the lower code wins, so the answer is always one.
    """
    return f"""
    LEFT JOIN LATERAL (
        SELECT code, area_id FROM grid_cell WHERE ST_Covers(polygon, {geometry}) ORDER BY code LIMIT 1
    ) cell ON true
    LEFT JOIN LATERAL (
        SELECT code FROM area WHERE cell.code IS NULL AND ST_Covers(polygon, {geometry})
        ORDER BY length(code) DESC, ST_Area(polygon), code LIMIT 1
    ) around ON true"""


AREA_AROUND = "COALESCE(cell.area_id, around.code)"


def middles(codes: str) -> str:
    """The middle of each of these areas and grid cells, as JSON: code, middle. Those without an outline are left out.

    Takes a subselect of codes.
    """
    return f"""
        SELECT s_.code, jsonb_build_object('lng', ST_X(s_.at), 'lat', ST_Y(s_.at)) AS middle FROM (
            SELECT code, ST_Centroid(polygon) AS at FROM area WHERE code IN ({codes}) AND polygon IS NOT NULL
            UNION ALL SELECT code, ST_Centroid(polygon) FROM grid_cell WHERE code IN ({codes})
        ) s_"""
