"""Who is to hear that something can be grabbed nearby: whoever is on call there and may take it now.

Asked when the news goes out, so that nobody is called for what is gone by then, however late that is.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import asyncpg

from backend import db
from backend.duty import queries as duty
from backend.duty.structs import OnCallView
from backend.structs import Read
from grab_orders.offers import reads, rules
from grab_orders.offers.rules import Taker
from grab_orders.people import queries as volunteers
from grab_orders.people.structs import VolunteerProfile

_OPEN = """
    SELECT f.id, f.item_id AS item_code, i.name_zh, i.name_en, f.block_label AS block, f.area_code, f.priority,
           f.points, f.closes_at, f.respond_by, f.state, f.needed, f.taken, f.skill, f.is_adults_only, f.reporter_ids,
           NULL::float8 AS distance_m, false AS was_given_back,
           array(SELECT t.account_id FROM take t WHERE t.offer_id = f.id AND t.state <> 'ended') AS taken_by
    FROM offer f JOIN item i ON i.code = f.item_id
    WHERE f.id = ANY($1::bigint[]) AND f.state = 'open' AND f.closes_at > $2
"""
_IN_HAND = """
    SELECT who.id AS account_id, g.cools_until,
           (SELECT count(*) FROM take t WHERE t.account_id = who.id AND t.state IN ('held', 'arrived')) AS open_orders
    FROM unnest($1::bigint[]) AS who (id) LEFT JOIN grabber g ON g.account_id = who.id
"""
_FIELDS = ("name_zh", "name_en", "block", "priority", "points", "closes_at", "respond_by")


class OfferAlert(Read, frozen=True, kw_only=True):
    """An open offer, as those may read it who can take it, and who they are."""

    offer_id: int
    account_ids: list[int]
    name_zh: str
    name_en: str
    block: str
    priority: str
    points: int
    closes_at: datetime
    respond_by: datetime


async def list_alerts(offer_ids: Iterable[int], now: datetime) -> dict[int, OfferAlert]:
    """By offer; without those that nobody may take any more."""
    rows = await db.fetch(_OPEN, list(offer_ids), now)
    on_call = await duty.list_on_call_in({row["area_code"] for row in rows}, now)
    people = {person.account_id for there in on_call.values() for person in there}
    in_hand = {row["account_id"]: row for row in await db.fetch(_IN_HAND, list(people))}
    profiles = await volunteers.list_profiles(list(people), now)
    takers = {
        code: [_taker(person, code, in_hand[person.account_id], profiles) for person in there]
        for code, there in on_call.items()
    }
    return {row["id"]: _alert(row, takers[row["area_code"]], now) for row in rows}


def _taker(
    person: OnCallView, area_code: str, in_hand: asyncpg.Record, profiles: Mapping[int, VolunteerProfile]
) -> Taker:
    """Somebody on call there. Of a volunteer those skills count that the committee has approved."""
    profile = profiles.get(person.account_id)
    return Taker(
        account_id=person.account_id,
        areas=(area_code,),
        is_volunteer=profile is not None,
        is_on_call=True,
        is_minor=profile is not None and profile.is_minor,
        skills=frozenset(profile.skills if profile is not None else person.skills),
        open_orders=in_hand["open_orders"],
        cools_until=in_hand["cools_until"],
    )


def _alert(row: asyncpg.Record, there: Sequence[Taker], now: datetime) -> OfferAlert:
    offered = reads.offered_of(row)
    able = (each.account_id for each in there if not rules.barriers(each, offered, now))
    return OfferAlert(
        offer_id=row["id"],
        account_ids=sorted(set(able) - set(row["taken_by"])),
        **{name: row[name] for name in _FIELDS},
    )
