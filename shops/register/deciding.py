"""The word on a claim that waits: whoever keeps the register, the street between two, the owner on a helper."""

from datetime import datetime

import asyncpg

from backend import db
from backend.accounts.structs import Actor
from backend.events import service as events
from backend.privacy.seals import Seal
from backend.sql import sql
from shops.register import access, claims, contacts, people, rules
from shops.register.contacts import OF_CLAIM, PersonContact, SealedContact
from shops.register.errors import ClaimAnswered, ClaimForbidden, ClaimNotFound, RefusalWithoutReason, ShopNotFound
from shops.register.events import ShopClaimGranted, ShopClaimRefused
from shops.register.structs import WAITING, ClaimDecision, ClaimProof, ClaimState, Shop, ShopRole

_SHOP_OF = "SELECT shop_id FROM shop_claim WHERE id = $1"
_GET = "SELECT id, account_id, role, state, name, phone FROM shop_claim WHERE id = $1"
_DECIDE = """
UPDATE shop_claim SET state = :state, proof = :proof, reason = :reason, decided_at = :now, decided_by_id = :by_id
WHERE id = :id"""


async def decide(claim_id: int, decision: ClaimDecision, by: Actor, now: datetime, seal: Seal) -> None:
    """Grant or refuse a claim that waits. Of an owner's, the former owner's time ends; the rows stay.

    The same word again changes nothing. Raises ClaimNotFound, ClaimForbidden, ClaimAnswered, RefusalWithoutReason,
    ShopGone.
    """
    if not decision.is_granted and not decision.reason:
        raise RefusalWithoutReason
    shop_id = await _find_shop(claim_id, by)
    async with db.transaction():
        shop = await people.lock_shop(shop_id)
        row = await db.fetchrow(_GET, claim_id)
        assert row is not None
        state, role = ClaimState(row["state"]), ShopRole(row["role"])
        proof = await _proof(shop, state, role, row["account_id"], by)
        result = ClaimState.GRANTED if decision.is_granted else ClaimState.REFUSED
        if state not in WAITING:
            if state is result:
                return
            raise ClaimAnswered(state)
        await db.execute(
            sql(
                _DECIDE,
                id=claim_id,
                state=result.value,
                proof=proof.value if decision.is_granted else "",
                reason=decision.reason,
                now=now,
                by_id=by.account_id,
            )
        )
        if decision.is_granted:
            await _grant(shop, row, proof, by.account_id, now, seal)
        else:
            await events.record(_refused(shop, row, decision.reason))


async def _find_shop(claim_id: int, by: Actor) -> int:
    """The claim's shop, for somebody who may see it. Raises ClaimNotFound."""
    shop_id = await db.fetchval(_SHOP_OF, claim_id)
    if shop_id is None:
        raise ClaimNotFound
    try:
        await access.see(shop_id, by)
    except ShopNotFound as unseen:
        raise ClaimNotFound from unseen
    return shop_id


async def _proof(shop: Shop, state: ClaimState, role: ShopRole, claimant_id: int, by: Actor) -> ClaimProof:
    """On whose word it is decided: nobody's own. Raises ClaimForbidden."""
    owner = await people.find_holder(shop.id)
    is_owner = owner is not None and owner.account_id == by.account_id
    proof = rules.proof_of(state, role, by, shop.area_code, is_owner=is_owner)
    if proof is None or claimant_id == by.account_id:
        raise ClaimForbidden
    return proof


async def _grant(shop: Shop, row: asyncpg.Record, proof: ClaimProof, by_id: int, now: datetime, seal: Seal) -> None:
    contact = contacts.open_contact(SealedContact(row["name"], row["phone"]), OF_CLAIM, row["id"], seal)
    await _admit(shop, row["account_id"], ShopRole(row["role"]), contact, by_id, now, seal)
    await events.record(
        ShopClaimGranted(
            subject_id=shop.id,
            area_code=shop.area_code,
            shop_name=shop.name,
            account_ids=(row["account_id"],),
            claim_id=row["id"],
            claimant_id=row["account_id"],
            role=row["role"],
            proof=proof.value,
        )
    )


async def _admit(
    shop: Shop, account_id: int, role: ShopRole, contact: PersonContact, by_id: int, now: datetime, seal: Seal
) -> None:
    if role is ShopRole.OWNER:
        await people.pass_on(shop, account_id, contact, by_id=by_id, now=now, seal=seal)
        await claims.contest_others(shop, account_id)
    elif await people.find_holder(shop.id, account_id) is None:
        await people.admit(shop.id, account_id, role, contact, by_id=by_id, now=now, seal=seal)


def _refused(shop: Shop, row: asyncpg.Record, reason: str) -> ShopClaimRefused:
    return ShopClaimRefused(
        subject_id=shop.id,
        area_code=shop.area_code,
        shop_name=shop.name,
        account_ids=(row["account_id"],),
        claim_id=row["id"],
        claimant_id=row["account_id"],
        reason=reason,
    )
