"""双报备 on the wire."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from backend.structs import Read, Write
from backend.words import at_most
from shops.pickup.kinds import AMOUNT_MOST, AmountUnit
from shops.pickup.tables import WORDS_CHARS

COMMITMENT = "2026-1"
"""The version of the commitment that is signed; its text stands in the catalogue of words."""


class FilingState(StrEnum):
    FILED = "filed"
    AGREED = "agreed"
    """Property company and committee have agreed."""
    REFUSED = "refused"
    ENDED = "ended"
    """By the shop: nothing more is fetched for it."""


class FilingParty(StrEnum):
    """Who has to agree: 物业 and 居委. Where no property company answers, the committee speaks for both."""

    PROPERTY = "property"
    COMMITTEE = "committee"


class FilingInput(Write, frozen=True, kw_only=True):
    works: Annotated[str, at_most(WORDS_CHARS, least=1, about="What is built")]
    amount: Annotated[int, Meta(ge=1, le=AMOUNT_MOST)]
    unit: AmountUnit = AmountUnit.M3
    from_on: date
    until_on: date
    commitment: Annotated[
        str, Meta(max_length=20, description="The version of the commitment that was read and signed")
    ] = ""


class FilingDecision(Write, frozen=True, kw_only=True):
    party: FilingParty
    is_agreed: bool
    reason: Annotated[str, at_most(WORDS_CHARS)] = ""


class FilingView(Read, frozen=True, kw_only=True):
    id: int
    shop_id: int
    works: str
    amount: int
    left: int
    """How much of it is not booked yet."""
    unit: AmountUnit
    from_on: date
    until_on: date
    commitment: str
    signed_at: datetime
    state: FilingState
    has_property_agreed: bool
    has_committee_agreed: bool
    reason: str
    fee_fen: int
    is_fee_paid: bool
    refund_fen: int
    """How much of the fee goes back, of a filing that has ended before all was fetched."""
    is_refunded: bool

    @property
    def missing(self) -> list[str]:
        """What still keeps it from being booked."""
        steps = {
            "property": self.has_property_agreed,
            "committee": self.has_committee_agreed,
            "fee": self.is_fee_paid or self.fee_fen == 0,
        }
        return [step for step, is_done in steps.items() if not is_done]
