"""The web application: puts packages, routes and what they talk to together. Plain enough to read in one go."""

import copy
import gc
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

import uvicorn
from litestar import Litestar
from litestar.datastructures import State
from litestar.middleware import DefineMiddleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

import openapi
from backend import clock, db, logs, runtimes, serving, sign_of_life
from backend.accounts.keyring import TokenKeyring
from backend.config import Settings
from backend.events.live import LiveHub
from backend.events.waking import Waker
from backend.items import queries as items
from backend.maps.tile_cache import TileCache
from backend.maps.tile_service.service import TileService
from backend.routes import ROUTERS
from backend.routes.http import current_access, dependencies, problems
from backend.routes.http.auth import Identify
from backend.routes.http.current_access import AccessCache
from backend.routes.http.limits import RateLimiter
from backend.routes.http.metrics import HttpMetrics
from backend.routes.http.no_memory_events import NoMemoryEvents
from backend.routes.http.one_layout import OneLayoutApp
from backend.routes.http.ownership_files import in_front_of
from backend.routes.http.printed_paths import under_one_path
from backend.routes.http.readiness import Readiness
from backend.routes.http.recent_answers import RecentAnswers
from backend.routes.http.request_context import RUNTIME, WebRuntime
from backend.routes.http.request_middleware import RequestMiddleware
from backend.routes.pages.board.slow_parts import parts_at_hand
from backend.slow_clients import TimedHttp
from backend.web.views.item_options import ItemOptions
from openapi.routes import HANDLERS as REFERENCE
from qr import runtime as code_runtime

if TYPE_CHECKING:
    from media.decoder.pool import Decoder
    from push.gateways.wechat.mini_program import MiniProgram

BODY_MAX_BYTES = 1_000_000
"""Of one request; a route that takes files says its own limit."""
_SHUTDOWN_S = 3
_OWNS_POOL, _DECODER = "owns_pool", "decoder"


def create_app(
    settings: Settings, *, owns_pool: bool = True, routed: Litestar | None = None, decoder: "Decoder | None" = None
) -> Litestar:
    """Build the app. With `owns_pool` False the caller has opened the database's pool already; a `decoder` of photos
    that is handed in outlives the app.

    `routed` is what `with_routes` gave, for whoever builds many apps: it is left as it is, and what comes of it is run
    by `app.lifespan()`, since a server would run that of the first.
    """
    logs.configure()
    runtime = _runtime(settings)
    app = copy.copy(routed) if routed else with_routes()
    app.state = State({RUNTIME: runtime, _OWNS_POOL: owns_pool, _DECODER: decoder})
    app.asgi_handler = in_front_of(app.asgi_handler, settings.state_dir / "verification")
    app.asgi_handler = under_one_path(app.asgi_handler, runtimes.payload_of(settings).paths)
    app.asgi_handler = RequestMiddleware(app.asgi_handler, runtime)
    if settings.trusted_proxies:
        inner = cast(Any, app.asgi_handler)  # the two libraries spell the types of ASGI differently
        app.asgi_handler = cast(Any, ProxyHeadersMiddleware(inner, list(settings.trusted_proxies)))
    return app


def with_routes() -> Litestar:
    """The routes and nothing that any setting says: registering them takes most of the time of building an app."""
    app = OneLayoutApp(
        route_handlers=[*ROUTERS, *REFERENCE],
        dependencies=dependencies.PROVIDED,
        middleware=[DefineMiddleware(Identify)],
        exception_handlers=problems.HANDLERS,
        lifespan=[_running],
        event_emitter_backend=NoMemoryEvents,
        openapi_config=openapi.config(),
        request_max_body_size=BODY_MAX_BYTES,
        logging_config=None,
    )
    app.lay_out()
    return app


@asynccontextmanager
async def _running(app: Litestar) -> AsyncIterator[None]:
    """Everything that the app talks to, in the order in which it is opened."""
    runtime: WebRuntime = app.state[RUNTIME]
    settings = runtime.settings
    pool = [_pool_for(settings)] if app.state[_OWNS_POOL] else []
    async with AsyncExitStack() as opened:
        for each in (
            *pool,
            runtimes.photos(settings, app.state[_DECODER]),
            runtimes.wecom(settings),
            runtimes.payments(settings),
            runtimes.intake(settings),
            code_runtime.start(settings.secret, settings.code_keys, runtimes.payload_of(settings)),
            runtime.live_hub.running(),
            Waker(settings.database_url).running(),
            sign_of_life.given(),
            _closing(runtime.mini_program),
            _closing(runtime.tile_service),
        ):
            await opened.enter_async_context(each)
        yield


def _pool_for(settings: Settings) -> AbstractAsyncContextManager[None]:
    return db.pool(settings.pool_min, settings.pool_max, session=db.IMPATIENT, is_patient=True)


@asynccontextmanager
async def _closing(client: "MiniProgram | TileService | None") -> AsyncIterator[None]:
    yield
    if client is not None:
        await client.close()


def _runtime(settings: Settings) -> WebRuntime:
    standings = AccessCache(clock.now)
    return WebRuntime(
        settings=settings,
        clock=clock.now,
        keys=TokenKeyring(settings.secret),
        standings=standings,
        limits=RateLimiter(),
        quotas=runtimes.quotas_of(settings),
        sampling=runtimes.sampling(settings),
        offers=ItemOptions(items.list_items),
        readiness=_readiness(settings),
        metrics=HttpMetrics(),
        live_hub=LiveHub(settings.database_url, {current_access.CHANNEL: standings.on_change}),
        personal_seal=runtimes.personal_seal(settings),
        identity_seal=runtimes.identity_seal(settings),
        sensor_pushes=runtimes.sensor_pushes(settings),
        base_tiles=TileCache(),
        counted_tiles=RecentAnswers(timedelta(seconds=5), most=2000),
        wall_parts=parts_at_hand(),
        mini_program=runtimes.mini_program(settings),
        tile_service=runtimes.tile_service(settings),
    )


def _readiness(settings: Settings) -> Readiness:
    has_broker = runtimes.broker(settings) is not None
    return Readiness(settings.database_url, settings.media_dir, settings.disk_min_bytes, has_broker=has_broker)


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
    serving.serve(config, app.state[RUNTIME].live_hub)
