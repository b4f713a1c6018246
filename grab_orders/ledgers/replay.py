"""Both ledgers worked out again from the facts alone, by the rules and not by what the facts say came of them. Pure.

What comes out is row by row what the tables hold; `auditing` holds one against the other.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from backend.calendars.rules import shanghai_date
from backend.events.facts import Recorded, reread
from grab_orders.ledgers import events
from grab_orders.ledgers.events import LedgerFact
from grab_orders.ledgers.hours import counting
from grab_orders.ledgers.hours.counting import ServiceSpan, minutes_of
from grab_orders.ledgers.points.rules import Earned, EarningFacts, judge
from grab_orders.ledgers.structs import HoursKind, PointsKind, PointsOutcome

Row = dict[str, Any]
F = TypeVar("F", bound=LedgerFact)
_HOURS = ("source", "source_id", "order_id", "number", "item_code", "title_zh", "title_en", "started_at", "ended_at")
_EARNED = (
    *("kind", "full_points", "day_most", "order_id", "number", "item_code", "title_zh", "title_en", "place_key"),
    *("partner_id", "on_date", "closed_at"),
)
_REVERSAL_COPIES = ("order_id", "number", "item_code", "title_zh", "title_en", "on_date")


class Replay:
    """Takes the facts of the ledgers in the order of the log; others are passed over."""

    def __init__(self) -> None:
        self.hours: dict[int, Row] = {}
        self.points: dict[int, Row] = {}
        self._hours_of: dict[int, list[Row]] = defaultdict(list)
        self._points_of: dict[int, list[Row]] = defaultdict(list)
        self._reversed: set[tuple[str, int]] = set()

    def take(self, recorded: Iterable[Recorded]) -> "Replay":
        for each in recorded:
            if each.name in _FOLLOW:
                kind, follow = _FOLLOW[each.name]
                follow(self, reread(each, kind))
        return self

    def enter_hours(self, fact: events.HoursEntered) -> None:
        span = ServiceSpan(fact.started_at, fact.ended_at)
        row = {
            **_head(fact, HoursKind.WORKED),
            **{name: getattr(fact, name) for name in _HOURS},
            "refers_to_id": None,
            "on_date": shanghai_date(fact.started_at),
            "minutes": minutes_of(span),
            "counted": 0,
            "promised": fact.promised,
            "day_most": None,
            "reason": "",
        }
        self._add_hours(row)

    def confirm_hours(self, fact: events.HoursConfirmed) -> None:
        worked = self.hours[fact.refers_to_id]
        before = [row for row in self._hours_of[worked["account_id"]] if self._counts(row)]
        day = sum(row["counted"] for row in before if row["on_date"] == worked["on_date"])
        counted = counting.count(_span(worked), [_span(row) for row in before], day, fact.day_most)
        self._refer(fact, worked, HoursKind.CONFIRMED, counted=counted, day_most=fact.day_most)

    def reverse_hours(self, fact: events.HoursReversed) -> None:
        worked = self.hours[fact.refers_to_id]
        own = (row for row in self._hours_of[fact.subject_id] if row["refers_to_id"] == fact.refers_to_id)
        self._refer(fact, worked, HoursKind.REVERSED, counted=-sum(row["counted"] for row in own), reason=fact.reason)
        self._reversed.add(("hours", fact.refers_to_id))

    def earn_points(self, fact: events.PointsEarned) -> None:
        claim = EarningFacts(
            fact.place_key,
            fact.item_code,
            fact.full_points,
            fact.day_most,
            is_own_report=fact.partner_id == fact.subject_id,
            is_own_place=fact.is_own_place,
        )
        judged = judge(claim, [self._earned(row) for row in self._points_of[fact.subject_id] if _is_of_day(row, fact)])
        row = {name: getattr(fact, name) for name in _EARNED}
        came = {"outcome": judged.outcome.value, "points": judged.points, "round": judged.round}
        self._add_points(fact, fact.kind, {**row, **came})

    def reverse_points(self, fact: events.PointsReversed) -> None:
        row = self.points[fact.refers_to_id]
        copied = {name: row[name] for name in _REVERSAL_COPIES}
        came = {"points": -row["points"], "refers_to_id": fact.refers_to_id, "reason": fact.reason}
        self._add_points(fact, PointsKind.REVERSED, {**copied, **came})
        self._reversed.add(("points", fact.refers_to_id))

    def spend_points(self, fact: events.PointsSpent) -> None:
        said = {name: getattr(fact, name) for name in ("points", "title_zh", "title_en", "on_date")}
        self._add_points(fact, PointsKind.SPENT, said)

    def _counts(self, row: Row) -> bool:
        return row["kind"] == HoursKind.CONFIRMED and ("hours", row["refers_to_id"]) not in self._reversed

    def _refer(self, fact: LedgerFact, worked: Row, kind: HoursKind, **changes: Any) -> None:
        said = {"refers_to_id": worked["id"], "day_most": None, "reason": "", "promised": 0, **changes}
        self._add_hours({**worked, **_head(fact, kind), **said})

    def _add_hours(self, row: Row) -> None:
        self.hours[row["id"]] = row
        self._hours_of[row["account_id"]].append(row)

    def _earned(self, row: Row) -> Earned:
        return Earned(row["place_key"], row["item_code"], row["points"], ("points", row["id"]) in self._reversed)

    def _add_points(self, fact: LedgerFact, kind: str, said: Row) -> None:
        row = {**_NO_ORDER, **_head(fact, kind), **said}
        self.points[fact.entry_id] = row
        self._points_of[fact.subject_id].append(row)


_NO_ORDER: Row = {
    **{
        "outcome": PointsOutcome.COUNTED.value,
        "full_points": 0,
        "day_most": None,
        "refers_to_id": None,
        "order_id": None,
    },
    **{"number": "", "item_code": "", "place_key": "", "partner_id": None, "round": 1, "closed_at": None, "reason": ""},
}
_FOLLOW: dict[str, tuple[type[Any], Callable[..., None]]] = {
    events.HoursEntered.name(): (events.HoursEntered, Replay.enter_hours),
    events.HoursConfirmed.name(): (events.HoursConfirmed, Replay.confirm_hours),
    events.HoursReversed.name(): (events.HoursReversed, Replay.reverse_hours),
    events.PointsEarned.name(): (events.PointsEarned, Replay.earn_points),
    events.PointsReversed.name(): (events.PointsReversed, Replay.reverse_points),
    events.PointsSpent.name(): (events.PointsSpent, Replay.spend_points),
}
NAMES = tuple(_FOLLOW)
"""The facts that a replay takes."""


def _head(fact: LedgerFact, kind: str) -> Row:
    return {
        "id": fact.entry_id,
        "account_id": fact.subject_id,
        "committee_code": fact.area_code,
        "kind": str(kind),
        "acted_by_id": fact.acted_by_id,
        "entered_at": fact.at,
    }


def _span(row: Row) -> ServiceSpan:
    return ServiceSpan(row["started_at"], row["ended_at"])


def _is_of_day(row: Row, fact: events.PointsEarned) -> bool:
    is_earned = row["kind"] in (PointsKind.WORK, PointsKind.REPORT)
    return is_earned and row["on_date"] == fact.on_date
