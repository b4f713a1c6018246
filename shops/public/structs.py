"""What the public part of a shop takes and gives. Instants in UTC."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from backend import words
from backend.structs import Read, Write
from backend.words import at_most
from shops.grades.structs import Grade
from shops.inspections.structs import FindingPhoto
from shops.public.liveness import is_silent
from shops.register.structs import ShopState


class KitchenLinkState(StrEnum):
    WAITING = "waiting"
    """Nobody has looked at it yet: it is shown to nobody but the shop and whoever decides."""
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    BROKEN = "broken"
    """It was confirmed once, and leads nowhere or elsewhere now."""


class KitchenVerdict(StrEnum):
    CONFIRM = "confirm"
    REFUSE = "refuse"
    BREAK = "break"


class KitchenLink(Read, frozen=True, kw_only=True):
    """The link of a shop to its kitchen. `host`: where it leads, in ASCII, as a browser will ask for it."""

    shop_id: int
    url: str
    host: str
    state: KitchenLinkState
    set_at: datetime
    decided_at: datetime | None
    valid_until: datetime | None
    """Until then a confirmation holds: somebody is to look again."""
    reason: str
    checked_at: datetime | None
    failing_since: datetime | None
    failures: int

    @property
    def silent_since(self) -> datetime | None:
        """Since when it does not answer; None while it does, and before that is sure."""
        return self.failing_since if is_silent(self.failures) else None

    def is_shown(self, now: datetime) -> bool:
        """Whether everybody may see it."""
        return self.state is KitchenLinkState.CONFIRMED and self.valid_until is not None and now < self.valid_until


class WaitingKitchenLink(Read, frozen=True, kw_only=True):
    shop_id: int
    shop_name: str


class KitchenLinkDecision(Write, frozen=True, kw_only=True):
    """What somebody says who followed the link. `url`: the address that was looked at."""

    verdict: KitchenVerdict
    url: str
    reason: Annotated[str, at_most(words.SHOP_NOTE)] = ""


class Rectification(Read, frozen=True, kw_only=True):
    """Something that was found and put right: in the words of the check list, nobody's note, nobody's name."""

    id: int
    department: str
    words_zh: str
    words_en: str
    found_at: datetime
    fixed_at: datetime
    before: list[FindingPhoto]
    after: list[FindingPhoto]
    """Only what a person has released."""


class PublicShop(Read, frozen=True, kw_only=True):
    """A shop as everybody may know it."""

    id: int
    name: str
    address: str
    area_code: str
    state: ShopState
    grade: Grade | None
    """None where the town tells nobody, and for a shop that was never counted."""
    rectifications: list[Rectification] | None
    """None where the town publishes none."""
    kitchen: KitchenLink | None
