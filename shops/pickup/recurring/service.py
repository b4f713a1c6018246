"""Begin and end a recurring pickup, and book its days ahead: each day once, whether a slot was found or not."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import asyncpg
import msgspec

from backend import db, logs
from backend.accounts.structs import Actor
from backend.calendars import schedules
from backend.calendars.rrules import canonical
from backend.calendars.rules import midnight, shanghai_date
from backend.errors import AppError
from backend.events import service as events
from backend.orders.verifying.closing import as_reporter
from backend.sql import sql
from shops.pickup.bookings import asking, booking, placing
from shops.pickup.bookings.asking import PickupRequest
from shops.pickup.bookings.placing import BookedMeanwhile, Circumstances, NoPlaceLeft
from shops.pickup.errors import KindWrong, NotOfShop, RecurrenceNotFound, RecurrencesTooMany, UnitWrong
from shops.pickup.events import PickupNotBooked
from shops.pickup.kinds import AmountUnit, WasteKind, is_counted_in
from shops.pickup.locking import lock_shop
from shops.pickup.recurring.structs import RecurrenceInput, RecurrenceView
from shops.pickup.slots import reading as slots
from shops.pickup.slots.reading import AHEAD
from shops.register import queries as register
from shops.register.errors import ShopNotFound

log = logs.get_logger()
ZONE = "Asia/Shanghai"
_MOST = 20
"""Recurrences of a shop that go on at the same time."""
_COLUMNS = "id, shop_id, account_id, kind, amount, unit, rule, zone, starts_local, ended_at"
_ADD = f"""
    INSERT INTO pickup_recurrence (shop_id, account_id, kind, amount, unit, rule, zone, starts_local, created_at)
    SELECT :shop_id, :account_id, :kind, :amount, :unit, :rule, '{ZONE}', :starts_local, :now
    WHERE (SELECT count(*) FROM pickup_recurrence WHERE shop_id = :shop_id AND ended_at IS NULL) < {_MOST}
    RETURNING id
"""
_GET = f"SELECT {_COLUMNS} FROM pickup_recurrence WHERE id = $1"
_OF_SHOP = f"SELECT {_COLUMNS} FROM pickup_recurrence WHERE shop_id = $1 AND ended_at IS NULL ORDER BY id"
_GOING_ON = f"""
    SELECT {_COLUMNS}, ARRAY(SELECT on_date FROM pickup_occurrence o WHERE o.recurrence_id = r.id AND o.on_date >= $1)
        AS dealt
    FROM pickup_recurrence r WHERE ended_at IS NULL AND ($2::bigint IS NULL OR id = $2) ORDER BY id
"""
_END = "UPDATE pickup_recurrence SET ended_at = coalesce(ended_at, $2) WHERE id = $1"
_DEAL = """
    INSERT INTO pickup_occurrence (recurrence_id, on_date, outcome, dealt_at) VALUES ($1, $2, 'refused', $3)
    ON CONFLICT DO NOTHING RETURNING id
"""
_OUTCOME = "UPDATE pickup_occurrence SET outcome = $2 WHERE id = $1"


async def begin(shop_id: int, said: RecurrenceInput, actor: Actor, now: datetime) -> RecurrenceView:
    """Book these days from now on; the job, or `book_ahead` of it alone, books them.

    Raises NotOfShop, UnitWrong, KindWrong for renovation, ScheduleInvalid, ScheduleTooFrequent, DayTooFar,
    RecurrencesTooMany.
    """
    if not await register.is_person_of(shop_id, actor.account_id):
        raise NotOfShop
    if said.kind is WasteKind.RENOVATION:
        raise KindWrong(said.kind)
    if not is_counted_in(said.kind, said.unit):
        raise UnitWrong(said.kind, said.unit)
    today = shanghai_date(now)
    schedules.require_within("starts_on", said.starts_on, today - schedules.AHEAD, today + schedules.AHEAD)
    starts_local = datetime.combine(said.starts_on, said.at.replace(microsecond=0))
    rule = canonical(said.rule, said.starts_on)
    fields = {"kind": said.kind, "amount": said.amount, "unit": said.unit, "rule": rule}
    row = sql(_ADD, shop_id=shop_id, account_id=actor.account_id, **fields, starts_local=starts_local, now=now)
    async with db.transaction():
        await lock_shop(shop_id)
        recurrence_id = await db.fetchval(row)
        if recurrence_id is None:
            raise RecurrencesTooMany(_MOST)
    return await get(recurrence_id, now)


async def end(recurrence_id: int, actor: Actor, now: datetime) -> RecurrenceView:
    """Book no more days; what is booked stays. Raises RecurrenceNotFound, NotOfShop."""
    found = await get(recurrence_id, now)
    if not await register.is_person_of(found.shop_id, actor.account_id):
        raise NotOfShop
    async with db.transaction():
        await db.execute(_END, recurrence_id, now)
    return await get(recurrence_id, now)


async def get(recurrence_id: int, now: datetime) -> RecurrenceView:
    """Raises RecurrenceNotFound."""
    row = await db.fetchrow(_GET, recurrence_id)
    if row is None:
        raise RecurrenceNotFound
    return _view(row, now)


async def list_of_shop(shop_id: int, now: datetime) -> list[RecurrenceView]:
    """Those that go on."""
    return [_view(row, now) for row in await db.fetch(_OF_SHOP, shop_id)]


async def book_ahead(now: datetime, recurrence_id: int | None = None) -> int:
    """Book the days of the week ahead that were not dealt with, of one recurrence or of all. Says how many were booked.

    Safe to repeat. One that cannot be dealt with is logged and holds up no other.
    """
    booked = 0
    for row in await db.fetch(_GOING_ON, shanghai_date(now), recurrence_id):
        for day in _days_ahead(row, now):
            if day not in row["dealt"]:
                booked += await _try(row, day, now)
    return booked


async def _try(row: asyncpg.Record, day: date, now: datetime) -> bool:
    try:
        return await book_day(row, day, now)
    except Exception:
        log.exception("pickup_not_booked_ahead", recurrence_id=row["id"], on_date=day.isoformat())
        return False


async def book_day(row: asyncpg.Record, day: date, now: datetime) -> bool:
    """Book the free slot of a day that begins nearest to the hour of the recurrence. False where there is none.

    A day for which no slot has been made yet is left for later.
    """
    at = datetime.combine(day, row["starts_local"].time(), ZoneInfo(row["zone"]))
    async with db.transaction():
        request = _request(row, 0)
        try:
            site = await asking.ask(request, now)
        except ShopNotFound:
            return False
        offered = await slots.list_slots(site.asker(0), request.kind, midnight(day), now)
        of_day = [slot for slot in offered if shanghai_date(slot.starts_at) == day]
        if not of_day or not site.is_person:
            return False
        dealt_id = await db.fetchval(_DEAL, row["id"], day, now)
        if dealt_id is None:
            return False
        free = sorted((slot for slot in of_day if slot.free > 0), key=lambda slot: abs(slot.starts_at - at))
        for slot in free:
            if await _place(row, slot.id, now):
                await db.execute(_OUTCOME, dealt_id, "booked")
                return True
        await db.execute(_OUTCOME, dealt_id, "full")
        await events.record(_not_booked(row, site, day))
        return False


async def _place(row: asyncpg.Record, slot_id: int, now: datetime) -> bool:
    request = _request(row, slot_id)
    site = await asking.ask(request, now)
    if site.has_earlier:
        return True  # the shop has booked this slot by itself
    try:
        slot = booking.require_slot(site, request)
        async with db.savepoint():
            about = Circumstances(recurrence_id=row["id"])
            await placing.place(request, site, slot, about, as_reporter(row["account_id"]), now)
    except (NoPlaceLeft, BookedMeanwhile, AppError):
        return False
    return True


def _not_booked(row: asyncpg.Record, site: asking.BookingSite, day: date) -> PickupNotBooked:
    return PickupNotBooked(
        subject_id=row["id"],
        area_code=site.area_code,
        account_ids=(row["account_id"],),
        shop_id=row["shop_id"],
        shop=site.shop_name,
        waste=row["kind"],
        on_date=day.isoformat(),
    )


def _request(row: asyncpg.Record, slot_id: int) -> PickupRequest:
    return PickupRequest(
        shop_id=row["shop_id"],
        account_id=row["account_id"],
        slot_id=slot_id,
        kind=WasteKind(row["kind"]),
        amount=row["amount"],
        unit=AmountUnit(row["unit"]),
    )


def _view(row: asyncpg.Record, now: datetime) -> RecurrenceView:
    fields = {name: row[name] for name in RecurrenceView.__struct_fields__ if name != "next_days"}
    return msgspec.convert({**fields, "next_days": _days_ahead(row, now)}, RecurrenceView)


def _days_ahead(row: asyncpg.Record, now: datetime) -> list[date]:
    """The days from today on for which there are slots by now."""
    today, last = shanghai_date(now), shanghai_date(now + AHEAD)
    return schedules.days_between(row["rule"], row["starts_local"].date(), today, last)
