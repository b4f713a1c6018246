"""Figures of single orders: which ones a unit's or a person's figure rests on, and what some of them add to it."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from backend import db
from backend.indicators.reading.program import program_of
from backend.indicators.reading.sums import BY_ORDER, read_sums
from backend.indicators.structs import Grain, Indicator, IndicatorFigure, Period
from backend.sql import Sql

_COLUMNS = {Grain.UNIT: "m.unit_id", Grain.PERSON: "m.person_id"}


class CountedOrder(NamedTuple):
    """An order as it counts for a unit or a person."""

    subject_id: int
    order_id: int


async def read_figures_of_orders(
    definitions: Sequence[Indicator], areas: Sequence[str], period: Period, by: Grain, orders: Sequence[CountedOrder]
) -> list[IndicatorFigure]:
    """What these orders alone add to the figures of their units or persons (`by`), as it stands now."""
    if not orders:
        return []
    only = Sql(
        f"({_COLUMNS[by]}, m.order_id) IN (SELECT * FROM unnest(:only_subjects::bigint[], :only_orders::bigint[]))",
        {"only_subjects": [each.subject_id for each in orders], "only_orders": [each.order_id for each in orders]},
    )
    return await _figures(definitions, areas, period, by, only)


async def list_counted_orders(
    definition: Indicator, areas: Sequence[str], period: Period, by: Grain, subject_id: int
) -> list[IndicatorFigure]:
    """By order, whose id is the subject: what each adds to the figure of a unit or a person."""
    return await _figures([definition], areas, period, BY_ORDER, _of_subject(by, subject_id))


async def list_counted_days(
    definition: Indicator, areas: Sequence[str], period: Period, by: Grain, counted: CountedOrder
) -> list[IndicatorFigure]:
    """By day of Shanghai: on which days one order adds what to the figure of a unit or a person."""
    of_subject = _of_subject(by, counted.subject_id)
    only = Sql(f"{of_subject.text} AND m.order_id = :only_order", {**of_subject.values, "only_order": counted.order_id})
    return await _figures([definition], areas, period, Grain.DAY, only)


async def find_recounted_at() -> datetime | None:
    """When the last full recount ended; None where none has."""
    return await db.fetchval("SELECT max(ended_at) FROM indicator_recount")


def _of_subject(by: Grain, subject_id: int) -> Sql:
    return Sql(f"{_COLUMNS[by]} = :only_subject", {"only_subject": subject_id})


async def _figures(
    definitions: Sequence[Indicator], areas: Sequence[str], period: Period, by: str, only: Sql
) -> list[IndicatorFigure]:
    if not areas:
        return []
    program = program_of(tuple(definitions))
    sums = await read_sums(program, areas, period, by, only)
    return [figure for subject in sorted(sums) for figure in program.figures(subject, sums[subject])]
