"""Facts about shops and their people, in the past tense. No name, phone or number of a licence stands in them."""

from typing import ClassVar

from backend.events.facts import Fact


class ShopFact(Fact, frozen=True, kw_only=True):
    """Base of what happens to a shop. `shop_name`: as it stands in the register.

    `acted_by_id`: who did it, where whoever is notified may be the same person.
    """

    subject: ClassVar[str] = "shop"
    shop_name: str = ""
    acted_by_id: int | None = None


class ShopRegistered(ShopFact, frozen=True, kw_only=True):
    """A shop came into the register by somebody's hand. An import says so of none: they are thousands."""


class ShopEnded(ShopFact, frozen=True, kw_only=True):
    """The business left its place: what waits for it ends. `person_ids`: the accounts of who acted for it."""

    person_ids: tuple[int, ...] = ()


class ShopStateChanged(ShopFact, frozen=True, kw_only=True):
    state: str


class ShopClaimFiled(ShopFact, frozen=True, kw_only=True):
    """Somebody says to be the owner or to help, and a person has to confirm it."""

    claim_id: int
    claimant_id: int
    role: str
    owner_id: int | None = None


class ShopClaimContested(ShopFact, frozen=True, kw_only=True):
    """Two say to own the shop: the street decides, and both are notified."""

    claim_id: int
    claimant_id: int
    owner_id: int


class ShopClaimGranted(ShopFact, frozen=True, kw_only=True):
    claim_id: int
    claimant_id: int
    role: str
    proof: str


class ShopClaimRefused(ShopFact, frozen=True, kw_only=True):
    claim_id: int
    claimant_id: int
    reason: str


class ShopHandedOver(ShopFact, frozen=True, kw_only=True):
    """The shop has another owner. `by_id`: who handed it over, or decided so."""

    former_owner_id: int
    owner_id: int
    by_id: int


class ShopPersonLeft(ShopFact, frozen=True, kw_only=True):
    """Somebody acts for the shop no more. `by_id`: who ended it, maybe that person."""

    person_id: int
    by_id: int


class ShopContactRead(ShopFact, frozen=True, kw_only=True):
    """Somebody looked up whom to call: the trace that the law asks for."""

    by_id: int
