"""Pieces of SQL about places that larger statements are made of. Each takes expressions, not values."""

# The columns of PlaceRead; needs `place` and `area` in FROM.
PLACE_COLUMNS = """place.id, place.kind, place.name, place.address, place.road_name, place.house_number,
    place.area_code, area.name AS area_name, place.grid_code, place.is_demo,
    ST_X(place.loc::geometry) AS lng, ST_Y(place.loc::geometry) AS lat"""

FROM_PLACE = "FROM place JOIN area ON area.code = place.area_code"

# After a load the planner would otherwise work blind until the next autovacuum.
REFRESH_STATISTICS = "ANALYZE area, grid_cell, road, place"


def point(lng: str, lat: str) -> str:
    """A WGS-84 geometry from two expressions."""
    return f"ST_SetSRID(ST_MakePoint({lng}, {lat}), 4326)"


def within(code: str, prefix: str) -> str:
    """Whether an area or grid code lies in the area `prefix`. The pattern operators use the prefix indexes whatever the
    database's collation, also with a bound value; ':' is the character after '9'."""
    return f"({code} ~>=~ {prefix} AND {code} ~<~ ({prefix} || ':'))"


def called(words: str, parameter: str, place: str = "place") -> str:
    """Whether a place's name or address has these words in it, upper and lower case alike. Words without case, as
    Chinese and numbers are, are compared as they stand: folding millions of letters costs more than comparing them.
    """
    if words.lower() == words.upper():
        return f"(strpos({place}.name, {parameter}) > 0 OR strpos({place}.address, {parameter}) > 0)"
    return f"strpos(lower({place}.name || ' ' || {place}.address), lower({parameter})) > 0"


def around(geometry: str) -> str:
    """Joins `cell` and `around` to each row: the grid cell that covers the geometry and, only where none does, the
    deepest and smallest area. On a shared border the lower code wins, so the answer is always one.
    """
    return f"""
    LEFT JOIN LATERAL (
        SELECT code, area_code FROM grid_cell WHERE ST_Covers(polygon, {geometry}) ORDER BY code LIMIT 1
    ) cell ON true
    LEFT JOIN LATERAL (
        SELECT code FROM area WHERE cell.code IS NULL AND ST_Covers(polygon, {geometry})
        ORDER BY length(code) DESC, ST_Area(polygon), code LIMIT 1
    ) around ON true"""


AREA_AROUND = "COALESCE(cell.area_code, around.code)"
