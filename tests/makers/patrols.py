"""A committee with tasks in its list, routes over places along a street, and people who walk them."""

from datetime import date, datetime, timedelta

import msgspec

from backend import db
from backend.accounts.structs import Actor, Role
from backend.calendars.rules import shanghai_date
from backend.committees.patrols import generating, walking
from backend.committees.patrols.structs import StopProof
from backend.geo.lonlat import LonLat
from backend.geo.points import Fix
from tests.makers.town import COMMITTEE, DOOR, TOWN, make_actor

STEP = 0.0009
"""Degrees east from one stop to the next: about 86 m, beyond what one position proves of two."""
EVERY_DAY = "FREQ=DAILY"


class Beat(msgspec.Struct, frozen=True, kw_only=True):
    """One route of one committee, today's task along it, and who may walk it."""

    route_id: int
    task_id: int
    places: list[int]
    due_on: date
    committee: Actor
    volunteer: Actor
    other: Actor


def at(number: int) -> LonLat:
    """Where the stop of this number lies, counted from 1."""
    return LonLat(DOOR.lng + (number - 1) * STEP, DOOR.lat)


def proof_at(number: int, **more: object) -> StopProof:
    """The walker's position at this stop."""
    spot = at(number)
    return StopProof(point=Fix(lng=spot.lng, lat=spot.lat, accuracy_m=8), **more)


async def make_template(code: str = "fire_lane", *, town: str = TOWN, item: str | None = "B101") -> int:
    return await db.fetchval(
        "INSERT INTO task_template (area_code, code, kind, name_zh, name_en, item_id, default_rrule, set_at)"
        " VALUES ($1, $2, 'fire_lane', '消防通道巡查', 'Fire lanes', $3, 'FREQ=DAILY', now()) RETURNING id",
        *(town, code, item),
    )


async def make_entry(
    template_id: int, by: Actor, first: date, *, committee: str = COMMITTEE, version: int = 1, rrule: str = EVERY_DAY
) -> int:
    return await db.fetchval(
        "INSERT INTO duty_entry (committee_code, template_id, version, rrule, starts_on, valid_from, decided_by_id,"
        " decided_at) VALUES ($1, $2, $3, $4, $5, $5, $6, now()) RETURNING id",
        *(committee, template_id, version, rrule, first, by.account_id),
    )


async def make_places(count: int, *, committee: str = COMMITTEE, first: int = 1) -> list[int]:
    """Doors in a row; number 1 stands where the door of the small town does."""
    spots = [at(number) for number in range(first, first + count)]
    rows = await db.fetch(
        "INSERT INTO place (kind, address, area_id, loc, raw_lng, raw_lat, dataset, source_key)"
        " SELECT 'doorplate', '巡查路' || n || '号', $1::text, ST_MakePoint(lng, lat)::geography, lng, lat, 'patrols',"
        " $1::text || ':' || n FROM unnest($2::int[], $3::float8[], $4::float8[]) AS spot(n, lng, lat) RETURNING id",
        *(committee, list(range(first, first + count)), [spot.lng for spot in spots], [spot.lat for spot in spots]),
    )
    return [row["id"] for row in rows]


async def make_route(
    template_id: int, places: list[int], *, name: str = "消防通道一线", committee: str = COMMITTEE
) -> int:
    route_id = await db.fetchval(
        "INSERT INTO patrol_route (committee_code, template_id, name, set_at) VALUES ($1, $2, $3, now()) RETURNING id",
        *(committee, template_id, name),
    )
    await db.execute(
        "INSERT INTO patrol_route_stop (route_id, seq, place_id)"
        " SELECT $1, stop.seq, stop.place FROM unnest($2::bigint[]) WITH ORDINALITY AS stop(place, seq)",
        *(route_id, places),
    )
    return route_id


async def make_beat(now: datetime, *, stops: int = 3) -> Beat:
    """A route of today, generated but walked by nobody; the small town is there already."""
    committee = await make_actor("居委干部", Role.COMMITTEE, COMMITTEE)
    today = shanghai_date(now)
    template_id = await make_template()
    await make_entry(template_id, committee, today - timedelta(days=3))
    places = await make_places(stops)
    route_id = await make_route(template_id, places)
    await generating.generate(today)
    return Beat(
        route_id=route_id,
        task_id=await db.fetchval("SELECT id FROM patrol_task WHERE route_id = $1 AND due_on = $2", route_id, today),
        places=places,
        due_on=today,
        committee=committee,
        volunteer=await make_actor("王小明", Role.VOLUNTEER, COMMITTEE),
        other=await make_actor("李大力", Role.VOLUNTEER, COMMITTEE),
    )


async def make_claimed(now: datetime, *, stops: int = 3) -> Beat:
    """The same, claimed by the volunteer."""
    beat = await make_beat(now, stops=stops)
    await walking.claim(beat.task_id, beat.volunteer, now)
    return beat
