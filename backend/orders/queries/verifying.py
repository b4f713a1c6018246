"""What the finish step kept for whoever verifies: the proof of each after photo, and who is to look at the fix."""

from collections.abc import Sequence
from datetime import datetime
from itertools import takewhile
from uuid import UUID

import asyncpg
import msgspec

from backend.orders.proof import Proof
from backend.orders.states import Move, State
from backend.orders.structs import VerificationView
from backend.orders.verification import Check


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
    check = _finished(finishes[-1]).check or Check.VERIFIER
    since = takewhile(lambda step: step["move"] != Move.FINISH, reversed(steps))
    first = next((step["actor_name"] for step in since if step["move"] == Move.FIRST_PASS), None)
    return VerificationView(
        check=check, passed_once_by=first, confirm_by=verify_by if check is Check.MERCHANT else None
    )


def _finished(step: asyncpg.Record) -> Finished:
    return msgspec.json.decode(step["finished"] or "{}", type=Finished)
