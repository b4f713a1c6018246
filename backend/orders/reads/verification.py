"""What the finish step kept for whoever verifies: the proof of each after photo, and who is to look at the fix."""

from collections.abc import Sequence
from datetime import datetime
from itertools import takewhile
from uuid import UUID

import asyncpg
import msgspec
from msgspec.structs import replace

from backend.accounts.structs import Actor
from backend.orders.model import rules
from backend.orders.model.checks import Check
from backend.orders.model.states import ENDED, State, Transition
from backend.orders.reads.views import RelatedOrder, VerificationView
from backend.orders.verifying.checks import Comparison, VerificationBar
from backend.orders.verifying.proof import PhotoProof


class Finished(msgspec.Struct, frozen=True, kw_only=True):
    """The detail of a step that showed work done. Steps from before this was kept have none of it."""

    check: Check | None = None
    proofs: list[PhotoProof] = []
    comparison: Comparison | None = None


def proofs_of(steps: Sequence[asyncpg.Record]) -> dict[UUID, PhotoProof]:
    """What each after photo of these steps proves."""
    return {proof.photo_id: proof for step in steps for proof in _finished(step).proofs}


def comparison_of(steps: Sequence[asyncpg.Record]) -> Comparison | None:
    """What comparing the photos of the latest finish found."""
    finishes = [step for step in steps if step["move"] == Transition.FINISH]
    return _finished(finishes[-1]).comparison if finishes else None


def is_passed_by_comparison(steps: Sequence[asyncpg.Record]) -> bool:
    """Whether the comparison passed the latest fix, with nobody looking."""
    finishes = [step for step in steps if step["move"] == Transition.FINISH]
    return bool(finishes) and _finished(finishes[-1]).check is Check.COMPARISON


def verification_of(state: str, verify_by: datetime | None, steps: Sequence[asyncpg.Record]) -> VerificationView | None:
    """Who is to look, while somebody is to."""
    finishes = [step for step in steps if step["move"] == Transition.FINISH]
    if state != State.HANDLED or not finishes:
        return None
    check, first = _finished(finishes[-1]).check or Check.VERIFIER, _first_pass(steps)
    return VerificationView(
        check=check,
        passed_once_by=None if first is None else first["actor_name"],
        confirm_by=verify_by if check is Check.MERCHANT else None,
    )


def with_source(view: VerificationView, order: asyncpg.Record) -> VerificationView:
    """The same of a case whose source has the last word: no merchant is waited for."""
    if not order["source_cases"]:
        return view
    return replace(view, confirm_by=None, referred_at=order["referred_at"])


def with_bar(
    view: VerificationView,
    order: asyncpg.Record,
    steps: Sequence[asyncpg.Record],
    sub_orders: Sequence[RelatedOrder],
    reader: Actor,
    now: datetime,
) -> VerificationView:
    """The same, with what keeps a reader who verifies here from passing it: the first that a try would meet."""
    if not rules.may_make(reader, Transition.PASS, rules.Ownership(order["area_code"], None, None)):
        return view
    first = _first_pass(steps)
    bars = {
        VerificationBar.HANDLED_BY_YOU: order["had_a_hand"],
        VerificationBar.SUB_ORDERS_OPEN: any(sub.state not in ENDED for sub in sub_orders),
        VerificationBar.AWAITS_MERCHANT: view.confirm_by is not None and now < view.confirm_by,
        VerificationBar.AWAITS_SOURCE: order["referred_at"] is not None,
        VerificationBar.VERIFIED_BY_YOU: first is not None and first["actor_id"] == reader.account_id,
    }
    return replace(view, barred_by=next((bar for bar, holds in bars.items() if holds), None))


def _first_pass(steps: Sequence[asyncpg.Record]) -> asyncpg.Record | None:
    """The first of two passes, since the latest finish."""
    since = takewhile(lambda step: step["move"] != Transition.FINISH, reversed(steps))
    return next((step for step in since if step["move"] == Transition.FIRST_PASS), None)


def _finished(step: asyncpg.Record) -> Finished:
    return msgspec.json.decode(step["finished"] or "{}", type=Finished)
