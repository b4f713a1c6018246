"""Reads of receipts for whoever directs: the broadcasts of an emergency with their counts, and who stays silent."""

import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.emergencies import groups, queries, rights
from backend.emergencies.errors import BroadcastUnknown, EmergencyUnknown
from backend.emergencies.receipt_structs import BroadcastView, ReceiptView
from backend.emergencies.structs import EmergencyView

_TOOK_MIN = "extract(epoch FROM r.answered_at - b.sent_at) / 60"
_SELECT = f"""
    SELECT b.id, b.emergency_id, b.entry_id, b.text, b.answer_kind, b.choices, b.answer_by, b.sent_at, b.event_id,
           sender.display_name AS sent_by, b.sent_by_id, coalesce(g.area_code, '') AS group_area,
           coalesce(g.name_zh, '') AS group_zh, coalesce(g.name_en, '') AS group_en,
           n.people, n.seen, n.answered, n.median_min, n.p90_min,
           array(SELECT count(r.id)::int FROM generate_subscripts(b.choices, 1) AS nr
                 LEFT JOIN broadcast_receipt r ON r.broadcast_id = b.id AND r.choice = nr - 1
                 GROUP BY nr ORDER BY nr) AS by_choice
    FROM broadcast b JOIN account sender ON sender.id = b.sent_by_id LEFT JOIN command_group g ON g.id = b.group_id
    CROSS JOIN LATERAL (
        SELECT count(*) AS people, count(r.seen_at) AS seen, count(r.answered_at) AS answered,
               percentile_cont(0.5) WITHIN GROUP (ORDER BY {_TOOK_MIN}) AS median_min,
               percentile_cont(0.9) WITHIN GROUP (ORDER BY {_TOOK_MIN}) AS p90_min
        FROM broadcast_receipt r WHERE r.broadcast_id = b.id) n
"""
_OF_EMERGENCY = f"{_SELECT} WHERE b.emergency_id = $1 ORDER BY b.sent_at DESC, b.id DESC LIMIT 200"
_ONE = f"{_SELECT} WHERE b.id = $1"
# Whoever is silent stands first, the furthest up the ladder before the others; then those who answered last.
_RECEIPTS = """
    SELECT r.id, r.account_id, a.display_name AS person, coalesce(u.name_zh, '') AS unit_zh,
           coalesce(u.name_en, u.name_zh, '') AS unit_en, r.seen_at, r.answered_at, r.choice, r.answer,
           coalesce(s.step, '') AS step,
           coalesce(s.step = 'call', false) AND r.answered_at IS NULL AND coalesce(a.phone, '') <> '' AS may_call,
           coalesce((SELECT o.display_name FROM silent_number_opening n JOIN account o ON o.id = n.opened_by_id
                     WHERE n.receipt_id = r.id ORDER BY n.id DESC LIMIT 1), '') AS opened_by
    FROM broadcast_receipt r JOIN account a ON a.id = r.account_id LEFT JOIN org_unit u ON u.id = a.unit_id
    LEFT JOIN LATERAL (SELECT t.step, t.rank FROM (
        SELECT step, array_position(ARRAY['remind', 'deputy', 'head', 'call']::varchar[], step) AS rank
        FROM receipt_step WHERE receipt_id = r.id) t ORDER BY t.rank DESC LIMIT 1) s ON true
    WHERE r.broadcast_id = $1
    ORDER BY r.answered_at IS NOT NULL, coalesce(s.rank, 0) DESC, r.seen_at IS NOT NULL, r.answered_at DESC,
             a.display_name, r.id
"""
_ADDRESSED = """
    SELECT b.event_id, r.account_id FROM broadcast b JOIN broadcast_receipt r ON r.broadcast_id = b.id
    WHERE b.emergency_id = $1 AND b.event_id IS NOT NULL
"""


async def list_broadcasts(emergency_id: int) -> list[BroadcastView]:
    """Of an emergency, the latest first; their photos are those of their lines in the log. It asks nobody."""
    return [msgspec.convert(dict(row), BroadcastView) for row in await db.fetch(_OF_EMERGENCY, emergency_id)]


async def see_broadcast(broadcast_id: int, actor: Actor) -> tuple[EmergencyView, BroadcastView]:
    """One with its emergency, for the desks of the area and whoever leads a group. Raises BroadcastUnknown."""
    row = await db.fetchrow(_ONE, broadcast_id)
    if row is None:
        raise BroadcastUnknown
    try:
        emergency = await see_command(row["emergency_id"], actor)
    except EmergencyUnknown as error:
        raise BroadcastUnknown from error
    return emergency, msgspec.convert(dict(row), BroadcastView)


async def see_command(emergency_id: int, actor: Actor) -> EmergencyView:
    """An emergency as its command page shows it: to the desks of the area and to leaders of groups.

    Raises EmergencyUnknown.
    """
    found = await queries.get_emergency(emergency_id)
    if rights.may_read(actor, found.area_code) or await groups.leads(actor.account_id, found.area_code):
        return found
    raise EmergencyUnknown


async def list_receipts(broadcast_id: int) -> list[ReceiptView]:
    """Everybody's, the silent ones first. It asks nobody who may read it."""
    return [msgspec.convert(dict(row), ReceiptView) for row in await db.fetch(_RECEIPTS, broadcast_id)]


async def list_addressed(emergency_id: int) -> list[tuple[int, int]]:
    """The fact of each broadcast of an emergency with each person to whom it was sent."""
    return [(row["event_id"], row["account_id"]) for row in await db.fetch(_ADDRESSED, emergency_id)]
