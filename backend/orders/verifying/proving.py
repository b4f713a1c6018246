"""The proof of after photos: what media knows of them, held against this order's place, arrival and photos."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from backend import db
from backend.geo.lonlat import LonLat
from backend.orders.cases import merged_orders
from backend.orders.transitions.locking import LockedOrder
from backend.orders.transitions.transition import TransitionContext
from backend.orders.verifying import proof
from backend.orders.verifying.errors import EvidenceNotSound
from backend.orders.verifying.proof import PhotoProof, PhotoVerdict, WorkSite
from media import origins
from media.structs import PhotoSubject, SubjectKind

_BEGUN = """
    SELECT s.move, s.at, s.captured_at,
           coalesce(c.grade = 'strong' OR c.grade = 'fair' AND c.method = 'gps', false) AS is_arrival_proved
      FROM order_step s LEFT JOIN check_in c ON c.step_id = s.id
     WHERE s.order_id = $1 AND s.move IN ('grab', 'accept', 'check_in', 'rework', 'dispute') ORDER BY s.id DESC LIMIT 1
"""
_STEPS = "SELECT id FROM order_step WHERE order_id = $1"


class WorkEvidence(msgspec.Struct, frozen=True, kw_only=True):
    """When the present round of work began: by the check-in, or without one by the acceptance or the rework."""

    move: str
    at: datetime
    is_arrival_proved: bool
    """By a position or by a code that the server saw being scanned, and nothing speaks against it."""


async def read_work_evidence(order: LockedOrder) -> WorkEvidence:
    row = await db.fetchrow(_BEGUN, order.id)
    assert row is not None
    tapped = min(row["at"], row["captured_at"] or row["at"])  # an arrival without a network is told later
    at = max(tapped, order.accepted_at) if order.accepted_at else tapped
    return WorkEvidence(move=row["move"], at=at, is_arrival_proved=row["is_arrival_proved"])


async def prove(
    order: LockedOrder,
    after: Sequence[UUID],
    before: Sequence[UUID],
    by: TransitionContext,
    begun: WorkEvidence | None = None,
) -> list[PhotoProof]:
    """Judge after photos that are about to be attached. Raises EvidenceNotSound, which names each refused one."""
    known = await list_subjects(order)
    found = await origins.list_origins(after, by.actor.account_id, known=known, known_ids=before)
    scene = WorkSite(
        place=LonLat(order.lng, order.lat),
        radius_m=order.checkin_radius_m,
        since=begun.at if begun else None,
        since_move=begun.move if begun else "",
    )
    proofs = [proof.judge(origin, scene) for origin in found]
    if refused := {after.index(each.photo_id) + 1: each for each in proofs if each.verdict is PhotoVerdict.REFUSED}:
        raise EvidenceNotSound(refused, scene)
    return proofs


async def list_subjects(order: LockedOrder) -> list[PhotoSubject]:
    """Whatever carries photos that this order shows: its steps, and the reports that were merged into it."""
    own = [row["id"] for row in await db.fetch(_STEPS, order.id)]
    merged = [step_id for part in await merged_orders.list_merged(order.id) for step_id in part.report_step_ids]
    return [PhotoSubject(SubjectKind.ORDER_STEP, step_id) for step_id in own + merged]
