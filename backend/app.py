"""The web door: puts rooms, routes and the outside world together. Plain enough to read in one go."""

import gc
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, cast

import uvicorn
from litestar import Litestar
from litestar.datastructures import State
from litestar.middleware import DefineMiddleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

import openapi
from backend import db, logs, rooms, serving, sign_of_life
from backend.accounts.tokens import Keyring
from backend.config import Settings
from backend.events.live import LiveHub
from backend.items import queries as items
from backend.routes import ROUTERS, deps, problems, standing
from backend.routes.auth import Identify
from backend.routes.doorway import Doorway
from backend.routes.limits import Limits
from backend.routes.metrics import HttpMetrics
from backend.routes.mute import Mute
from backend.routes.printed_paths import under_one_path
from backend.routes.readiness import Readiness
from backend.routes.standing import Standings
from backend.routes.verification_files import in_front_of
from backend.slow_clients import TimedHttp
from backend.web.offers import Offers
from openapi.routes import HANDLERS as REFERENCE
from qr import room as code_room

BODY_MAX_BYTES = 1_000_000
"""Of one request; a route that takes files says its own limit."""
_SHUTDOWN_S = 3


def create_app(settings: Settings, *, owns_pool: bool = True) -> Litestar:
    """Build the app. With `owns_pool` False the caller has opened the database's pool already."""
    logs.configure()
    keys, metrics, standings = Keyring(settings.secret), HttpMetrics(), Standings()
    live_hub = LiveHub(settings.database_url, {standing.CHANNEL: standings.heard})
    pool = [_pool_for(settings)] if owns_pool else []
    app = Litestar(
        route_handlers=[*ROUTERS, *REFERENCE],
        dependencies=deps.PROVIDED,
        middleware=[DefineMiddleware(Identify, keys=keys, standings=standings, base_url=settings.base_url)],
        exception_handlers=problems.HANDLERS,
        lifespan=[
            *pool,
            lambda _: rooms.photos(settings),
            lambda _: code_room.opened(settings.secret, settings.code_keys, rooms.payload_of(settings)),
            lambda _: live_hub.running(),
            lambda _: sign_of_life.given(),
        ],
        state=State(
            {
                **_common_state(settings),
                "keyring": keys,
                "standings": standings,
                "metrics": metrics,
                "live_hub": live_hub,
            }
        ),
        event_emitter_backend=Mute,
        openapi_config=openapi.config(),
        request_max_body_size=BODY_MAX_BYTES,
        logging_config=None,
    )
    app.asgi_handler = in_front_of(app.asgi_handler, settings.state_dir / "verification")
    app.asgi_handler = under_one_path(app.asgi_handler, rooms.payload_of(settings).paths)
    app.asgi_handler = Doorway(app.asgi_handler, metrics, is_https=settings.is_https)
    if settings.trusted_proxies:
        inner = cast(Any, app.asgi_handler)  # the two libraries spell the types of ASGI differently
        app.asgi_handler = cast(Any, ProxyHeadersMiddleware(inner, list(settings.trusted_proxies)))
    return app


def _pool_for(settings: Settings) -> Callable[[Litestar], AbstractAsyncContextManager[None]]:
    return lambda _: db.pool(settings.pool_min, settings.pool_max, session=db.IMPATIENT, is_patient=True)


def _common_state(settings: Settings) -> dict[str, Any]:
    """What handlers ask the app for and nothing here needs."""
    return {
        "settings": settings,
        "sampling": rooms.sampling(settings),
        "limits": Limits(),
        "quotas": rooms.quotas_of(settings),
        "readiness": Readiness(settings.database_url, settings.media_dir, settings.disk_min_bytes),
        "offers": Offers(items.list_items),
    }


def run(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT; open streams are given a moment to end."""
    app = create_app(settings)
    gc.freeze()  # what was built now lives as long as the process; the collector need not walk it again and again
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http=TimedHttp,
        access_log=False,
        log_config=None,
        proxy_headers=False,  # the app has the same middleware, so that its tests go through it
        server_header=False,
        timeout_graceful_shutdown=_SHUTDOWN_S,
    )
    serving.serve(config, app.state.live_hub)
