"""Who is to hear that something can be grabbed nearby: whoever is on call there and may take it now.

Asked when the news goes out, so that nobody is called for what is gone by then, however late that is.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

import asyncpg

from backend import db
from backend.duty import queries as duty
from backend.duty.structs import OnCallView
from backend.structs import Read
from grab_orders.offers import rules
from grab_orders.people import queries as volunteers
from grab_orders.people.structs import VolunteerProfile

_OPEN = """
    SELECT f.id, f.item_id AS item_code, i.name_zh, i.name_en, f.block_label AS block, f.area_code, f.priority, f.skill,
           f.is_adults_only, f.points, f.closes_at, f.respond_by,
           f.reporter_ids
               || array(SELECT t.account_id FROM take t WHERE t.offer_id = f.id AND t.state <> 'ended') AS not_for
    FROM offer f JOIN item i ON i.code = f.item_id
    WHERE f.id = ANY($1::bigint[]) AND f.state = 'open' AND f.closes_at > $2
"""
_BUSY = """
    SELECT account_id FROM take WHERE account_id = ANY($1::bigint[]) AND state IN ('held', 'arrived')
    GROUP BY account_id HAVING count(*) >= $3
    UNION
    SELECT account_id FROM grabber WHERE account_id = ANY($1::bigint[]) AND cools_until > $2
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
    busy = {row["account_id"] for row in await db.fetch(_BUSY, list(people), now, rules.OPEN_ORDERS_MAX)}
    profiles = await volunteers.list_profiles(list(people), now)
    return {row["id"]: _alert(row, on_call[row["area_code"]], busy, profiles) for row in rows}


def _alert(
    row: asyncpg.Record, there: Sequence[OnCallView], busy: Collection[int], profiles: Mapping[int, VolunteerProfile]
) -> OfferAlert:
    free = [each for each in there if each.account_id not in busy and each.account_id not in row["not_for"]]
    return OfferAlert(
        offer_id=row["id"],
        account_ids=sorted(each.account_id for each in free if _is_able(row, each, profiles.get(each.account_id))),
        **{name: row[name] for name in _FIELDS},
    )


def _is_able(row: asyncpg.Record, person: OnCallView, profile: VolunteerProfile | None) -> bool:
    """Whether the item may be theirs: of a volunteer those skills count that the committee has approved."""
    if row["is_adults_only"] and profile is not None and profile.is_minor:
        return False
    return not row["skill"] or row["skill"] in (profile.skills if profile is not None else person.skills)
