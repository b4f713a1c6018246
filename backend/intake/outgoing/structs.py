"""What webhooks out take and give. Times in UTC."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from backend.structs import Read, Write

URL_MOST = 500


class DeliveryState(StrEnum):
    WAITING = "waiting"
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"


class EndpointDraft(Write, frozen=True, kw_only=True):
    url: Annotated[str, Meta(min_length=8, max_length=URL_MOST, description="https://host/path")]


class EndpointView(Read, frozen=True, kw_only=True):
    """`backlog`: how many events wait; `stopped_for`: why nothing is sent any more."""

    url: str
    is_on: bool
    stopped_for: str
    failures: int
    next_at: datetime | None
    backlog: int
    given_up: int
    last_delivered_at: datetime | None


class NewEndpoint(Read, frozen=True, kw_only=True):
    """`secret` is shown this once; where the endpoint was there with another one, that one signs too for a day."""

    endpoint: EndpointView
    secret: str
