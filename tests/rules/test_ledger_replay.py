"""Both ledgers worked out again from any facts keep the limits of a day, whatever the facts say came of them."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from backend.events.facts import Fact, Recorded
from grab_orders.ledgers import events
from grab_orders.ledgers.replay import Replay

NOON = datetime(2026, 11, 27, 4, tzinfo=UTC)
DAY_MOST = 40
PEOPLE = st.integers(1, 2)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("work"), PEOPLE, st.integers(0, 600), st.integers(1, 300)),
        st.tuples(st.just("confirm"), st.integers(0, 20)),
        st.tuples(st.just("refuse"), st.integers(0, 20)),
        st.tuples(st.just("earn"), PEOPLE, st.integers(1, 3), st.integers(0, 30)),
        st.tuples(st.just("take back"), st.integers(0, 20)),
        st.tuples(st.just("spend"), PEOPLE, st.integers(1, 30)),
    ),
    max_size=40,
)


class Log:
    """Facts as verbs would record them, but for what came of them: that is left at nothing."""

    def __init__(self) -> None:
        self.recorded: list[Recorded] = []
        self.worked: list[tuple[int, int]] = []
        self.earned: list[tuple[int, int]] = []
        self._settled: set[tuple[str, int]] = set()

    def add(self, fact: Fact) -> None:
        about = {"name": fact.name(), "subject": fact.subject, "subject_id": fact.subject_id, "version": 0}
        where = {"area_code": fact.area_code, "unit_id": None, "account_ids": []}
        self.recorded.append(Recorded(id=self.next_id, body=msgspec.json.encode(fact), **about, **where))

    @property
    def next_id(self) -> int:
        return len(self.recorded) + 1

    def head(self, who: int) -> dict[str, Any]:
        return {"subject_id": who, "entry_id": self.next_id, "at": NOON, "area_code": "310115105001"}

    def once(self, kind: str, rows: list[tuple[int, int]], at: int) -> tuple[int, int] | None:
        if at >= len(rows) or (kind, rows[at][0]) in self._settled:
            return None
        self._settled.add((kind, rows[at][0]))
        return rows[at]

    def work(self, who: int, start_min: int, length_min: int) -> None:
        span = NOON + timedelta(minutes=start_min), NOON + timedelta(minutes=start_min + length_min)
        self.worked.append((self.next_id, who))
        said = {"source": "patrol", "source_id": self.next_id, "order_id": None, "number": "", "item_code": ""}
        titles = {"title_zh": "巡查", "title_en": "Patrol", "promised": 0}
        self.add(events.HoursEntered(**self.head(who), **said, **titles, started_at=span[0], ended_at=span[1]))

    def confirm(self, at: int) -> None:
        if ("refuse", self.worked[at][0] if at < len(self.worked) else 0) not in self._settled and (
            found := self.once("confirm", self.worked, at)
        ):
            self.add(events.HoursConfirmed(**self.head(found[1]), refers_to_id=found[0], counted=0, day_most=120))

    def refuse(self, at: int) -> None:
        if found := self.once("refuse", self.worked, at):
            self.add(events.HoursReversed(**self.head(found[1]), refers_to_id=found[0], counted=0, reason="x"))

    def earn(self, who: int, place: int, points: int) -> None:
        self.earned.append((self.next_id, who))
        order = {"order_id": self.next_id, "number": "", "item_code": "A101", "title_zh": "", "title_en": ""}
        came = {"kind": "work", "outcome": "counted", "points": 0, "full_points": points, "day_most": DAY_MOST}
        where = {"place_key": f"place:{place}", "partner_id": None, "is_own_place": False, "round": 1}
        self.add(
            events.PointsEarned(**self.head(who), **order, **came, **where, on_date=date(2026, 11, 27), closed_at=NOON)
        )

    def take_back(self, at: int) -> None:
        if found := self.once("take back", self.earned, at):
            self.add(events.PointsReversed(**self.head(found[1]), refers_to_id=found[0], points=0, reason="x"))

    def spend(self, who: int, points: int) -> None:
        said = {"points": -points, "title_zh": "", "title_en": "", "on_date": date(2026, 11, 27)}
        self.add(events.PointsSpent(**self.head(who), **said))


@given(STEPS)
def test_whatever_happens_the_limits_of_a_day_hold_in_what_is_worked_out_again(steps):
    log = Log()
    for name, *given_values in steps:
        getattr(log, name.replace(" ", "_"))(*given_values)
    replayed = Replay().take(log.recorded)

    assert len(replayed.hours) + len(replayed.points) == len(log.recorded)
    minutes, points, places = defaultdict[Any, int](int), defaultdict[Any, int](int), defaultdict[Any, int](int)
    taken_back = {row["refers_to_id"] for row in replayed.points.values() if row["kind"] == "reversed"}
    for row in replayed.hours.values():
        minutes[row["account_id"], row["on_date"]] += row["counted"]
    for row in replayed.points.values():
        if row["kind"] == "work" and row["id"] not in taken_back:
            points[row["account_id"], row["on_date"]] += row["points"]
            places[row["account_id"], row["place_key"]] += row["points"] > 0
    assert all(0 <= each <= 120 for each in minutes.values())
    assert all(each <= DAY_MOST for each in points.values())
    assert all(each <= 1 for each in places.values())


@given(STEPS, st.randoms(use_true_random=False))
def test_two_people_do_not_change_what_the_other_has(steps, chance):
    """The facts of one person come in order; how those of two are mixed is by chance."""
    log = Log()
    for name, *given_values in steps:
        getattr(log, name.replace(" ", "_"))(*given_values)
    queues = {who: [each for each in log.recorded if each.subject_id == who] for who in (1, 2)}
    mixed = []
    while any(queues.values()):
        mixed.append(queues[chance.choice([who for who, waiting in queues.items() if waiting])].pop(0))

    first, second = Replay().take(log.recorded), Replay().take(mixed)
    assert (first.hours, first.points) == (second.hours, second.points)
