"""Figures over areas and days, whatever part of them is summed by months."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest

from backend import db
from backend.accounts.structs import Role
from backend.calendars.rules import midnight
from backend.indicators import queries
from backend.indicators.errors import FiguresTooMany, IndicatorUnknown
from backend.indicators.measures.percentiles import bucket_of, percentile_of
from backend.indicators.queries import Grain, Period, read_figures
from backend.indicators.registry.definitions import list_indicators
from backend.indicators.registry.shipped import shipped
from backend.sql import sql
from tests.makers.accounts import make_staff
from tests.makers.indicators import contribute, sum_months

ONE, OTHER, FAR = "310115105001", "310115105002", "310104003001"
FIRST = date(2026, 9, 20)
DAYS = 80

_DEFINE = """
    INSERT INTO town_indicator (code, version, area_code, name_zh, name_en, numerator, denominator, unit, direction,
        exclusions, source, made_by_id, made_at)
    VALUES (:code, 1, :area_code, :name, :name, :numerator, '', 'count', 'neutral', '', '', :by_id, :at)
"""

pytestmark = pytest.mark.usefixtures("database")


async def test_figures_are_the_sums_of_what_lies_within_area_and_days():
    rows = await scattered(random.Random(18))
    for first, last in [(0, 79), (11, 41), (5, 5), (3, 60), (12, 70)]:
        period = Period(FIRST + timedelta(first), FIRST + timedelta(last))
        found = await read_figures(["closed_on_time_rate", "closed_on_time_rate.a1"], [ONE, "310115105"], period)

        expected = [
            (area, tally(rows, area, item, period, "closed_on_time"), tally(rows, area, item, period, "closed"))
            for area in (ONE, "310115105")
            for item in ("", "A1")
        ]
        assert [(each.subject, each.numerator, each.denominator) for each in found] == expected


@pytest.mark.parametrize(
    "filters",
    ["", "item=A", "item=A1", "item=A101", "priority=P1", "source=hotline", "item=A1, priority=P1", "item=B|A1"],
)
async def test_sums_are_the_same_along_whichever_dimension_they_are_held_or_added_up(filters):
    rows = await scattered(random.Random(7))
    code = f"closed[{filters}]" if filters else "closed"
    await define("own", f"{code} + 0 * closed_on_time[item=A102, source=report]")
    for first, last in [(0, 79), (3, 60), (11, 40), (4, 7), (21, 21)]:
        period = Period(FIRST + timedelta(first), FIRST + timedelta(last))
        for by in (Grain.AREA, Grain.DAY):
            found = await read_figures(["own"], ["310115105"], period, by)

            assert sum(each.numerator for each in found) == sum(
                row["closed"]
                for row in rows
                if row["area_code"].startswith("310115105")
                and period.first <= row["day"] <= period.last
                and is_within(row, filters)
            ), (period, by)


@pytest.mark.parametrize("by", [Grain.AREA, Grain.ITEM, Grain.UNIT, Grain.DAY])
async def test_a_percentile_is_that_of_all_cases_of_its_subject(by):
    dice, rows = random.Random(11), []
    for _ in range(120):
        minutes = dice.choice([None, dice.randrange(1, 9), dice.randrange(1, 40_000)])
        day = FIRST + timedelta(dice.choice([0, 11, 12, 40, 79]))
        of = {"item_code": dice.choice(["A101", "B201"]), "unit_id": dice.choice([1, 2])}
        rows.append({"day": day, "handling_minutes": minutes, **of})
        await contribute(ONE, done=1, **rows[-1])
    await sum_months()
    period, subject_of = Period(FIRST + timedelta(1), FIRST + timedelta(60)), SUBJECT_OF[by]
    within = [row for row in rows if period.first <= row["day"] <= period.last]

    found = await read_figures(["handling_time_median", "handling_time_p90.b"], ["310115105"], period, by)

    for figure in found:
        of_subject = [row for row in within if subject_of(row) == figure.subject]
        only_b = [row for row in of_subject if row["item_code"] == "B201"]
        cases, percent = (only_b, 90) if figure.code.endswith(".b") else (of_subject, 50)
        counts = Counter(bucket_of(row["handling_minutes"] or 0) for row in cases)
        told = percentile_of(counts, percent)
        assert (figure.value, figure.n) == (None if told is None else float(told), len(cases))
    assert {figure.subject for figure in found} == {subject_of(row) for row in within}


async def test_minutes_of_many_orders_are_more_than_four_bytes_hold():
    for order_id in (1, 2, 3):
        await contribute(ONE, FIRST, order_id=order_id, closed=1, closing_minutes=2_000_000_000)
    await sum_months()

    for days in (0, 79):
        (figure,) = await read_figures(["closing_time"], ["310115105"], Period(FIRST, FIRST + timedelta(days)))
        assert (figure.numerator, figure.value) == (6_000_000_000, 2_000_000_000)


@pytest.mark.parametrize(
    ("by", "subjects"),
    [
        (Grain.ITEM, {"A101", "A102", "B201"}),
        (Grain.UNIT, {"1", "2"}),
        (Grain.PERSON, {"7"}),
        (Grain.ROAD, {"莲安东路"}),
        (Grain.DAY, {str(FIRST + timedelta(number)) for number in range(DAYS)}),
    ],
)
async def test_figures_by_something_else_add_up_to_the_figure_of_the_area(by, subjects):
    await scattered(random.Random(3))
    period = Period(FIRST, FIRST + timedelta(DAYS))

    (whole,) = await read_figures(["closed_orders"], ["310115105"], period)
    parts = await read_figures(["closed_orders"], [ONE, OTHER, "310115105"], period, by)

    assert {each.subject for each in parts} <= subjects
    assert whole.numerator == sum(each.numerator for each in parts) > 0 or by in (Grain.PERSON, Grain.ROAD)


async def test_areas_without_an_order_have_figures_of_nought():
    (figure,) = await read_figures(["filing_rate"], [ONE], Period(FIRST, FIRST))

    assert (figure.numerator, figure.denominator, figure.value, figure.n) == (0, 0, None, 0)


async def test_all_that_ships_is_read_in_one_go():
    await scattered(random.Random(5))

    found = await read_figures(list(shipped()), [ONE, OTHER], Period(FIRST, FIRST + timedelta(DAYS)))

    assert len(found) == 2 * len(shipped())


@pytest.mark.parametrize("by", [each for each in Grain if each is not Grain.AREA])
async def test_an_indicator_of_numbers_alone_has_that_number_of_an_area_and_of_nothing_else(by):
    await contribute(ONE, FIRST, closed=1, unit_id=1, person_id=7, road="莲安东路")
    await sum_months()
    await define("constant", "3 * 4")
    period = Period(FIRST, FIRST + timedelta(DAYS))

    (figure,) = await read_figures(["constant"], [ONE], period)

    assert (figure.value, figure.n) == (12, 12)
    assert await read_figures(["constant"], [ONE], period, by) == []


async def test_more_figures_than_an_answer_holds_are_refused():
    codes, areas = list(shipped()), [f"310115105{number:03}" for number in range(200)]
    assert len(codes) * len(areas) > queries.FIGURES_MOST

    with pytest.raises(FiguresTooMany):
        await read_figures(codes, areas, Period(FIRST, FIRST))


async def test_a_code_that_ships_since_a_town_took_it_is_the_shipped_ones():
    await define("filing_rate", "closed")

    found = [each for each in await list_indicators() if each.code == "filing_rate"]

    assert [each.area_code for each in found] == [""]


async def test_an_indicator_that_nobody_made_is_unknown():
    with pytest.raises(IndicatorUnknown):
        await read_figures(["filing_rate", "nonsense\x00"], [ONE], Period(FIRST, FIRST))


async def scattered(dice: random.Random) -> list[dict]:
    """Two hundred contributions in three committees over eighty days."""
    rows = [
        {
            "area_code": dice.choice([ONE, OTHER, FAR]),
            "day": FIRST + timedelta(dice.randrange(DAYS)),
            "item_code": dice.choice(["A101", "A102", "B201"]),
            "source_kind": dice.choice(["report", "hotline"]),
            "priority": dice.choice(["P1", "P2"]),
            "unit_id": dice.choice([1, 2]),
            "person_id": dice.choice([7, None]),
            "road": dice.choice(["", "莲安东路"]),
            "closed": dice.choice([1, 2]),
            "closed_on_time": dice.choice([None, 1]),
        }
        for _ in range(200)
    ]
    for row in rows:
        await contribute(**row)
    await sum_months()
    return rows


SUBJECT_OF = {
    Grain.AREA: lambda row: "310115105",
    Grain.ITEM: lambda row: row["item_code"],
    Grain.UNIT: lambda row: str(row["unit_id"]),
    Grain.DAY: lambda row: str(row["day"]),
}


def is_within(row: dict, filters: str) -> bool:
    """Whether a row is within the filters, as text: item=A1, priority=P1."""
    columns = {"item": "item_code", "priority": "priority", "source": "source_kind"}
    parts = [part.strip().split("=") for part in filters.split(",")] if filters else []
    return all(any(row[columns[name]].startswith(value) for value in values.split("|")) for name, values in parts)


def tally(rows: list[dict], area: str, item: str, period: Period, code: str) -> int:
    return sum(
        row[code] or 0
        for row in rows
        if row["area_code"].startswith(area)
        and row["item_code"].startswith(item)
        and period.first <= row["day"] <= period.last
    )


async def define(code: str, numerator: str) -> None:
    """A count of the town's own, whatever the registry would say of it."""
    maker = await make_staff(Role.DISPATCHER, area="310115105")
    row = {"code": code, "area_code": "310115105", "name": "自定", "numerator": numerator}
    await db.execute(sql(_DEFINE, **row, by_id=maker.account_id, at=midnight(FIRST)))
