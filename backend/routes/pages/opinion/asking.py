"""What an address of public opinion asks for: an area of the reader's, and a week."""

from contextlib import suppress
from datetime import date
from urllib.parse import urlencode

from backend.geo.area_codes import DISTRICT_CHARS, is_area
from backend.places import queries as places
from backend.public_opinion import queries
from backend.public_opinion.weeks import monday_of, week_at
from backend.routes.http.request_context import RequestContext

_AREAS_MOST = 400
_DAY_CHARS = 10
_FIRST_YEAR = 2000


async def area_of(ctx: RequestContext, said: str | None) -> str:
    """The district, town or committee that is asked for, else the reader's first one. Raises OpinionAreaMissing."""
    if said:
        return queries.require_area(ctx.actor, said if is_area(said) else None)
    own = queries.areas_of(ctx.actor)
    named = [each for each in own if len(each) >= DISTRICT_CHARS]
    if not named:  # whoever reads a city begins with its first district
        found = await places.list_names(own, [], _AREAS_MOST)
        named = [each.code for each in found if len(each.code) >= DISTRICT_CHARS]
    return queries.require_area(ctx.actor, next(iter(named), None))


def week_of(ctx: RequestContext, said: str | None) -> date:
    """The Monday of the week that is asked for; of none that can be, and of the future, this week's."""
    current = week_at(ctx.now)
    with suppress(ValueError):
        day = date.fromisoformat(said) if said and len(said) == _DAY_CHARS else current
        if day.year >= _FIRST_YEAR:
            return min(monday_of(day), current)
    return current


def address(area: str, week: date, anchor: str = "") -> str:
    """The page of an area and week."""
    return f"/opinion?{urlencode({'area': area, 'week': week.isoformat()})}{f'#{anchor}' if anchor else ''}"


def matter_address(matter_id: int) -> str:
    """The page of a matter."""
    return f"/opinion/matters/{matter_id}"
