"""What the register gives to the other parts of shops, to messages and to routes. Times in UTC."""

from datetime import datetime
from enum import StrEnum

from backend.structs import Read


class ShopState(StrEnum):
    """经营状态: 营业, 歇业, 装修, 空置."""

    OPEN = "open"
    CLOSED = "closed"
    RENOVATING = "renovating"
    VACANT = "vacant"


class ShopRole(StrEnum):
    """店主 or 店员: one owner at a time, who lets others in; both act for the shop."""

    OWNER = "owner"
    STAFF = "staff"


class LicenceWarning(StrEnum):
    """What is odd about a credit code and refuses nothing."""

    NONE = ""
    DIVISION_UNKNOWN = "division_unknown"
    """It was issued in no province that there is."""
    REGISTERED_ELSEWHERE = "registered_elsewhere"
    """It was issued in another district than that in which the shop lies."""


class Shop(Read, frozen=True, kw_only=True):
    """A shop as the other parts need it, without people. `area_code`: of its place, up to the committee."""

    id: int
    place_id: int
    name: str
    address: str
    area_code: str
    uscc: str | None
    """The unified social credit code in plain form."""
    uscc_warning: LicenceWarning
    trade_class: str | None
    """The letter of a section of GB/T 4754."""
    size_m2: int | None
    seats: int | None
    state: ShopState
    ended_at: datetime | None
    """None while it is the shop of its place."""


class ShopHeld(Shop, frozen=True, kw_only=True):
    """A shop for which somebody acts, and as what."""

    role: ShopRole


class ShopHolder(Read, frozen=True, kw_only=True):
    """Somebody who acts, or acted, for a shop. No name: that is sealed."""

    account_id: int
    role: ShopRole
    since: datetime
    until: datetime | None
