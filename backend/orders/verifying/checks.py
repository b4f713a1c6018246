"""Who looks at a fix, and whether the system may pass it by itself. Pure; the draw is a keyed hash, so it is no chance.

Easy items (`photo_auto`) are passed by the system where the proof holds, all but a sample. Whatever was sent back,
reopened or doubted is looked at by a person, and so is a case whose source has the last word, before it is told.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from backend.orders.model.checks import TWO_PERSONS, Check
from backend.orders.verifying.proof import HARMLESS, PhotoProof

PHOTO_AUTO = "photo_auto"
MERCHANT_CONFIRM = "merchant_confirm"
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

    def is_drawn(self, order_id: int, round_nr: int) -> bool:
        """The same answer whenever it is asked; nobody without the key can tell it beforehand."""
        digest = hmac.digest(self.key, f"{order_id}/{round_nr}".encode(), hashlib.sha256)
        return int.from_bytes(digest[:8]) % 100 < self.percent


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


def check_of(fix: CompletedWork, proofs: Sequence[PhotoProof], sampling: Sampling) -> Check:
    rounds = fix.rework_count + fix.reopen_count
    if fix.verify_mode == TWO_PERSONS:
        return Check.TWO_PERSONS
    if fix.has_source:
        return Check.SOURCE
    if fix.verify_mode == MERCHANT_CONFIRM and fix.has_merchant and fix.rework_count < DISPUTES_MAX:
        return Check.MERCHANT
    if fix.verify_mode != PHOTO_AUTO or rounds or fix.has_open_sub_orders or not is_enough(fix, proofs):
        return Check.VERIFIER
    return Check.SAMPLE if sampling.is_drawn(fix.order_id, rounds) else Check.SYSTEM


def is_enough(fix: CompletedWork, proofs: Sequence[PhotoProof]) -> bool:
    """Whether the proof carries an order without anybody looking: there was somebody, and no photo says otherwise."""
    return bool(proofs) and fix.is_arrival_proved and all(HARMLESS.issuperset(proof.doubts) for proof in proofs)
