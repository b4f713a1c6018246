"""What opens an order, and what comes of it."""

from datetime import datetime
from uuid import UUID

from backend.accounts.structs import Actor
from backend.geo.points import Fix
from backend.structs import Read


class OrderSite(Read, frozen=True, kw_only=True):
    """Where it is: WGS-84, the grid cell and area, and the place when it is a known one."""

    lng: float
    lat: float
    area_code: str
    grid_code: str
    place_id: int | None = None
    label: str = ""


class Opening(Read, frozen=True, kw_only=True):
    """What a branch brings to open an order."""

    item_code: str
    scene: OrderSite
    actor: Actor | None
    """None: the system itself."""
    actor_role: str
    source_kind: str
    reporter_kinds: frozenset[str] | None
    """As what the opener may report, in the dictionary's words (`resident` …); None for the system itself."""
    description: str = ""
    captured_at: datetime | None = None
    fix: Fix | None = None
    photo_ids: list[UUID] = []
    unit_id: int | None = None
    """The unit that is to do it, where it is not for the rules to say."""
    parent_id: int | None = None
    begins_at: datetime | None = None
    """From when its limits count, where it is for later; whoever is on duty then gets it."""
    is_fresh: bool = False
    """The server had shown the page of the place's code just then."""

    @property
    def opener_id(self) -> int | None:
        return self.actor.account_id if self.actor else None


class Opened(Read, frozen=True, kw_only=True):
    order_id: int
    number: str
    step_id: int
    along_id: int | None
    """Of the row that was written along with it."""
    respond_by: datetime
    resolve_by: datetime
