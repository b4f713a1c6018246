"""An answer that means trouble opens an order at the target, once: the same again goes to it while it is open.

What the dictionary or the town refuses to open does not lose the record: it is listed as a problem without an order.
"""

from datetime import datetime
from typing import NamedTuple

from backend import db
from backend.accounts.structs import Actor
from backend.campaigns.forms.filling import FoundTrouble
from backend.campaigns.forms.wording import answer_in_words
from backend.campaigns.records.structs import LedTo, NewCampaignRecord
from backend.errors import AppError
from backend.orders import verbs as orders
from backend.orders.assignment.structs import Opening, OrderSite
from backend.orders.cases import merged_orders
from backend.orders.reads import finding
from backend.reports import rules as reporting
from backend.sql import sql
from backend.words import NOTE
from media import service as media
from media.structs import PhotoRole, SubjectKind

SOURCE = "campaign"
_PROBLEM_CHARS = 60
_LATEST = """
    SELECT order_id FROM campaign_order WHERE target_id = $1 AND field = $2 AND order_id IS NOT NULL
    ORDER BY id DESC LIMIT 1
"""
_WRITE = """
    INSERT INTO campaign_order (record_id, campaign_id, target_id, field, order_id, is_new, problem, found_at)
    VALUES (:record_id, :campaign_id, :target_id, :field, :order_id, :is_new, :problem, :now)
"""


class TroubleSite(NamedTuple):
    """Where it was found: a target that is locked, so that two records of it never open two orders."""

    campaign_id: int
    target_id: int
    record_id: int
    campaign: str
    site: OrderSite


async def open_orders(
    at: TroubleSite, troubles: list[FoundTrouble], said: NewCampaignRecord, actor: Actor, now: datetime
) -> list[LedTo]:
    """For each trouble its order, within the transaction of the record. Raises what media refuses."""
    return [await _open(at, trouble, said, actor, now) for trouble in troubles]


async def _open(at: TroubleSite, trouble: FoundTrouble, said: NewCampaignRecord, actor: Actor, now: datetime) -> LedTo:
    key = trouble.field.key
    led_to = await _find_open(at.target_id, key)
    photo_subject = SubjectKind.CAMPAIGN_RECORD, at.record_id, PhotoRole.BEFORE
    if led_to is None:
        try:
            async with db.savepoint():
                opened = await orders.open(_opening(at, trouble, said, actor), now=now)
            led_to = LedTo(field=key, order_id=opened.order_id, number=opened.number, is_new=True)
            photo_subject = SubjectKind.ORDER_STEP, opened.step_id, PhotoRole.REPORT
        except AppError as refused:
            led_to = LedTo(field=key, order_id=None, number=None, is_new=True, problem=refused.code[:_PROBLEM_CHARS])
    kind, subject_id, role = photo_subject
    await media.attach(trouble.photo_ids, actor.account_id, kind, subject_id, role)
    values = {"order_id": led_to.order_id, "is_new": led_to.is_new, "problem": led_to.problem, "field": key}
    about = {"record_id": at.record_id, "campaign_id": at.campaign_id, "target_id": at.target_id}
    await db.execute(sql(_WRITE, **about, **values, now=now))
    return led_to


async def _find_open(target_id: int, field: str) -> LedTo | None:
    """The open order of the same answer at the same target; of one that was merged, the one as which it goes on."""
    order_id = await db.fetchval(_LATEST, target_id, field)
    if order_id is None:
        return None
    order_id = await merged_orders.find_survivor(order_id)
    number = await finding.find_open_number(order_id)
    return LedTo(field=field, order_id=order_id, number=number, is_new=False) if number else None


def _opening(at: TroubleSite, trouble: FoundTrouble, said: NewCampaignRecord, actor: Actor) -> Opening:
    """The form has its own grounds: whoever goes need not be one who may report this item otherwise."""
    assert trouble.field.trouble is not None
    return Opening(
        item_code=trouble.field.trouble.item,
        scene=at.site,
        actor=actor,
        actor_role=reporting.reporter_role(actor, at.site.area_code),
        source_kind=SOURCE,
        reporter_kinds=None,
        description=_description(at.campaign, trouble),
        captured_at=said.captured_at,
        fix=said.point,
    )


def _description(campaign: str, trouble: FoundTrouble) -> str:
    said = f"{campaign} · {trouble.field.zh}: {answer_in_words(trouble.field, trouble.value)}"
    return f"{said}\n{trouble.note}"[:NOTE] if trouble.note else said[:NOTE]
