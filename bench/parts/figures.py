"""Figures and how they are told: percentiles of latencies, rates, CPU per report, and the ratio to the limit."""

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from bench.parts.cpu import Spent

_HEAD = f"{'':26}{'per s':>8}{'p50 ms':>8}{'p95 ms':>8}{'p99 ms':>8}   CPU ms per report: web  postgres  worker  client"


class Round(NamedTuple):
    """One measurement. `kind` says of what."""

    kind: str
    latencies_s: list[float]
    took_s: float
    cpu: Spent

    @property
    def per_s(self) -> float:
        return len(self.latencies_s) / self.took_s

    def percentile_ms(self, share: float) -> float:
        return percentile_ms(self.latencies_s, share)

    def told(self) -> str:
        """One line of the table."""
        times = "".join(f"{self.percentile_ms(share):8.1f}" for share in (0.50, 0.95, 0.99))
        spent = (self.cpu.web_s, self.cpu.postgres_s, self.cpu.worker_s, self.cpu.client_s)
        cpu = "".join(f"{seconds / len(self.latencies_s) * 1000:9.2f}" for seconds in spent)
        return f"{self.kind:26}{self.per_s:8.0f}{times}{'':15}{cpu}"


def percentile_ms(latencies_s: Sequence[float], share: float) -> float:
    """The latency that this share of them does not exceed, in milliseconds."""
    ordered = sorted(latencies_s)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000


def print_head() -> None:
    print(_HEAD, flush=True)


def print_ratios(rounds: list[Round], kind: str, limit: str) -> float:
    """Print product ÷ limit, round by round, and return the median."""
    pairs = zip(
        (each for each in rounds if each.kind == kind), (each for each in rounds if each.kind == limit), strict=True
    )
    ratios = [product.per_s / most.per_s for product, most in pairs]
    said = "  ".join(f"{ratio:.2f}" for ratio in ratios)
    print(f"ratio {kind} ÷ {limit}: {said}   median {median(ratios):.2f}", flush=True)
    return median(ratios)
