"""Facts about what everybody is told of a shop."""

from datetime import datetime

from shops.public.structs import KitchenVerdict
from shops.register.events import ShopFact


class KitchenLinkSet(ShopFact, frozen=True, kw_only=True):
    """The owner names where the kitchen is shown; somebody has to look at it. `subject_id`: the shop."""

    host: str


class KitchenLinkSilent(ShopFact, frozen=True, kw_only=True):
    """A link that is shown does not answer any more. `account_ids`: the owners. Said once, until it answers again."""

    host: str
    since: datetime


class KitchenLinkDecided(ShopFact, frozen=True, kw_only=True):
    """Somebody looked. `account_ids`: the people of the shop."""

    verdict: KitchenVerdict
    reason: str
