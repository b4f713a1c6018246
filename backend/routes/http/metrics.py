"""Measurements for Prometheus: requests by path template (never by path), the connection pool, the log, the queue."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from backend import db, logs
from backend.jobs.structs import QueueState

_BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


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
