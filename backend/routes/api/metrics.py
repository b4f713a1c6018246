"""Measurements for Prometheus: requests by path template (never by path), the connection pool, the log, the queue."""

import asyncio
from collections.abc import Iterator
from hmac import compare_digest
from typing import Any

from litestar import Request, Response, get
from litestar.connection import ASGIConnection
from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from backend import availability, db, logs
from backend.config import Settings
from backend.errors import NotFound
from backend.jobs import queries as jobs
from backend.jobs.structs import QueueState
from backend.routes.http.current_access import NEVER_ASKED
from backend.routes.http.limits import address_of, is_loopback

_BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
_PATIENCE_S = 2.0
_TEXT = "text/plain; version=0.0.4; charset=utf-8"


class HttpMetrics:
    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "http_requests", "Answers by status.", ("method", "path", "status"), registry=self.registry
        )
        self._seconds = Histogram(
            "http_request_seconds",
            "Time to answer.",
            ("method", "path"),
            buckets=_BUCKETS_S,
            registry=self.registry,
        )
        self._known: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
        ProcessCollector(registry=self.registry)
        self.registry.register(_Pool())
        self.registry.register(_Log())
        self.queue = _Queue()
        self.registry.register(self.queue)

    def observe(self, method: str, path: str, status: int, seconds: float) -> None:
        key = (method, path, status)
        if key not in self._known:
            self._known[key] = (
                self._requests.labels(method, path, str(status)),
                self._seconds.labels(method, path),
            )
        count, duration = self._known[key]
        count.inc()
        duration.observe(seconds)


class _Pool(Collector):
    def collect(self) -> Iterator[GaugeMetricFamily]:
        pool = db.engine().pool
        gauge = GaugeMetricFamily("db_pool_connections", "Connections to PostgreSQL.", labels=["state"])
        gauge.add_metric(["idle"], pool.get_idle_size() if pool else 0)
        gauge.add_metric(["busy"], pool.get_size() - pool.get_idle_size() if pool else 0)
        yield gauge


class _Log(Collector):
    def collect(self) -> Iterator[CounterMetricFamily]:
        yield CounterMetricFamily("log_lines_dropped", "Lines of the log that nobody could read.", logs.dropped())


class _Queue(Collector):
    """The state of the last look; without one (the database is away) there is nothing to say."""

    def __init__(self) -> None:
        self.state: QueueState | None = None

    def collect(self) -> Iterator[GaugeMetricFamily]:
        if (state := self.state) is None:
            return
        jobs_by = GaugeMetricFamily("jobs", "Jobs of the queue by name and state.", labels=["name", "state"])
        oldest = GaugeMetricFamily("jobs_oldest_seconds", "Age of the oldest job that waits.", labels=["name"])
        for each in state.names:
            for what, count in (("waiting", each.waiting), ("running", each.running), ("held", each.held)):
                jobs_by.add_metric([each.name, what], count)
            oldest.add_metric([each.name], each.oldest_s)
        yield jobs_by
        yield oldest
        yield GaugeMetricFamily("jobs_held", "Jobs that failed for good and wait for an operator.", state.held)
        yield GaugeMetricFamily("workers", "Workers with a sign of life within a minute.", state.workers)


async def may_measure(connection: ASGIConnection, _handler: Any) -> None:
    """Whoever holds the token; where none is set, in a demo only, this machine. Raises NotFound for others."""
    settings: Settings = connection.app.state.settings
    if settings.metrics_token:
        said = connection.headers.get("authorization", "").encode("latin-1")
        is_known = compare_digest(said, f"Bearer {settings.metrics_token}".encode())
    else:
        is_known = settings.is_demo and is_loopback(address_of(connection))
    if not is_known:
        raise NotFound


@get("/metrics", opt=NEVER_ASKED, guards=[may_measure], operation_id="metrics", include_in_schema=False)
async def show_metrics(request: Request) -> Response[bytes]:
    metrics: HttpMetrics = request.app.state.metrics
    metrics.queue.state = await _look_at_queue()
    return Response(generate_latest(metrics.registry), media_type=_TEXT)


async def _look_at_queue() -> QueueState | None:
    """None where the database is away or does not answer in time; the question is then left to itself."""
    asked = asyncio.create_task(jobs.get_state())
    await asyncio.wait([asked], timeout=_PATIENCE_S)
    if not asked.done():
        asked.cancel()
        return None
    error = asked.exception()
    if error is not None and not availability.is_passing(error):
        raise error
    return None if error else asked.result()
