"""What stands between us and a vendor: one Protocol, what goes in, and what may come of it."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol

import msgspec

from push.channels import Channel
from push.structs import Details


class Outgoing(msgspec.Struct, frozen=True, kw_only=True):
    """A message as a gateway sends it: to one address, in words and in parts.

    `address` is an openid, a userid, a device's token or a phone number. It is personal data and never reaches a log.
    """

    delivery_id: int
    """The same at every attempt: what a vendor's idempotency key is made of."""
    message_id: int
    address: str
    address_kind: str = ""
    """FCM: token or fid. Apps: see `platform`."""
    platform: str = ""
    language: str = "zh"
    kind: str
    """The name of the fact."""
    recipient: str = ""
    """As what the person gets it: a Recipient."""
    title: str
    body: str
    """In the language of the address."""
    url: str
    """The page that it leads to, https, of this instance."""
    order_id: int | None
    details: Details
    is_urgent: bool
    count: int = 1
    """How many messages it stands for."""
    attempt: int = 1
    """Which attempt this is, counted from 1: an error that nobody has heard of is taken for a passing one once."""
    resent_at: datetime | None = None
    """UTC: when somebody asked for it to be sent once more. It is meant to be shown again, under the same id."""
    expires_at: datetime
    """UTC: later than that nobody wants it any more."""


class Outcome(StrEnum):
    """What came of an attempt. Each says what happens next."""

    SENT = "sent"
    """The vendor took it."""
    LATER = "later"
    """The vendor did not take it and may the next time: tried again, slower each time."""
    UNKNOWN = "unknown"
    """It may have been taken: the answer did not come, or could not be read. Repeated only where `repeats_safely`."""
    REFUSED = "refused"
    """This message will never be taken: the next way."""
    UNREACHABLE = "unreachable"
    """The address is dead: the device is forgotten; the next way."""
    NO_CREDIT = "no_credit"
    """The person has not agreed to another message there: the next way; the address stays."""
    BROKEN = "broken"
    """Our credentials or settings are wrong: the channel rests, with one alarm; nothing is charged to the message."""


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """`vendor_id`: under which the vendor knows it. `code`, `detail`: the vendor's own words, without personal data."""

    outcome: Outcome
    vendor_id: str = ""
    code: str = ""
    detail: str = ""
    retry_after_s: float | None = None


class Gateway(Protocol):
    """A vendor's service. `repeats_safely`: an attempt under the same delivery id shows a person nothing twice."""

    channel: Channel
    repeats_safely: bool
    batch_max: int

    async def send(self, batch: Sequence[Outgoing]) -> list[Result]:
        """Send each of these. Returns a result for each, in the same order. Raises nothing for what a vendor does."""
        ...

    async def close(self) -> None:
        """Give connections back."""
        ...
