"""The sliding counter that slows down knocking."""

import pytest

from backend.errors import TooMany
from backend.routes.http import limits
from backend.routes.http.limits import RateLimit


@pytest.fixture
def at(monkeypatch):
    seconds = [1000.0]
    monkeypatch.setattr(limits, "monotonic", lambda: seconds[0])

    def set_time(value):
        seconds[0] = value

    return set_time


def test_the_next_one_after_the_most_is_too_many(at):
    at(1200)
    limit = RateLimit(3, 60)
    for _ in range(3):
        limit.take("a")

    with pytest.raises(TooMany) as stopped:
        limit.take("a")

    assert stopped.value.extra == {"retry_after_s": 60}
    limit.take("b")


def test_hits_fade_over_the_following_window(at):
    at(1200)
    limit = RateLimit(4, 60)
    for _ in range(4):
        limit.take("a")

    at(1200 + 60)
    with pytest.raises(TooMany):
        limit.take("a")
    at(1200 + 60 + 30)
    limit.take("a")
    limit.take("a")
    with pytest.raises(TooMany):
        limit.take("a")


def test_after_two_windows_all_is_forgotten(at):
    at(1200)
    limit = RateLimit(1, 60)
    limit.take("a")

    at(1200 + 120)

    limit.take("a")


def test_forgotten_keys_do_not_fill_the_memory(at, monkeypatch):
    monkeypatch.setattr(limits, "_KEYS_MOST", 10)
    limit = RateLimit(5, 60)
    for minute in range(100):
        at(1200 + 60 * minute)
        limit.take(f"key {minute}")

    assert len(limit._hits) <= 11
