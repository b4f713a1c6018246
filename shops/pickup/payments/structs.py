"""Payments on the wire. Money in fen."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from backend.structs import Read, Write


class PaymentState(StrEnum):
    DUE = "due"
    PAID = "paid"
    VOID = "void"
    """Nothing is due any more."""


class OfflineReceipt(Write, frozen=True, kw_only=True):
    """Staff say that the money is there: by cash, by bank, with the number of the paper if there is one."""

    receipt: Annotated[str, Meta(max_length=60)] = ""


class RefundReceipt(Write, frozen=True, kw_only=True):
    """The operator says that the money went back, with the number of the paper if there is one."""

    receipt: Annotated[str, Meta(max_length=60)] = ""


class PaymentView(Read, frozen=True, kw_only=True):
    id: int
    booking_id: int | None
    filing_id: int | None
    shop_id: int
    amount_fen: int
    provider: str
    out_trade_no: str
    state: PaymentState
    code_url: str | None
    """What the payer scans or opens, while that can be paid."""
    receipt: str
    paid_at: datetime | None
    refund_fen: int
    """How much of it goes back to the shop, or went."""
    refunded_at: datetime | None
    refund_receipt: str
