"""What a handler knows beside what was sent: who asks, at which instant, and the objects that this process holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from litestar import Request

from backend.accounts.keyring import TokenKeyring
from backend.accounts.structs import Actor
from backend.config import Settings
from backend.errors import Unauthorised
from backend.events.live import LiveHub
from backend.intake.sensors.pushes.setup import PushSetup
from backend.maps.tile_cache import TileCache
from backend.maps.tile_service.service import TileService
from backend.orders.verifying.checks import Sampling
from backend.privacy.seals import Seal
from backend.quotas.rules import Quota
from backend.routes.http.current_access import AccessCache
from backend.routes.http.limits import RateLimiter
from backend.routes.http.metrics import HttpMetrics
from backend.routes.http.readiness import Readiness
from backend.routes.http.recent_answers import RecentAnswers
from backend.web.views.item_options import ItemOptions

if TYPE_CHECKING:
    from push.gateways.wechat.mini_program import MiniProgram

RUNTIME = "runtime"
"""Under which `backend.app` leaves the WebRuntime in the app's state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebRuntime:
    """Built once by `backend.app`: one of each for as long as the process lives."""

    settings: Settings
    clock: Callable[[], datetime]
    """The present instant, for what outlives one answer; a handler takes `RequestContext.now`."""
    keys: TokenKeyring
    standings: AccessCache
    limits: RateLimiter
    quotas: Mapping[str, Quota]
    sampling: Sampling
    offers: ItemOptions
    readiness: Readiness
    metrics: HttpMetrics
    live_hub: LiveHub
    personal_seal: Seal
    """For names, numbers and phones of people who work with us."""
    identity_seal: Seal
    """For whoever complained about a shop."""
    sensor_pushes: PushSetup
    base_tiles: TileCache
    """The ground that was drawn lately."""
    counted_tiles: RecentAnswers[bytes]
    """Tiles of orders from afar, by whom they are for."""
    wall_parts: RecentAnswers[Any]
    """What changes slowly on the wall, by area."""
    mini_program: "MiniProgram | None" = None
    """WeChat, where it is set up."""
    tile_service: TileService | None = None
    """The town's own map beneath ours, where one is named."""


class RequestContext:
    """One request. Not a dataclass: it is made for each of thousands of requests a second."""

    __slots__ = ("_now", "request", "runtime")

    def __init__(self, request: Request[Any, Any, Any], runtime: WebRuntime) -> None:
        self.request = request
        self.runtime = runtime
        self._now: datetime | None = None

    @property
    def now(self) -> datetime:
        """The instant of this request: read when first asked for, so after a body that came slowly, and the same on."""
        if self._now is None:
            self._now = self.runtime.clock()
        return self._now

    @property
    def settings(self) -> Settings:
        return self.runtime.settings

    @property
    def actor(self) -> Actor:
        """Who asks. Raises Unauthorised where nobody has signed in."""
        actor = self.visitor
        if actor is None:
            raise Unauthorised
        return actor

    @property
    def visitor(self) -> Actor | None:
        """Who asks, or None for somebody without a session."""
        return self.request.scope["user"]
