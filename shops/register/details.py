"""One shop with its people and its history, each reader told of people as much as that reader may know.

Staff read names and phones masked, and whole where they look up whom to call, which leaves a trace. An owner reads the
own helpers' names whole, a helper only who else acts for the shop. Those who act no more are for staff alone.
"""

from datetime import datetime

import asyncpg
from msgspec import structs

from backend import db
from backend.accounts.permissions import Permission, may_within
from backend.accounts.structs import Actor
from backend.events import service as events
from backend.privacy.seals import Seal
from shops.register import access, contacts
from shops.register.access import SeenShop
from shops.register.claims import STATES_WAITING
from shops.register.contacts import OF_CLAIM, OF_PERSON, OF_SHOP, PersonContact, SealedContact
from shops.register.errors import ShopForbidden
from shops.register.events import ShopContactRead
from shops.register.structs import (
    ClaimOfShop,
    ClaimProof,
    ClaimState,
    OwnClaim,
    PersonOfShop,
    ShopDetail,
    ShopRole,
    ShopState,
    StateNote,
)

_MOST = 50
_RESPONSIBLE = "SELECT responsible_name AS name, responsible_phone AS phone FROM shop WHERE id = $1"
_PEOPLE = f"""
SELECT id, account_id, role, name, phone, since, until FROM shop_person WHERE shop_id = $1 AND (until IS NULL OR $2)
ORDER BY until DESC NULLS FIRST, role = 'owner' DESC, since DESC, id DESC LIMIT {_MOST}"""
_CLAIMS = f"""
SELECT c.id, c.account_id, c.role, c.state, c.licence, c.name, c.phone, c.asked_at, c.decided_at, c.proof, c.reason,
    c.licence <> '' AND c.licence = shop.uscc AS is_registered
FROM shop_claim c JOIN shop ON shop.id = c.shop_id
WHERE c.shop_id = $1 AND (c.role = 'staff' OR $2) AND (c.state IN ({STATES_WAITING}) OR $2)
ORDER BY c.state IN ({STATES_WAITING}) DESC, c.asked_at DESC, c.id DESC LIMIT {_MOST}"""
_STATES = f"""
SELECT state, changed_at, note FROM shop_state_change
WHERE shop_id = $1 ORDER BY changed_at DESC, id DESC LIMIT {_MOST}"""
_OWN_CLAIMS = f"""
SELECT c.id, c.shop_id, shop.name AS shop_name, c.role, c.state, c.reason, c.asked_at, c.decided_at
FROM shop_claim c JOIN shop ON shop.id = c.shop_id
WHERE c.account_id = $1 AND c.state <> '{ClaimState.WITHDRAWN}' ORDER BY c.asked_at DESC, c.id DESC LIMIT {_MOST}"""


async def get_detail(shop_id: int, reader: Actor, seal: Seal) -> ShopDetail:
    """A shop as this reader may know it. Raises ShopNotFound."""
    return await _detail(await access.see(shop_id, reader), seal, is_whole=False)


async def read_contacts(shop_id: int, reader: Actor, seal: Seal, now: datetime) -> ShopDetail:
    """The same with names and phones whole, for whoever keeps the register; it leaves a trace.

    Raises ShopNotFound, ShopForbidden.
    """
    seen = await access.see(shop_id, reader)
    if not may_within(reader, Permission.KEEP_SHOPS, seen.shop.area_code):
        raise ShopForbidden
    async with db.transaction():
        said = {"shop_name": seen.shop.name, "account_ids": (reader.account_id,)}
        await events.record(ShopContactRead(subject_id=shop_id, by_id=reader.account_id, **said))
        return await _detail(seen, seal, is_whole=True)


async def list_own_claims(account_id: int) -> list[OwnClaim]:
    """What somebody claimed, the latest first, without what was taken back."""
    rows = await db.fetch(_OWN_CLAIMS, account_id)
    return [OwnClaim(**{**row, "role": ShopRole(row["role"]), "state": ClaimState(row["state"])}) for row in rows]


async def _detail(seen: SeenShop, seal: Seal, *, is_whole: bool) -> ShopDetail:
    shop_id, decides = seen.shop.id, seen.is_staff or seen.is_owner
    responsible = PersonContact(name="", phone="")
    if decides:
        row = await db.fetchrow(_RESPONSIBLE, shop_id)
        assert row is not None
        responsible = _contact(row, OF_SHOP, shop_id, seal, is_whole=is_whole)
    people = await db.fetch(_PEOPLE, shop_id, seen.is_staff)
    claims = await db.fetch(_CLAIMS, shop_id, seen.is_staff) if decides else []
    is_named = is_whole or (seen.is_owner and not seen.is_staff)
    return ShopDetail(
        **structs.asdict(seen.shop),
        responsible_name=responsible.name,
        responsible_phone=responsible.phone,
        people=[_person(row, seal, is_named=is_named, is_whole=is_whole) for row in people],
        claims=[_claim(row, seal, is_named=is_named, is_whole=is_whole) for row in claims],
        states=[_state(row) for row in await db.fetch(_STATES, shop_id)],
    )


def _contact(
    row: asyncpg.Record, columns: str, row_id: int, seal: Seal, *, is_named: bool = False, is_whole: bool
) -> PersonContact:
    """A contact as its reader may know it: whole, with the name whole, or masked."""
    contact = contacts.open_contact(SealedContact(row["name"], row["phone"]), columns, row_id, seal)
    if is_whole:
        return contact
    return PersonContact(name=contact.name if is_named else contact.masked().name, phone=contact.masked().phone)


def _person(row: asyncpg.Record, seal: Seal, *, is_named: bool, is_whole: bool) -> PersonOfShop:
    contact = _contact(row, OF_PERSON, row["id"], seal, is_named=is_named, is_whole=is_whole)
    return PersonOfShop(
        account_id=row["account_id"],
        role=ShopRole(row["role"]),
        name=contact.name,
        phone=contact.phone,
        since=row["since"],
        until=row["until"],
    )


def _claim(row: asyncpg.Record, seal: Seal, *, is_named: bool, is_whole: bool) -> ClaimOfShop:
    contact = _contact(row, OF_CLAIM, row["id"], seal, is_named=is_named, is_whole=is_whole)
    return ClaimOfShop(
        id=row["id"],
        account_id=row["account_id"],
        role=ShopRole(row["role"]),
        state=ClaimState(row["state"]),
        licence=row["licence"],
        is_registered=bool(row["is_registered"]),
        name=contact.name,
        phone=contact.phone,
        asked_at=row["asked_at"],
        decided_at=row["decided_at"],
        proof=ClaimProof(row["proof"]) if row["proof"] else None,
        reason=row["reason"],
    )


def _state(row: asyncpg.Record) -> StateNote:
    return StateNote(state=ShopState(row["state"]), changed_at=row["changed_at"], note=row["note"])
