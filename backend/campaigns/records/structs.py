"""What records take and give. Instants in UTC, distances in metres."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from backend.campaigns.forms.answers import GivenAnswers
from backend.campaigns.forms.filling import Value
from backend.geo.points import Fix
from backend.orders.model.inputs import ScannedCode, Tapped
from backend.structs import IdempotencyKey, Read


class Presence(StrEnum):
    """How far it is shown that somebody was there: as arrivals at orders are graded."""

    STRONG = "strong"
    FAIR = "fair"
    WEAK = "weak"
    AWAY = "away"
    """The position lies too far from the target."""
    NONE = "none"
    """Neither code nor position."""


class CampaignOutcome(StrEnum):
    DONE = "done"
    AGAIN = "again"
    """Such as nobody at home: the task stays open."""


class NewCampaignRecord(Tapped, frozen=True, kw_only=True):
    """A form filled in, as the phone sends it. Sending it again under its key is safe.

    `form_id`: the version that the phone had. Where it was: the code of the target's plate, a position, or nothing.
    """

    client_id: Annotated[IdempotencyKey, Meta(min_length=8, max_length=80)]
    form_id: Annotated[int, Meta(ge=1, le=2**63 - 1)]
    answers: GivenAnswers = []
    point: Fix | None = None
    code: ScannedCode | None = None
    nonce: Annotated[str, Meta(max_length=64)] | None = None


class LedTo(Read, frozen=True, kw_only=True):
    """The order that an answer led to. `is_new`: it was opened for it. Without an order `problem` says why."""

    field: str
    order_id: int | None
    number: str | None
    is_new: bool
    problem: str = ""


class FiledCampaignRecord(Read, frozen=True, kw_only=True):
    """What the phone gets: the record's number, what became of the task, and the orders."""

    id: int
    outcome: CampaignOutcome
    presence: Presence
    orders: list[LedTo]
    is_new: bool


class RecordBehindOrder(Read, frozen=True, kw_only=True):
    """A record that led to an order, as the order's page names it."""

    record_id: int
    name_zh: str
    name_en: str
    found_at: datetime


class CampaignRecordView(Read, frozen=True, kw_only=True):
    """A record as lists of the desk show it: no answer that is sealed. `has_personal`: something is sealed still."""

    id: int
    campaign_id: int
    form_id: int
    target_id: int
    task_id: int
    label: str
    kind: str
    area_code: str
    round: int
    filled_by: str
    filled_by_id: int
    captured_at: datetime
    received_at: datetime
    presence: Presence
    distance_m: float | None
    doubts: list[str]
    outcome: CampaignOutcome
    answers: dict[str, Value]
    notes: dict[str, str]
    troubles: int
    has_personal: bool
    erase_at: datetime | None


class RecordPhoto(Read, frozen=True, kw_only=True):
    """Links hold for some hours."""

    id: UUID
    thumb_url: str
    large_url: str


class CampaignRecordDetail(Read, frozen=True, kw_only=True):
    """A record with its photos and orders. `may_open`: whether the reader may open what is sealed."""

    record: CampaignRecordView
    orders: list[LedTo]
    photos: list[RecordPhoto]
    may_open: bool
