"""How much of what was to be walked was walked: figures for the overviews, and place by place for the map.

A stop counts once its day is over or it was visited: of a day that still runs, what is ahead was not missed.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from backend import db
from backend.geo import area_sql
from backend.geo.lonlat import LonLat
from backend.sql import sql
from backend.structs import Read

_FIGURES = """
    SELECT t.committee_code, count(DISTINCT t.id) AS tasks, count(*) AS stops, count(s.proved_at) AS proved,
           count(*) FILTER (WHERE s.is_missed) AS missed,
           count(DISTINCT s.place_id) AS places, count(DISTINCT s.place_id) FILTER (WHERE s.proved_at IS NOT NULL)
               AS places_proved
    FROM patrol_task t JOIN patrol_stop s ON s.task_id = t.id
    WHERE {within} AND t.due_on BETWEEN :first AND :last GROUP BY t.committee_code ORDER BY t.committee_code
"""
_PLACES = """
    SELECT p.id AS place_id,
           coalesce(nullif(p.name, ''), nullif(p.address, ''), p.road_name || p.house_number) AS label,
           ST_X(p.loc::geometry) AS lng, ST_Y(p.loc::geometry) AS lat, max(s.proved_at) AS proved_at,
           count(s.proved_at) AS proved, count(*) FILTER (WHERE s.is_missed) AS missed
    FROM patrol_task t JOIN patrol_stop s ON s.task_id = t.id JOIN place p ON p.id = s.place_id
    WHERE t.committee_code = $1 AND t.due_on BETWEEN $2 AND $3 GROUP BY p.id ORDER BY proved_at NULLS FIRST, p.id
"""


class PatrolCoverage(Read, frozen=True, kw_only=True):
    """Stops of one committee's patrols within a span of days; what is proved of those that were due."""

    committee_code: str
    tasks: int
    stops: int
    proved: int
    missed: int
    places: int
    """Different places among the stops."""
    places_proved: int

    @property
    def over(self) -> int:
        """The stops that count: visited, or missed."""
        return self.proved + self.missed


class PlaceCoverage(Read, frozen=True, kw_only=True):
    """A place on the routes of a span: when it was visited last, how often, and how often it was missed."""

    place_id: int
    label: str
    point: LonLat
    proved_at: datetime | None
    proved: int
    missed: int


def share_proved(walked: Iterable[PatrolCoverage]) -> float | None:
    """Of the stops that count, the share that was visited, from 0 to 1. None while there are none."""
    found = list(walked)
    over = sum(each.over for each in found)
    return sum(each.proved for each in found) / over if over else None


async def list_coverage(areas: Sequence[str], first: date, last: date) -> list[PatrolCoverage]:
    """Of each committee within these areas (prefixes) that had a patrol due within the span of Shanghai's days."""
    within = area_sql.within_any("t.committee_code", areas, "area")
    rows = await db.fetch(sql(_FIGURES, within=within, first=first, last=last))
    return [PatrolCoverage(**row) for row in rows]


async def list_places(committee_code: str, first: date, last: date) -> list[PlaceCoverage]:
    """Every place that a committee's patrols were to visit within a span, the longest unvisited first."""
    found = []
    for row in await db.fetch(_PLACES, committee_code, first, last):
        fields = dict(row)
        found.append(PlaceCoverage(point=LonLat(fields.pop("lng"), fields.pop("lat")), **fields))
    return found
