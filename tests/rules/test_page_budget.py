"""The measurement of pages ends badly where the page behind a code costs more than it may."""

import pytest

from bench import pages
from bench.parts.page_cost import PageCost
from bench.parts.stage import BenchFailed


def test_a_page_within_its_budget_is_let_pass() -> None:
    pages.hold(PageCost(requests=5, bytes=15 * 1024, first_paint_ms=1600.0))


@pytest.mark.parametrize(
    ("cost", "named"),
    [
        (PageCost(6, 9_000, 900.0), "requests 6 of 5"),
        (PageCost(4, 15_361, 900.0), "bytes 15361 of 15360"),
        (PageCost(4, 9_000, 1_700.0), "first_paint_ms 1700 of 1600"),
    ],
)
def test_what_is_over_is_named(cost: PageCost, named: str) -> None:
    with pytest.raises(BenchFailed, match=named):
        pages.hold(cost)


def test_an_apps_page_that_costs_too_much_from_the_second_time_on_is_named() -> None:
    assert pages.over_budget("handler", PageCost(3, 8_000, 900.0)) == []
    assert pages.over_budget("handler", PageCost(7, 12_289, 900.0)) == [
        "handler: requests 7 of 6",
        "handler: bytes 12289 of 12288",
    ]
