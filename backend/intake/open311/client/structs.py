"""The spoken language of sending on and fetching. Times in UTC."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from backend.structs import Read, Write
from backend.words import NOTE, at_most


class RequestWay(StrEnum):
    FILED = "filed"
    """Posted to us by another system."""
    FETCHED = "fetched"
    """Fetched by us from another endpoint."""
    SENT = "sent"
    """Sent on by us to another endpoint."""


class SentState(StrEnum):
    """How far a request is on its way to the other endpoint."""

    WAITING = "waiting"
    SENDING = "asking"
    """It went out, and no answer has come: before it goes out again, the other side is asked for it."""
    PENDING = "pending"
    """The other side gave a token and will give a number."""
    THERE = "there"
    REFUSED = "refused"


class PeerDraft(Write, frozen=True, kw_only=True):
    """What a town says of another endpoint. `source`: the source that it is, of the kind open311."""

    source: Annotated[str, Meta(max_length=40)]
    url: Annotated[str, Meta(pattern=r"^https?://[^?#\s]+[^/?#\s]$", max_length=200)]
    jurisdiction_id: Annotated[str, Meta(max_length=80)] = ""
    form: Annotated[str, Meta(pattern="^(xml|json)$")] = "json"
    is_fetched: bool = False
    has_updates: bool = True
    media_hosts: Annotated[list[Annotated[str, Meta(pattern="^[a-z0-9.-]{1,120}$")]], Meta(max_length=10)] = []


class Peer(Read, frozen=True, kw_only=True):
    """An endpoint with its key, for whoever speaks with it: never in an answer, a page or a log."""

    source_id: int
    url: str
    jurisdiction_id: str
    api_key: str
    form: str
    is_fetched: bool
    has_updates: bool
    media_hosts: list[str]
    fetched_until: datetime | None
    updates_until: datetime | None


class SendOn(Write, frozen=True, kw_only=True):
    """转办: `words` are those of whoever sends it on: nobody's who reported it go along."""

    peer: Annotated[str, Meta(max_length=40, description="The name of the source")]
    words: Annotated[str, at_most(NOTE, least=1)]
    service_code: Annotated[str, Meta(max_length=80, description="Theirs; left out, that of the class table")] = ""


class PeerName(Read, frozen=True, kw_only=True):
    """An endpoint to which orders can be sent on."""

    name: str
    title_zh: str
    title_en: str


class SentRequest(Read, frozen=True, kw_only=True):
    """An order that was sent on. `words`: ours. `status`, `status_words`: the last that the other side said of it.

    `reason`: its own words for why it does not take it.
    """

    title_zh: str
    title_en: str
    state: SentState
    request_no: str
    words: str
    status: str
    status_words: str
    status_at: datetime | None
    reason: str
    created_at: datetime


class SentOn(Read, frozen=True, kw_only=True):
    """`has_peers`: whether there is an endpoint for orders of this area at all."""

    requests: list[SentRequest]
    has_peers: bool


class SharedUpdate(Read, frozen=True, kw_only=True):
    """What one side said. `is_ours`: we said it to them."""

    is_ours: bool
    status: str
    words: str
    at: datetime
    is_delivered: bool


class SharedRequest(Read, frozen=True, kw_only=True):
    """An order as another system knows it."""

    way: RequestWay
    source: str
    title_zh: str
    title_en: str
    state: str
    request_no: str
    service_code: str
    words: str
    status: str
    status_words: str
    status_at: datetime | None
    reason: str
    created_at: datetime
    updates: list[SharedUpdate]
