"""What policies take and give. Days are of Shanghai, instants UTC."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from backend.geo.area_codes import BEGINNING
from backend.structs import Read, Write
from backend.words import POLICY_BODY, at_most
from shops.grades.structs import Grade

Trade = Annotated[str, Meta(pattern="^[A-T]$", description="A section of GB/T 4754")]
SizeM2 = Annotated[int, Meta(ge=0, le=200_000)]


class PolicyState(StrEnum):
    DRAFT = "draft"
    SENT = "sent"
    WITHDRAWN = "withdrawn"


class PolicyDraft(Write, frozen=True, kw_only=True):
    """Its words, its days, and for which shops it is: a rule left out means every shop of the area."""

    area_code: Annotated[str, Meta(pattern=f"^{BEGINNING}$", max_length=12)]
    title: Annotated[str, Meta(min_length=1, max_length=100)]
    body: Annotated[str, at_most(POLICY_BODY, 1)]
    starts_on: date
    ends_on: date | None = None
    trades: Annotated[list[Trade], Meta(max_length=20)] = []
    grades: Annotated[list[Grade], Meta(max_length=3)] = []
    size_from_m2: SizeM2 | None = None
    size_until_m2: SizeM2 | None = None


class Preview(Read, frozen=True, kw_only=True):
    """Who would get it now: how many shops fit, how many of them have people, and some of their names."""

    shops: int
    reached: int
    people: int
    names: list[str]


class PolicyView(Read, frozen=True, kw_only=True):
    """A policy as staff see it, with what became of it."""

    id: int
    area_code: str
    title: str
    body: str
    starts_on: date
    ends_on: date | None
    trades: list[str]
    grades: list[str]
    size_from_m2: int | None
    size_until_m2: int | None
    state: PolicyState
    made_at: datetime
    sent_at: datetime | None
    people: int
    """Who got it; somebody of two shops is one."""
    shops: int
    read: int
    """How many of the people."""
    applied: int
    """How many of the shops: two helpers of one are one application."""
    questions: int
    """Questions, each an order."""


class ReceivedPolicy(Read, frozen=True, kw_only=True):
    """A policy as somebody of a shop has it."""

    id: int
    shop_id: int
    shop: str
    title: str
    body: str
    starts_on: date
    ends_on: date | None
    sent_at: datetime
    read_at: datetime | None
    applied_at: datetime | None
    shop_applied: bool
    """Whether anybody of the shop has said that it applies."""
    is_withdrawn: bool
