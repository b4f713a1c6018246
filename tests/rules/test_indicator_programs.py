"""Which sums indicators ask for, and the figures that they make of them."""

import pytest

from backend.indicators.expressions.nodes import readings_of, reads_percentile
from backend.indicators.expressions.parser import parse
from backend.indicators.measures import MEASURES
from backend.indicators.reading.program import Program
from backend.indicators.registry.shipped import shipped
from backend.indicators.structs import Direction, Indicator, IndicatorUnit


def indicator(numerator: str, denominator: str | None = None) -> Indicator:
    return Indicator(
        code="own",
        version=1,
        name_zh="自定",
        name_en="Own",
        numerator=numerator,
        denominator=denominator,
        unit=IndicatorUnit.SHARE if denominator else IndicatorUnit.COUNT,
        direction=Direction.HIGHER,
    )


WHOLE = (frozenset(), ())
OF_A1 = (frozenset({("item", 2)}), ("A1",))
URGENT = (frozenset({("priority", 0)}), ("P1",))


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        ("closed", None, (30.0, None, 30.0, 30)),
        ("closed", "due", (30.0, 40.0, 0.75, 40)),
        ("closed[item=A1]", "due", (3.0, 40.0, 0.075, 40)),
        ("closed[item=A1] + closed[priority=P1]", "10", (8.0, 10.0, 0.8, 10)),
        ("closed", "rated", (30.0, 0.0, None, 0)),
        ("closed / rated", None, (0.0, None, None, 0)),
        ("closed", "due - 2 * due", (30.0, -40.0, -0.75, 0)),
        ("closed" + " * 999999999999" * 32, "due", None),
    ],
)
def test_a_figure_says_both_sides_its_value_and_its_n(numerator, denominator, expected):
    program = Program([indicator(numerator, denominator)])
    known = {WHOLE: {"closed": 30, "due": 40}, OF_A1: {"closed": 3, "due": None}, URGENT: {"closed": 5}}
    sums = {key: [row.get(code) for code in program.measures] for key, row in known.items()}

    (figure,) = program.figures("310115105001", sums)

    if expected is None:
        assert figure.value is None
    else:
        assert (figure.numerator, figure.denominator, figure.value, figure.n) == expected


@pytest.mark.parametrize(
    ("numerator", "denominator"),
    [
        ("closed" + " * 999999999999" * 2, None),
        ("closed", "due" + " * 999999999999" * 2),
        ("closed" + " * 999999999999" * 26, "due"),
    ],
)
def test_no_figure_is_larger_than_readers_of_json_hold(numerator, denominator):
    program = Program([indicator(numerator, denominator)])
    sums = {WHOLE: [10 for _ in program.measures]}

    (figure,) = program.figures("310115105001", sums)

    said = (figure.numerator, figure.denominator or 0.0, figure.value or 0.0, figure.n)
    assert all(each <= 2**53 for each in said), said


def test_an_indicator_names_what_it_sums_and_how_that_is_grouped():
    program = Program([indicator("closed[item=A1]", "due[priority=P1]"), indicator("closed")])

    assert program.measures == ["closed", "due"]
    assert program.columns == [("item", 2), ("priority", 0)]
    assert set(program.groups) == {frozenset(), frozenset({("item", 2)}), frozenset({("priority", 0)})}


def test_more_than_seven_hundred_indicators_ship_and_each_can_be_read():
    assert len(shipped()) >= 700
    for each in shipped().values():
        assert readings_of(parse(each.numerator)), each.code
        is_percentile = reads_percentile(parse(each.numerator))
        assert (each.denominator is None) == (each.unit is IndicatorUnit.COUNT or is_percentile), each.code
        assert each.name_zh and each.name_en and each.source and each.owner_zh, each.code


def test_every_measure_is_read_by_an_indicator_that_ships_or_said_to_be_for_towns():
    read = {
        reading.measure
        for each in shipped().values()
        for text in (each.numerator, each.denominator)
        if text
        for reading in readings_of(parse(text))
    }

    assert {measure.code for measure in MEASURES} - read == FOR_TOWNS


FOR_TOWNS = {
    *("opened", "sub_orders", "suspended_due", "call_listed", "extension_requests", "suspension_requests"),
    *("refusals", "closed_reopened", "returns", "patrol_stops"),
}
