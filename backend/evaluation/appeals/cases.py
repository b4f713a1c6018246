"""The cases behind a figure of a unit or person, each with whether it counts against and what became of its appeal."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from backend import db
from backend.accounts.structs import Actor
from backend.calendars.rules import shanghai_date
from backend.evaluation.access import speaks_for_unit
from backend.evaluation.appeals.rules import last_day
from backend.evaluation.appeals.structs import AppealableCase, AppealedCase, AppealState, CountedCase
from backend.evaluation.errors import CaseNotCounted
from backend.evaluation.exclusions import GRAIN_OF
from backend.evaluation.settings import read_rules
from backend.evaluation.structs import MEASURES_OF, ScoredKind, is_higher_better
from backend.indicators.order_figures import CountedOrder, list_counted_days, list_counted_orders
from backend.indicators.queries import find_indicators
from backend.indicators.structs import IndicatorFigure, Period

MOST = 50
_BACK_DAYS = 400
_ORDERS = """
    SELECT o.id, o.number, o.item_id AS item_code, a.id AS appeal_id, a.state AS appeal_state
    FROM work_order o
    LEFT JOIN score_appeal a ON a.order_id = o.id AND a.measure = $2
        AND CASE WHEN $3 = 'unit' THEN a.unit_id ELSE a.person_id END = $4
    WHERE o.id = ANY($1::bigint[])
"""
_ORDER = "SELECT id, number, item_id AS item_code, area_code FROM work_order WHERE id = $1"


async def list_cases(
    areas: Sequence[str], period: Period, measure: str, kind: ScoredKind, subject_id: int
) -> list[CountedCase]:
    """Those that count against it first, then the latest; at most `MOST`. Two statements."""
    definition = (await find_indicators([measure]))[measure]
    figures = await list_counted_orders(definition, areas, period, GRAIN_OF[kind], subject_id)
    against = {int(each.subject): is_against(measure, each) for each in figures if each.denominator}
    first = sorted(against, key=lambda order_id: (not against[order_id], -order_id))[:MOST]
    rows = {row["id"]: row for row in await db.fetch(_ORDERS, first, measure, kind.value, subject_id)}
    return [
        CountedCase(
            order_id=order_id,
            number=rows[order_id]["number"],
            item_code=rows[order_id]["item_code"],
            is_against=against[order_id],
            appeal_id=rows[order_id]["appeal_id"],
            appeal_state=rows[order_id]["appeal_state"] and AppealState(rows[order_id]["appeal_state"]),
        )
        for order_id in first
        if order_id in rows
    ]


def is_against(measure: str, figure: IndicatorFigure) -> bool:
    """Whether an order makes its figure worse. Pure."""
    if is_higher_better(measure):
        return figure.numerator < (figure.denominator or 0)
    return figure.numerator > 0


async def find_case(named: AppealedCase, actor: Actor, now: datetime) -> AppealableCase:
    """The case as it counts for the actor, or for the unit that the actor speaks for. Raises CaseNotCounted."""
    subject_id = actor.account_id if named.kind is ScoredKind.PERSON else actor.unit_id
    order = await db.fetchrow(_ORDER, named.order_id)
    if order is None or subject_id is None or named.measure not in MEASURES_OF[named.kind]:
        raise CaseNotCounted
    if named.kind is ScoredKind.UNIT and not speaks_for_unit(actor, subject_id, order["area_code"]):
        raise CaseNotCounted
    counted_on = await _counted_on(named, order["area_code"], subject_id, shanghai_date(now))
    rules = await read_rules(order["area_code"])
    return AppealableCase(
        order_id=order["id"],
        number=order["number"],
        item_code=order["item_code"],
        area_code=order["area_code"],
        counted_on=counted_on,
        last=last_day(counted_on, rules.appeal_days),
        subject_id=subject_id,
    )


async def _counted_on(named: AppealedCase, area_code: str, subject_id: int, today: date) -> date:
    """The first day on which it counts, today at the latest: what is due later is no score yet."""
    definition = (await find_indicators([named.measure]))[named.measure]
    period = Period(today - timedelta(days=_BACK_DAYS), today)
    counted = CountedOrder(subject_id, named.order_id)
    days = await list_counted_days(definition, [area_code], period, GRAIN_OF[named.kind], counted)
    first = min((each.subject for each in days if each.denominator), default=None)
    if first is None:
        raise CaseNotCounted
    return date.fromisoformat(first)
