"""认领: somebody scans the code of a shop and says to be its owner, or to work there.

The number of the licence as the register has it makes an owner at once, where there is none. It stands on the wall of
every shop, so it only opens what nobody has opened yet: a shop that has an owner goes to the street, and both are
notified. Everything else waits for a person: whoever keeps the register, and for helpers the owner.
"""

from datetime import datetime

from msgspec import convert
from msgspec.structs import replace

from backend import db
from backend.events import service as events
from backend.privacy.seals import Seal
from backend.sql import sql
from shops.register import contacts, licences, people, rules
from shops.register.contacts import OF_CLAIM, PersonContact
from shops.register.errors import AlreadyOfShop, ClaimNotFound, LicenceInvalid
from shops.register.events import ShopClaimContested, ShopClaimFiled, ShopClaimGranted
from shops.register.structs import (
    WAITING,
    ClaimProof,
    ClaimState,
    Shop,
    ShopClaimDraft,
    ShopClaimReceipt,
    ShopHolder,
    ShopRole,
)

STATES_WAITING = ", ".join(f"'{state}'" for state in WAITING)
_NEXT_ID = "SELECT nextval(pg_get_serial_sequence('shop_claim', 'id'))"
_FIND_WAITING = f"""
SELECT id, shop_id, role, state, licence FROM shop_claim
WHERE account_id = $1 AND shop_id = $2 AND state IN ({STATES_WAITING})"""
_FILE = """
INSERT INTO shop_claim (id, shop_id, account_id, role, licence, name, phone, state, proof, asked_at, decided_at)
VALUES (:id, :shop_id, :account_id, :role, :licence, :name, :phone, :state, :proof, :now, :decided_at)"""
_WITHDRAW = f"""
UPDATE shop_claim SET state = 'withdrawn', decided_at = $3
WHERE id = $1 AND account_id = $2 AND state IN ({STATES_WAITING}) RETURNING id"""
_CONTEST_OTHERS = """
UPDATE shop_claim SET state = 'contested'
WHERE shop_id = $1 AND role = 'owner' AND state = 'open' RETURNING id, account_id"""


async def claim(shop_id: int, draft: ShopClaimDraft, claimant_id: int, now: datetime, seal: Seal) -> ShopClaimReceipt:
    """Say to be the owner of a shop, or to work there. Sent again while it waits it is the same; with another number
    or another part it takes the place of the earlier one.

    Raises LicenceInvalid, PhoneInvalid, ShopNotFound, ShopGone, AlreadyOfShop.
    """
    licence = read_licence(draft.licence)
    contact = PersonContact(name=draft.name, phone=contacts.read_phone(draft.phone))
    async with db.transaction():
        shop = await people.lock_shop(shop_id)
        holder = await people.find_holder(shop_id, claimant_id)
        if holder is not None and holder.role in (ShopRole.OWNER, draft.role):
            raise AlreadyOfShop(role=holder.role.value)
        earlier = await db.fetchrow(_FIND_WAITING, claimant_id, shop_id)
        if earlier and (earlier["role"], earlier["licence"]) == (draft.role, licence):
            known = {name: earlier[name] for name in ShopClaimReceipt.__struct_fields__}
            return convert(known, ShopClaimReceipt)
        if earlier:
            await db.execute(_WITHDRAW, earlier["id"], claimant_id, now)
        return await _file(shop, draft.role, licence, contact, claimant_id, now, seal)


def read_licence(typed: str) -> str:
    """The credit code in plain form; empty where none was typed. Raises LicenceInvalid."""
    code = licences.plain(typed)
    if code and (fault := licences.fault_of(code)):
        raise LicenceInvalid(fault, " ".join(licences.foreign_signs(code)))
    return code


async def withdraw(claim_id: int, claimant_id: int, now: datetime) -> None:
    """Take one's own claim back while it waits. Raises ClaimNotFound."""
    async with db.transaction():
        if await db.fetchval(_WITHDRAW, claim_id, claimant_id, now) is None:
            raise ClaimNotFound


async def contest_others(shop: Shop, owner_id: int) -> None:
    """The shop has an owner now: who else waits to become one goes to the street. Within its transaction."""
    for row in await db.fetch(_CONTEST_OTHERS, shop.id):
        await events.record(_contested(shop, row["id"], row["account_id"], owner_id))


async def _file(
    shop: Shop, role: ShopRole, licence: str, contact: PersonContact, claimant_id: int, now: datetime, seal: Seal
) -> ShopClaimReceipt:
    owner = await people.find_holder(shop.id)
    state = rules.outcome_of(role, licence, shop.uscc, has_owner=owner is not None)
    claim_id = await db.fetchval(_NEXT_ID)
    sealed = contacts.close(contact, OF_CLAIM, claim_id, seal)
    is_granted = state is ClaimState.GRANTED
    said = {"id": claim_id, "shop_id": shop.id, "account_id": claimant_id, "role": role.value, "licence": licence}
    decided = {
        "state": state.value,
        "proof": ClaimProof.LICENCE.value if is_granted else "",
        "decided_at": now if is_granted else None,
    }
    await db.execute(sql(_FILE, **said, **decided, name=sealed.name, phone=sealed.phone, now=now))
    if is_granted:
        await people.admit(shop.id, claimant_id, role, contact, by_id=claimant_id, now=now, seal=seal)
        await contest_others(shop, claimant_id)
    await events.record(_fact(shop, claim_id, claimant_id, role, state, owner))
    return ShopClaimReceipt(id=claim_id, shop_id=shop.id, role=role, state=state)


def _fact(
    shop: Shop, claim_id: int, claimant_id: int, role: ShopRole, state: ClaimState, owner: ShopHolder | None
) -> ShopClaimGranted | ShopClaimContested | ShopClaimFiled:
    if owner is not None and state is ClaimState.CONTESTED:
        return replace(_contested(shop, claim_id, claimant_id, owner.account_id), acted_by_id=claimant_id)
    said = {"area_code": shop.area_code, "shop_name": shop.name, "account_ids": (claimant_id,)}
    who = {"claimant_id": claimant_id, "acted_by_id": claimant_id}
    claimed = {"subject_id": shop.id, "claim_id": claim_id, "role": role.value, **who}
    if state is ClaimState.GRANTED:
        return ShopClaimGranted(**claimed, **said, proof=ClaimProof.LICENCE.value)
    return ShopClaimFiled(**claimed, **said, owner_id=owner.account_id if owner else None)


def _contested(shop: Shop, claim_id: int, claimant_id: int, owner_id: int) -> ShopClaimContested:
    return ShopClaimContested(
        subject_id=shop.id,
        area_code=shop.area_code,
        shop_name=shop.name,
        account_ids=(claimant_id, owner_id),
        claim_id=claim_id,
        claimant_id=claimant_id,
        owner_id=owner_id,
    )
