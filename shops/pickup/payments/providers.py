"""By whom a shop pays. What is due, who may confirm and what was paid already is ours; a provider takes the money."""

from datetime import datetime
from typing import Protocol

import msgspec

from shops.pickup.errors import NoticeRefused


class Bill(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be paid, as a provider is told. Nothing personal."""

    out_trade_no: str
    amount_fen: int
    description: str


class PaidNotice(msgspec.Struct, frozen=True, kw_only=True):
    """What a provider says was paid, checked: who says it, when, and that it is ours. `id`: of the notice itself."""

    id: str
    out_trade_no: str
    amount_fen: int
    transaction_id: str
    paid_at: datetime


class PaymentProvider(Protocol):
    @property
    def name(self) -> str:
        """As it stands in `pickup_payment.provider`."""
        ...

    async def begin(self, bill: Bill, now: datetime) -> str | None:
        """Ask the provider for the money: what the payer's phone opens or scans, None where nothing is. Repeatable.

        Raises PaymentUnavailable: whether the provider knows of it then, `find` says.
        """
        ...

    async def find(self, out_trade_no: str) -> PaidNotice | None:
        """What the provider says of a payment by itself; None while it is not paid. Raises PaymentUnavailable."""
        ...

    def read_notice(self, headers: dict[str, str], body: bytes, now: datetime) -> PaidNotice | None:
        """Check a notice; None for one that tells of no payment. Raises NoticeRefused."""
        ...


class Offline:
    """线下: the shop pays by hand or by its bank, and staff confirm that the money is there."""

    name = "offline"

    async def begin(self, bill: Bill, now: datetime) -> str | None:
        return None

    async def find(self, out_trade_no: str) -> PaidNotice | None:
        return None

    def read_notice(self, headers: dict[str, str], body: bytes, now: datetime) -> PaidNotice | None:
        raise NoticeRefused
