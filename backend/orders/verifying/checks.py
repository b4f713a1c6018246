"""Who looks at a fix, and whether the system may pass it by itself. Pure; the draw is a keyed hash, so it is no chance.

Easy items (`photo_auto`) are passed by the system where the proof holds, all but a sample. An answer (`answered`) is
for whoever asked to judge. Whatever was sent back,
reopened or doubted is looked at by a person, and so is a case whose source has the last word, before it is told.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from backend.orders.model.checks import ANSWERED, TWO_PERSONS, Check
from backend.orders.verifying.proof import HARMLESS, PhotoProof
from backend.structs import Read

PHOTO_AUTO = "photo_auto"
MERCHANT_CONFIRM = "merchant_confirm"
COMPARED_LEAST = 5
"""Of a hundred fixes that a comparison would pass a person looks at no fewer, whatever the town says."""
DISPUTES_MAX = 2
"""After so many rounds a merchant and a handler will not agree by themselves: a verifier decides."""


class VerificationBar(StrEnum):
    """Why somebody who verifies here may not pass a fix now: the code of the refusal that a try would get."""

    HANDLED_BY_YOU = "handled-by-you"
    SUB_ORDERS_OPEN = "sub-orders-open"
    AWAITS_MERCHANT = "awaits-merchant"
    VERIFIED_BY_YOU = "verified-by-you"
    AWAITS_SOURCE = "awaits-source"


@dataclass(frozen=True, slots=True)
class Sampling:
    """How many percent of the easy orders a person looks at, and the key of the draw."""

    percent: int = 100
    key: bytes = b""
    accepted_error: float | None = None
    """How often a comparison of photos may call gone what is not, 0 to 1: None compares nothing, 0 only shows it."""

    def is_drawn(self, order_id: int, round_nr: int, least: int = 0) -> bool:
        """The same answer whenever it is asked; nobody without the key can tell it beforehand."""
        digest = hmac.digest(self.key, f"{order_id}/{round_nr}".encode(), hashlib.sha256)
        return int.from_bytes(digest[:8]) % 100 < max(self.percent, least)


class Comparison(Read, frozen=True, kw_only=True):
    """What comparing photos of before and after found. `is_gone`: the same place, and the thing is gone."""

    is_gone: bool
    reason: str
    """A word of `media.scenes.SceneReason`, or `not_compared`."""
    score: float
    model: str
    before_id: UUID | None = None
    is_reported: bool = False
    """The photo of before is the reporter's; else the handler took both."""
    after_id: UUID | None = None
    is_passing: bool
    """The town accepts the model's error, so that it may pass a fix; else it is only shown to whoever verifies."""


EVERYTHING = Sampling()
"""Everything is looked at: what holds until a town says otherwise."""


@dataclass(frozen=True, slots=True)
class CompletedWork:
    """A finished piece of work, as far as it decides who looks at it."""

    order_id: int
    verify_mode: str
    rework_count: int
    reopen_count: int
    is_arrival_proved: bool
    has_open_sub_orders: bool
    has_merchant: bool
    """Whether somebody asked for it who is neither staff nor the handler."""
    has_source: bool = False
    """Whether a case in it ends by its source's word alone."""


def check_of(
    fix: CompletedWork, proofs: Sequence[PhotoProof], sampling: Sampling, comparison: Comparison | None = None
) -> Check:
    rounds = fix.rework_count + fix.reopen_count
    if fix.verify_mode == TWO_PERSONS:
        return Check.TWO_PERSONS
    if fix.has_source:
        return Check.SOURCE
    if fix.verify_mode == MERCHANT_CONFIRM and fix.has_merchant and fix.rework_count < DISPUTES_MAX:
        return Check.MERCHANT
    if fix.verify_mode == ANSWERED and not (rounds or fix.has_open_sub_orders):
        return Check.ANSWER
    if fix.verify_mode != PHOTO_AUTO or rounds or fix.has_open_sub_orders:
        return Check.VERIFIER
    if comparison is not None and comparison.is_passing:
        return _check_by(comparison, fix, proofs, sampling)
    if not is_enough(fix, proofs) or _is_unchanged(comparison):
        return Check.VERIFIER
    return Check.SAMPLE if sampling.is_drawn(fix.order_id, rounds) else Check.SYSTEM


def _check_by(comparison: Comparison, fix: CompletedWork, proofs: Sequence[PhotoProof], sampling: Sampling) -> Check:
    """The reporter's own photo shows the place; two photos of one hand show it only where the arrival is proved."""
    is_there = comparison.is_reported or fix.is_arrival_proved
    if not (comparison.is_gone and is_there and is_harmless(proofs)):
        return Check.VERIFIER
    is_drawn = sampling.is_drawn(fix.order_id, 0, least=COMPARED_LEAST)
    return Check.SAMPLE if is_drawn else Check.COMPARISON


def _is_unchanged(comparison: Comparison | None) -> bool:
    """A machine that may pass nothing may still ask for a person to look."""
    return comparison is not None and comparison.reason == "unchanged"


def is_enough(fix: CompletedWork, proofs: Sequence[PhotoProof]) -> bool:
    """Whether the proof carries an order without anybody looking: there was somebody, and no photo says otherwise."""
    return fix.is_arrival_proved and is_harmless(proofs)


def is_harmless(proofs: Sequence[PhotoProof]) -> bool:
    """There are photos, and none says otherwise."""
    return bool(proofs) and all(HARMLESS.issuperset(proof.doubts) for proof in proofs)
