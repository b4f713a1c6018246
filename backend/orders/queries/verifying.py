"""What the finish step kept for whoever verifies: the proof of each after photo, and who is to look at the fix."""

from collections.abc import Sequence
from datetime import datetime
from itertools import takewhile
from uuid import UUID

import asyncpg
import msgspec
from msgspec.structs import replace

from backend.accounts.structs import Actor
from backend.orders import rules
from backend.orders.proof import Proof
from backend.orders.states import ENDED, Move, State
from backend.orders.structs import RelatedOrder, VerificationView
from backend.orders.verification import Bar, Check


class Finished(msgspec.Struct, frozen=True, kw_only=True):
    """The detail of a step that showed work done. Steps from before this was kept have none of it."""

    check: Check | None = None
    proofs: list[Proof] = []


def proofs_of(steps: Sequence[asyncpg.Record]) -> dict[UUID, Proof]:
    """What each after photo of these steps proves."""
    return {proof.photo_id: proof for step in steps for proof in _finished(step).proofs}


def verification_of(state: str, verify_by: datetime | None, steps: Sequence[asyncpg.Record]) -> VerificationView | None:
    """Who is to look, while somebody is to."""
    finishes = [step for step in steps if step["move"] == Move.FINISH]
    if state != State.HANDLED or not finishes:
        return None
    check, first = _finished(finishes[-1]).check or Check.VERIFIER, _first_pass(steps)
    return VerificationView(
        check=check,
        passed_once_by=None if first is None else first["actor_name"],
        confirm_by=verify_by if check is Check.MERCHANT else None,
    )


def with_bar(
    view: VerificationView,
    order: asyncpg.Record,
    steps: Sequence[asyncpg.Record],
    sub_orders: Sequence[RelatedOrder],
    reader: Actor,
    now: datetime,
) -> VerificationView:
    """The same, with what keeps a reader who verifies here from passing it: the first that a try would meet."""
    if not rules.may_make(reader, Move.PASS, rules.Ownership(order["area_code"], None, None)):
        return view
    first = _first_pass(steps)
    bars = {
        Bar.HANDLED_BY_YOU: order["had_a_hand"],
        Bar.SUB_ORDERS_OPEN: any(sub.state not in ENDED for sub in sub_orders),
        Bar.AWAITS_MERCHANT: view.confirm_by is not None and now < view.confirm_by,
        Bar.VERIFIED_BY_YOU: first is not None and first["actor_id"] == reader.account_id,
    }
    return replace(view, barred_by=next((bar for bar, holds in bars.items() if holds), None))


def _first_pass(steps: Sequence[asyncpg.Record]) -> asyncpg.Record | None:
    """The first of two passes, since the latest finish."""
    since = takewhile(lambda step: step["move"] != Move.FINISH, reversed(steps))
    return next((step for step in since if step["move"] == Move.FIRST_PASS), None)


def _finished(step: asyncpg.Record) -> Finished:
    return msgspec.json.decode(step["finished"] or "{}", type=Finished)
