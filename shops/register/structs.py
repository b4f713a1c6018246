"""What the register gives to the other parts of shops, to messages and to routes. Times in UTC."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from backend import words
from backend.structs import Read, Write
from backend.words import at_most
from shops.register.trades import TradeClass

PHONE_CHARS, LICENCE_CHARS = 30, 40
SIZE_MAX_M2, SEATS_MAX = 200_000, 10_000
Words = Annotated[str, at_most(words.SHOP_NOTE)]


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


class ClaimState(StrEnum):
    """Where a claim stands: open, contested and withdrawn are its own; a decision ends it."""

    OPEN = "open"
    """It waits for whoever keeps the register, or for the owner."""
    CONTESTED = "contested"
    """The shop has an owner already: it waits for the street."""
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


WAITING = (ClaimState.OPEN, ClaimState.CONTESTED)


class ClaimProof(StrEnum):
    """What a granted claim rests on: the number of the licence, or somebody's word."""

    LICENCE = "licence"
    INSPECTOR = "inspector"
    STREET = "street"
    OWNER = "owner"


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
    trade_class: TradeClass | None
    """The letter of a section of GB/T 4754."""
    size_m2: int | None
    seats: int | None
    state: ShopState
    opened_on: date | None
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


class ShopListed(Shop, frozen=True, kw_only=True):
    """A shop in the list of the register."""

    has_owner: bool
    waiting_claims: int


class ShopFilter(Write, frozen=True, kw_only=True):
    """What a list of the register is narrowed to."""

    text: Annotated[str, Meta(max_length=100)] = ""
    """A part of the shop's name or of its place's, or the beginning of a credit code."""
    area: str = ""
    state: ShopState | None = None
    trade_class: TradeClass | None = None
    has_owner: bool | None = None
    has_claims: bool = False
    """With claims that wait."""
    is_warned: bool = False
    """With an odd credit code, or none."""


class PersonOfShop(Read, frozen=True, kw_only=True):
    """Somebody who acts, or acted, for a shop; name and phone as the reader may know them."""

    account_id: int
    role: ShopRole
    name: str
    phone: str
    since: datetime
    until: datetime | None


class ClaimOfShop(Read, frozen=True, kw_only=True):
    """A claim of a shop; name and phone as the reader may know them."""

    id: int
    account_id: int
    role: ShopRole
    state: ClaimState
    licence: str
    """As it was typed, in plain form."""
    is_registered: bool
    """Whether it is the number of the register."""
    name: str
    phone: str
    asked_at: datetime
    decided_at: datetime | None
    proof: ClaimProof | None
    reason: str


class OwnClaim(Read, frozen=True, kw_only=True):
    """A claim as whoever made it sees it."""

    id: int
    shop_id: int
    shop_name: str
    role: ShopRole
    state: ClaimState
    reason: str
    asked_at: datetime
    decided_at: datetime | None


class StateNote(Read, frozen=True, kw_only=True):
    """A change of state in a shop's history."""

    state: ShopState
    changed_at: datetime
    note: str


class ShopDetail(Shop, frozen=True, kw_only=True):
    """A shop with its people and history, as its reader may know them."""

    responsible_name: str
    """The person in charge as the register names them; empty for helpers."""
    responsible_phone: str
    people: list[PersonOfShop]
    """Owners first; those who act no more for staff alone."""
    claims: list[ClaimOfShop]
    """Those that wait, for whoever may decide one; for staff the last decided ones, too."""
    states: list[StateNote]
    """The latest first."""


class ShopClaimDraft(Write, frozen=True, kw_only=True):
    """Somebody says to be the owner of a shop, or to work there."""

    role: ShopRole = ShopRole.OWNER
    licence: Annotated[
        str, Meta(max_length=LICENCE_CHARS, description="统一社会信用代码; without it the inspector confirms")
    ] = ""
    name: Annotated[str, at_most(words.PERSON_NAME, least=1, about="The claimant's real name; stored sealed")]
    phone: Annotated[str, Meta(min_length=5, max_length=PHONE_CHARS, description="Stored sealed")]


class ShopClaimReceipt(Read, frozen=True, kw_only=True):
    """What became of a claim at once."""

    id: int
    shop_id: int
    role: ShopRole
    state: ClaimState


class ClaimDecision(Write, frozen=True, kw_only=True):
    """The word on a claim that waits. A refusal says why."""

    is_granted: bool
    reason: Words = ""


class ShopEntry(Write, frozen=True, kw_only=True):
    """A shop as staff write it into the register. Empty texts are what is not known."""

    name: Annotated[str, at_most(words.SHOP_NAME, least=1)]
    uscc: Annotated[str, Meta(max_length=LICENCE_CHARS, description="统一社会信用代码, in any width and case")] = ""
    trade_class: TradeClass | None = None
    size_m2: Annotated[int, Meta(ge=1, le=SIZE_MAX_M2)] | None = None
    seats: Annotated[int, Meta(ge=0, le=SEATS_MAX)] | None = None
    state: ShopState = ShopState.OPEN
    opened_on: date | None = None
    responsible_name: Annotated[str, at_most(words.PERSON_NAME, about="Stored sealed")] = ""
    responsible_phone: Annotated[str, Meta(max_length=PHONE_CHARS, description="Stored sealed")] = ""


class StateChange(Write, frozen=True, kw_only=True):
    """Whether a shop trades from now on, and why."""

    state: ShopState
    note: Words = ""
