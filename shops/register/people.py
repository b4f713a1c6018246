"""店主与店员: who acts for a shop. One owner at a time, who hands it over.

Rows end and stay, so that it can be said who answered for a shop on any day. Whoever acts for some shop holds the role
of a shop owner, which only offers pages.
"""

from datetime import datetime

from msgspec import convert

from backend import db
from backend.accounts import service as accounts
from backend.accounts.permissions import Permission, may_within
from backend.accounts.structs import Actor, Grant, Role
from backend.events import service as events
from backend.privacy.seals import Seal
from backend.sql import sql
from shops.register import access, contacts, queries
from shops.register.contacts import OF_PERSON, PersonContact, SealedContact
from shops.register.errors import OwnerStays, ShopForbidden, ShopGone, ShopNotFound, ShopPersonUnknown
from shops.register.events import ShopHandedOver, ShopPersonLeft
from shops.register.structs import Shop, ShopHolder, ShopRole

NOWHERE = ""
"""The area of the role: what may be done is the shop's affair, not an area's."""
_LOCK = "SELECT id FROM shop WHERE id = $1 FOR NO KEY UPDATE"
_NEXT_ID = "SELECT nextval(pg_get_serial_sequence('shop_person', 'id'))"
_ADMIT = """
INSERT INTO shop_person (id, shop_id, account_id, role, name, phone, since, added_by_id)
VALUES (:id, :shop_id, :account_id, :role, :name, :phone, :now, :by_id)"""
_HOLDER = """
SELECT account_id, role, since, until FROM shop_person
WHERE shop_id = $1 AND until IS NULL AND (account_id = $2 OR ($2 IS NULL AND role = 'owner'))"""
# A shop that changes hands twice within one instant keeps its rows in order.
_END = """
UPDATE shop_person SET until = greatest($3, since), ended_by_id = $4
WHERE shop_id = $1 AND account_id = $2 AND until IS NULL RETURNING id, name, phone"""
_ACTS_FOR_SOME = "SELECT EXISTS (SELECT FROM shop_person WHERE account_id = $1 AND until IS NULL)"


async def lock_shop(shop_id: int) -> Shop:
    """The shop; nobody else changes its people and claims until the transaction ends. Raises ShopNotFound, ShopGone."""
    if await db.fetchval(_LOCK, shop_id) is None:
        raise ShopNotFound
    shop = await queries.get_shop(shop_id)
    if shop.ended_at is not None:
        raise ShopGone
    return shop


async def find_holder(shop_id: int, account_id: int | None = None) -> ShopHolder | None:
    """One of the shop's people, the owner unless somebody is named."""
    row = await db.fetchrow(_HOLDER, shop_id, account_id)
    return convert(dict(row), ShopHolder) if row else None


async def admit(
    shop_id: int, account_id: int, role: ShopRole, contact: PersonContact, *, by_id: int, now: datetime, seal: Seal
) -> None:
    """Let somebody act for a shop. Within a transaction that locked it."""
    row_id = await db.fetchval(_NEXT_ID)
    sealed = contacts.close(contact, OF_PERSON, row_id, seal)
    person = {"id": row_id, "shop_id": shop_id, "account_id": account_id, "role": role.value}
    await db.execute(sql(_ADMIT, **person, name=sealed.name, phone=sealed.phone, now=now, by_id=by_id))
    await accounts.grant(account_id, Grant(Role.SHOP_OWNER, NOWHERE))


async def end(shop_id: int, account_id: int, *, by_id: int, now: datetime, seal: Seal) -> PersonContact:
    """Let somebody act for a shop no more; whom to call is returned. Within a transaction that locked the shop.

    Raises ShopPersonUnknown.
    """
    row = await db.fetchrow(_END, shop_id, account_id, now, by_id)
    if row is None:
        raise ShopPersonUnknown
    await take_role_of_none(account_id)
    return contacts.open_contact(SealedContact(row["name"], row["phone"]), OF_PERSON, row["id"], seal)


async def take_role_of_none(account_id: int) -> None:
    """Whoever acts for no shop holds the role no more."""
    if not await db.fetchval(_ACTS_FOR_SOME, account_id):
        await accounts.ungrant(account_id, Grant(Role.SHOP_OWNER, NOWHERE))


async def hand_over(
    shop_id: int, to_account_id: int, by: Actor, *, stays: bool = False, now: datetime, seal: Seal
) -> None:
    """Make one of the shop's people its owner. `stays`: the former owner helps from now on.

    By the owner, or by whoever decides claims there. Raises ShopNotFound, ShopGone, ShopForbidden, ShopPersonUnknown.
    """
    await access.see(shop_id, by)
    async with db.transaction():
        shop = await lock_shop(shop_id)
        owner, heir = await find_holder(shop_id), await find_holder(shop_id, to_account_id)
        if owner is None or heir is None or heir.role is ShopRole.OWNER:
            raise ShopPersonUnknown
        is_owner = owner.account_id == by.account_id
        if not is_owner and not may_within(by, Permission.DECIDE_SHOP_CLAIMS, shop.area_code):
            raise ShopForbidden
        await pass_on(shop, to_account_id, None, by_id=by.account_id, stays=stays, now=now, seal=seal)


async def pass_on(
    shop: Shop, to_id: int, contact: PersonContact | None, *, by_id: int, stays: bool = False, now: datetime, seal: Seal
) -> None:
    """Make somebody the owner in place of whoever was. `contact`: the new owner's, where it is not known as a helper's.

    Within a transaction that locked the shop.
    """
    owner = await find_holder(shop.id)
    act = {"by_id": by_id, "now": now, "seal": seal}
    former = await end(shop.id, owner.account_id, **act) if owner else None
    if await find_holder(shop.id, to_id):
        known = await end(shop.id, to_id, **act)
        contact = contact or known
    await admit(shop.id, to_id, ShopRole.OWNER, contact or PersonContact(name="", phone=""), **act)
    if owner is None or former is None:
        return
    if stays:
        await admit(shop.id, owner.account_id, ShopRole.STAFF, former, **act)
    people = (owner.account_id, to_id)
    said = {"area_code": shop.area_code, "shop_name": shop.name, "account_ids": people, "by_id": by_id}
    await events.record(ShopHandedOver(subject_id=shop.id, former_owner_id=people[0], owner_id=to_id, **said))


async def leave(shop_id: int, account_id: int, by: Actor, now: datetime, seal: Seal) -> None:
    """End that somebody acts for a shop: oneself, by the owner, or by whoever keeps the register there.

    Twice is told as ShopPersonUnknown. Raises ShopNotFound, ShopGone, ShopForbidden, and OwnerStays for an owner, whom
    only whoever keeps the register takes out.
    """
    seen = await access.see(shop_id, by)
    async with db.transaction():
        shop = await lock_shop(shop_id)
        keeps_register = may_within(by, Permission.KEEP_SHOPS, shop.area_code)
        holder = await find_holder(shop_id, account_id)
        if holder is None:
            raise ShopPersonUnknown
        if not (keeps_register or seen.is_owner or account_id == by.account_id):
            raise ShopForbidden
        if holder.role is ShopRole.OWNER and not keeps_register:
            raise OwnerStays
        await end(shop_id, account_id, by_id=by.account_id, now=now, seal=seal)
        said = {"area_code": shop.area_code, "shop_name": shop.name, "account_ids": (account_id,)}
        await events.record(ShopPersonLeft(subject_id=shop_id, person_id=account_id, by_id=by.account_id, **said))
