"""The index of an area and the week of a road: their formulas, and when they say nothing."""

import pytest

from backend.evaluation.matters import CLASSES, OF_DIMENSION
from backend.evaluation.settings import SHIPPED
from backend.evaluation.structs import LEAST_N, Dimension, IndexPart
from backend.evaluation.town_index import points_of
from backend.evaluation.weekly.roads import road_week
from backend.indicators.queries import narrowed_to
from backend.indicators.registry.shipped import shipped


def parts(*values: float, n: int = 400) -> list[IndexPart]:
    named = zip(SHIPPED.weights.items(), values, strict=True)
    return [IndexPart(code=code, weight=weight, value=value, n=n) for (code, weight), value in named]


def test_the_points_are_the_weighted_shares() -> None:
    points, half = points_of(parts(0.9, 0.8, 0.5))

    assert points == pytest.approx(100 * (0.5 * 0.9 + 0.3 * 0.8 + 0.2 * 0.5))
    assert half is not None
    assert 1 < half < 3


def test_all_right_is_a_hundred_and_nothing_right_is_nought() -> None:
    assert points_of(parts(1, 1, 1))[0] == pytest.approx(100)
    assert points_of(parts(0, 0, 0))[0] == 0


@pytest.mark.parametrize(
    "few",
    [
        parts(0.9, 0.9, 0.9, n=LEAST_N - 1),
        [*parts(0.9, 0.9, 0.9)[:2], IndexPart(code="resident_share", weight=20, value=None, n=0)],
    ],
)
def test_a_part_of_too_few_cases_leaves_no_points(few: list[IndexPart]) -> None:
    assert points_of(few) == (None, None)


def test_every_class_of_what_is_reported_counts_in_one_dimension_and_its_indicators_ship() -> None:
    assert sorted(code for classes in OF_DIMENSION.values() for code in classes) == sorted(CLASSES)
    assert set(OF_DIMENSION) == set(Dimension)
    assert sum(SHIPPED.weights.values()) == 100
    assert {f"{name}.{each.lower()}" for name in (*SHIPPED.weights, "reports") for each in CLASSES} <= shipped().keys()


def test_a_part_without_weight_needs_no_cases() -> None:
    points, _ = points_of([*parts(0.9, 0.8, 0.5)[:2], IndexPart(code="resident_share", weight=0, value=None, n=0)])

    assert points == pytest.approx(50 * 0.9 + 30 * 0.8)


@pytest.mark.parametrize("code", [*SHIPPED.weights, "reports", "arrival_on_time_rate"])
def test_a_definition_narrowed_to_a_class_is_the_slice_that_ships(code: str) -> None:
    for each in CLASSES:
        made, ships = narrowed_to(shipped()[code], each), shipped()[f"{code}.{each.lower()}"]
        assert (made.code, made.numerator, made.denominator) == (ships.code, ships.numerator, ships.denominator)


@pytest.mark.parametrize(
    ("reported", "before", "is_more", "is_less"),
    [(9, 16, False, False), (20, 16, True, False), (2, 80, False, True), (0, 0, False, False), (5, 0, True, False)],
)
def test_a_week_is_marked_only_where_it_is_more_than_chance(
    reported: int, before: int, is_more: bool, is_less: bool
) -> None:
    week = road_week("莲安东路", {"reports": reported, "reports.a1": reported}, before)

    assert (week.is_more, week.is_less) == (is_more, is_less)
    assert week.usual == before / 4
