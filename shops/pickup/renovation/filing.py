"""File, agree and refuse. Once both have agreed the fee is due, counted by the price table."""

from datetime import datetime, timedelta

from backend import db
from backend.accounts.structs import Actor, Role
from backend.calendars.rules import shanghai_date
from backend.errors import Forbidden
from backend.items import queries as items
from backend.sql import sql
from shops.pickup.errors import (
    CommitmentMissing,
    FilingDaysWrong,
    FilingDecided,
    FilingNotFound,
    FilingReasonMissing,
    NotOfShop,
    UnitWrong,
)
from shops.pickup.impartial import require_other
from shops.pickup.kinds import WasteKind, is_counted_in
from shops.pickup.locking import lock_shop
from shops.pickup.payments import bills
from shops.pickup.prices import quotas, rules
from shops.pickup.renovation import filings
from shops.pickup.renovation.structs import (
    COMMITMENT,
    FilingDecision,
    FilingInput,
    FilingParty,
    FilingState,
    FilingView,
)
from shops.register import queries as register
from shops.register.structs import Shop

LONGEST = timedelta(days=180)
_PROPERTY_ITEM = "C202"
"""Whoever answers for filings of works there is the property company."""
_ADD = """
    INSERT INTO renovation_filing (shop_id, account_id, works, amount, unit, from_on, until_on, commitment, signed_at,
        property_unit_id, fee_fen)
    VALUES (:shop_id, :account_id, :works, :amount, :unit, :from_on, :until_on, :commitment, :now,
        :property_unit_id, :fee_fen)
    RETURNING id
"""
_LOCK = """
    SELECT id, shop_id, state, property_unit_id, property_at IS NOT NULL AS property,
           committee_at IS NOT NULL AS committee
    FROM renovation_filing WHERE id = $1 FOR UPDATE
"""
_AGREE = """
    UPDATE renovation_filing SET
        property_by_id = CASE WHEN :property THEN coalesce(property_by_id, :actor_id) ELSE property_by_id END,
        property_at = CASE WHEN :property THEN coalesce(property_at, :now) ELSE property_at END,
        committee_by_id = CASE WHEN :committee THEN coalesce(committee_by_id, :actor_id) ELSE committee_by_id END,
        committee_at = CASE WHEN :committee THEN coalesce(committee_at, :now) ELSE committee_at END,
        state = CASE WHEN (:property OR property_at IS NOT NULL) AND (:committee OR committee_at IS NOT NULL)
                     THEN 'agreed' ELSE state END
    WHERE id = :filing_id RETURNING state, fee_fen
"""
_REFUSE = "UPDATE renovation_filing SET state = 'refused', refused_by_id = $2, reason = $3 WHERE id = $1"
_PRICE = f"""
    SELECT {quotas.price_columns(":shop_id::bigint", ":area_code::text", "given.on_date")}
    FROM (SELECT :on_date::date AS on_date) given
"""


async def file(shop_id: int, said: FilingInput, actor: Actor, now: datetime) -> FilingView:
    """Sign the commitment and file what is built. Raises NotOfShop, CommitmentMissing, FilingDaysWrong, UnitWrong."""
    shop = await register.get_shop(shop_id)
    if not await register.is_person_of(shop_id, actor.account_id):
        raise NotOfShop
    _require_sound(said, now)
    rule = next(iter(await items.list_rules(_PROPERTY_ITEM, shop.area_code)), None)
    row = sql(
        _ADD,
        shop_id=shop_id,
        account_id=actor.account_id,
        works=said.works,
        amount=said.amount,
        unit=said.unit,
        from_on=said.from_on,
        until_on=said.until_on,
        commitment=said.commitment,
        now=now,
        property_unit_id=rule.unit_id if rule else None,
        fee_fen=await _fee(shop, said),
    )
    async with db.transaction():
        await lock_shop(shop_id)
        filing_id = await db.fetchval(row)
    return await filings.get(filing_id)


async def decide(filing_id: int, said: FilingDecision, actor: Actor, now: datetime) -> FilingView:
    """The property company or the committee agrees, or refuses with a reason. Agreeing twice changes nothing.

    Raises FilingNotFound, FilingDecided, OwnShop, Forbidden.
    """
    async with db.transaction():
        row = await db.fetchrow(_LOCK, filing_id)
        if row is None:
            raise FilingNotFound
        shop = await register.get_shop(row["shop_id"])
        parties = parties_of(actor, shop.area_code, row["property_unit_id"])
        if said.party not in parties:
            raise Forbidden
        await require_other(shop.id, actor)
        if row["state"] != FilingState.FILED and not (said.is_agreed and row[said.party]):
            raise FilingDecided(row["state"])
        if said.is_agreed:
            await _agree(filing_id, said.party, actor, now, is_for_both=row["property_unit_id"] is None)
        else:
            await _refuse(filing_id, said, actor)
    return await filings.get(filing_id)


def parties_of(actor: Actor, area_code: str, property_unit_id: int | None) -> set[FilingParty]:
    """For whom somebody may speak about works in an area. Pure."""
    parties = set()
    is_of_unit = property_unit_id is not None and actor.unit_id == property_unit_id
    if is_of_unit and actor.holds(area_code, Role.HANDLER):
        parties.add(FilingParty.PROPERTY)
    if actor.holds(area_code, Role.COMMITTEE):
        parties.add(FilingParty.COMMITTEE)
    return parties


async def _agree(filing_id: int, party: FilingParty, actor: Actor, now: datetime, *, is_for_both: bool) -> None:
    is_committee = party is FilingParty.COMMITTEE
    change = sql(
        _AGREE,
        filing_id=filing_id,
        property=not is_committee or is_for_both,
        committee=is_committee,
        actor_id=actor.account_id,
        now=now,
    )
    row = await db.fetchrow(change)
    assert row is not None  # it is locked
    if row["state"] == FilingState.AGREED and row["fee_fen"]:
        await bills.bill_filing(filing_id, row["fee_fen"], now)


async def _refuse(filing_id: int, said: FilingDecision, actor: Actor) -> None:
    if not said.reason:
        raise FilingReasonMissing
    await db.execute(_REFUSE, filing_id, actor.account_id, said.reason)


def _require_sound(said: FilingInput, now: datetime) -> None:
    if said.commitment != COMMITMENT:
        raise CommitmentMissing(COMMITMENT)
    if not is_counted_in(WasteKind.RENOVATION, said.unit):
        raise UnitWrong(WasteKind.RENOVATION, said.unit)
    is_ahead = said.from_on <= said.until_on and said.until_on >= shanghai_date(now)
    if not is_ahead or said.until_on - said.from_on > LONGEST:
        raise FilingDaysWrong(most_days=LONGEST.days)


async def _fee(shop: Shop, said: FilingInput) -> int:
    values = {"shop_id": shop.id, "area_code": shop.area_code, "on_date": said.from_on}
    found = await db.fetchval(sql(_PRICE, **values, kind=WasteKind.RENOVATION, unit=said.unit))
    return rules.price_of(said.amount, 0, quotas.unit_price(found)).total_fen
