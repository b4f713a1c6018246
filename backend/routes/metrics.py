"""Measurements for Prometheus: requests by path template (never by path), and the connection pool."""

from collections.abc import Iterator

from litestar import Request, Response, get
from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from backend import db, logs
from backend.routes.standing import NEVER_ASKED

_BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
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


@get("/metrics", opt=NEVER_ASKED, operation_id="metrics", include_in_schema=False)
async def show_metrics(request: Request) -> Response[bytes]:
    metrics: HttpMetrics = request.app.state.metrics
    return Response(generate_latest(metrics.registry), media_type=_TEXT)
