"""What staff write into the register, and what an owner says of the own shop: whether it trades."""

from datetime import datetime
from typing import Any

from backend import db
from backend.accounts.permissions import Permission, may_within
from backend.accounts.structs import Actor
from backend.errors import Forbidden
from backend.events import service as events
from backend.places import queries as places
from backend.places.importing.dates import EARLIEST, LATEST
from backend.privacy.seals import Seal
from backend.sql import sql
from shops.register import access, contacts, licences, people
from shops.register.claims import STATES_WAITING, read_licence
from shops.register.contacts import OF_SHOP, PersonContact
from shops.register.errors import OpeningDayInvalid, PlaceTaken, ShopForbidden
from shops.register.events import ShopEnded, ShopRegistered, ShopStateChanged
from shops.register.structs import LicenceWarning, ShopEntry, ShopState, StateChange

BY_OWNER = (ShopState.OPEN, ShopState.CLOSED, ShopState.RENOVATING)
"""An owner who leaves hands over, or tells whoever keeps the register: only they say that nobody is there."""
COLUMNS = (
    *("name", "uscc", "uscc_warning", "trade_class", "size_m2", "seats", "opened_on"),
    *("responsible_name", "responsible_phone", "responsible_print"),
)
_NEXT_ID = "SELECT nextval(pg_get_serial_sequence('shop', 'id'))"
_ADD = f"""
INSERT INTO shop (id, place_id, state, created_at, updated_at, {", ".join(COLUMNS)})
VALUES (:id, :place_id, :state, :now, :now, {", ".join(f":{column}" for column in COLUMNS)})
ON CONFLICT (place_id) WHERE ended_at IS NULL DO NOTHING RETURNING id"""
_OF_ENTRY = ", ".join(f"{column} = :{column}" for column in COLUMNS if not column.startswith("responsible"))
_OF_CONTACT = ", ".join(
    f"{column} = CASE WHEN :responsible_print::bytea IS NULL THEN {column} ELSE :{column}::bytea END"
    for column in COLUMNS
    if column.startswith("responsible")
)
_CORRECT = f"UPDATE shop SET updated_at = :now, {_OF_ENTRY}, {_OF_CONTACT} WHERE id = :id"
_SET_STATE = "UPDATE shop SET state = $2, updated_at = $3 WHERE id = $1 AND state <> $2 RETURNING id"
_NOTE_STATE = """
INSERT INTO shop_state_change (shop_id, state, changed_at, changed_by_id, note)
VALUES (:shop_id, :state, :now, :by_id, :note)"""
_END = "UPDATE shop SET ended_at = greatest($2, created_at), updated_at = $2 WHERE id = $1"
_PEOPLE = "SELECT account_id FROM shop_person WHERE shop_id = $1 AND until IS NULL ORDER BY id"
_DROP_CLAIMS = f"""
UPDATE shop_claim SET state = 'withdrawn', decided_at = $2 WHERE shop_id = $1 AND state IN ({STATES_WAITING})"""


async def register(place_id: int, entry: ShopEntry, by: Actor, now: datetime, seal: Seal) -> int:
    """Put a shop into the register at its place. Returns its number.

    Raises PlaceNotFound, Forbidden where the actor keeps no register, PlaceTaken, LicenceInvalid, PhoneInvalid.
    """
    place = await places.get_place(place_id)
    if not may_within(by, Permission.KEEP_SHOPS, place.area_code):
        raise Forbidden(permission=Permission.KEEP_SHOPS.value)
    async with db.transaction():
        shop_id = await db.fetchval(_NEXT_ID)
        values = _values(shop_id, entry, place.area_code, seal)
        added = sql(_ADD, id=shop_id, place_id=place_id, state=entry.state.value, now=now, **values)
        if await db.fetchval(added) is None:
            raise PlaceTaken
        await _note_state(shop_id, StateChange(state=entry.state), by, now)
        await events.record(ShopRegistered(subject_id=shop_id, area_code=place.area_code, shop_name=entry.name))
    return shop_id


async def correct(shop_id: int, entry: ShopEntry, by: Actor, now: datetime, seal: Seal) -> None:
    """Write the entry anew; its state stays, and so does whom to call where nobody is named.

    Raises ShopNotFound, ShopForbidden, ShopGone, LicenceInvalid, PhoneInvalid, OpeningDayInvalid.
    """
    await access.see(shop_id, by)
    async with db.transaction():
        shop = await people.lock_shop(shop_id)
        _require_keeper(by, shop.area_code)
        await db.execute(sql(_CORRECT, id=shop_id, now=now, **_values(shop_id, entry, shop.area_code, seal)))


async def set_state(shop_id: int, change: StateChange, by: Actor, now: datetime) -> None:
    """Say whether a shop trades; saying it twice is the same. Raises ShopNotFound, ShopForbidden, ShopGone."""
    seen = await access.see(shop_id, by)
    async with db.transaction():
        shop = await people.lock_shop(shop_id)
        if not (seen.is_owner and change.state in BY_OWNER):
            _require_keeper(by, shop.area_code)
        if await db.fetchval(_SET_STATE, shop_id, change.state.value, now) is None:
            return
        await _note_state(shop_id, change, by, now)
        state = change.state.value
        await events.record(
            ShopStateChanged(subject_id=shop_id, area_code=shop.area_code, shop_name=shop.name, state=state)
        )


async def end(shop_id: int, by: Actor, now: datetime, seal: Seal) -> None:
    """The business has left its place, which may have another one from now on. Its people and claims end with it.

    Raises ShopNotFound, ShopForbidden, ShopGone.
    """
    await access.see(shop_id, by)
    async with db.transaction():
        shop = await people.lock_shop(shop_id)
        _require_keeper(by, shop.area_code)
        acted = [row["account_id"] for row in await db.fetch(_PEOPLE, shop_id)]
        for account_id in acted:
            await people.end(shop_id, account_id, by_id=by.account_id, now=now, seal=seal)
        await db.execute(_DROP_CLAIMS, shop_id, now)
        await db.execute(_END, shop_id, now)
        said = {"area_code": shop.area_code, "shop_name": shop.name, "account_ids": tuple(acted)}
        ended = ShopEnded(subject_id=shop_id, person_ids=tuple(acted), acted_by_id=by.account_id, **said)
        await events.record(ended)


async def _note_state(shop_id: int, change: StateChange, by: Actor, now: datetime) -> None:
    said = {"state": change.state.value, "note": change.note, "by_id": by.account_id}
    await db.execute(sql(_NOTE_STATE, shop_id=shop_id, now=now, **said))


def _require_keeper(by: Actor, area_code: str) -> None:
    if not may_within(by, Permission.KEEP_SHOPS, area_code):
        raise ShopForbidden


def _values(shop_id: int, entry: ShopEntry, area_code: str, seal: Seal) -> dict[str, Any]:
    """What an entry says, by column. Raises LicenceInvalid, PhoneInvalid, OpeningDayInvalid."""
    if entry.opened_on is not None and not EARLIEST <= entry.opened_on <= LATEST:
        raise OpeningDayInvalid
    uscc = read_licence(entry.uscc) or None
    phone = contacts.read_phone(entry.responsible_phone) if entry.responsible_phone else ""
    contact = PersonContact(name=entry.responsible_name, phone=phone)
    sealed = contacts.close(contact, OF_SHOP, shop_id, seal)
    return {
        "name": entry.name,
        "uscc": uscc,
        "uscc_warning": (licences.warning_of(uscc, area_code) if uscc else LicenceWarning.NONE).value,
        "trade_class": entry.trade_class.value if entry.trade_class else None,
        "size_m2": entry.size_m2,
        "seats": entry.seats,
        "opened_on": entry.opened_on,
        "responsible_name": sealed.name,
        "responsible_phone": sealed.phone,
        "responsible_print": contacts.print_of(contact, seal),
    }
