"""How well the rule of duplicates finds what a city itself called duplicates: `python -m bench.duplicates`.

Replays the sanitation requests of Chicago, 2011 and 2012, through the product's own pure rule. Radius and window are
chosen on 2011 and shown on 2012. A request counts as found when the rule would have offered an earlier one to join.
Chicago has no door codes: where the door decides, its street address stands in for the code.
"""

import csv
import gzip
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from zlib import crc32

import msgspec
from msgspec.structs import replace

from backend.geo.lonlat import LonLat
from backend.reports.duplicates import KnownOrder, MatchRule, NewCase, candidates
from bench.parts.outside import DATA

REQUESTS = DATA / "chicago311/sanitation_2011_2012.csv.gz"
RADII_M = (1, 10, 30, 100)
WINDOWS_D = (1, 2, 3, 5, 14)
CLOSED_D = (0, 1, 3)
_DAY_MIN = 24 * 60
_CELL_DEGREES = 0.002
"""A grid whose cells are wider than the widest radius at this latitude, so that neighbours lie in the next cell."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the city's list. Only days are known: requests of a day come in the order of their numbers."""

    number: str
    kind: str
    address: str
    point: LonLat
    at: datetime
    done_at: datetime | None
    is_duplicate: bool


class Score(msgspec.Struct, frozen=True, kw_only=True):
    found: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.found / max(1, self.found + self.wrong)

    @property
    def recall(self) -> float:
        return self.found / max(1, self.found + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)


def main() -> int:
    if not REQUESTS.exists():
        print(f"skipped: {REQUESTS} is not on this machine")
        return 0
    requests = list(read(REQUESTS))
    marked = sum(request.is_duplicate for request in requests)
    print(f"{len(requests)} requests with a place, {marked} marked as duplicates by the city")
    near = [_rule(*each) for each in product(RADII_M, WINDOWS_D, CLOSED_D)]
    here = [_rule(0, 1, closed_d) for closed_d in (0, 1, 2, 3, 7)]
    kindless = [replace(each, kind="") for each in requests]
    _report("By the door, same kind of matter", requests, here, by_door=True)
    _report("By the door, whatever the kind", kindless, here, by_door=True)
    _report("By position, same kind of matter", requests, near, by_door=False)
    _report("By position, whatever the kind", kindless, near, by_door=False)
    return 0


def read(path: Path) -> Iterator[Request]:
    """The requests that have a place, in the order in which they came."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["Latitude"] and row["Longitude"]]
    rows.sort(key=lambda row: (row["Creation_Date"], row["Service_Request_Number"]))
    for nr, row in enumerate(rows):
        yield Request(
            number=row["Service_Request_Number"],
            kind=row["What_is_the_Nature_of_this_Code_Violation"],
            address=row["Street_Address"],
            point=LonLat(float(row["Longitude"]), float(row["Latitude"])),
            at=_day(row["Creation_Date"]) + timedelta(milliseconds=nr),
            done_at=_day(row["Completion_Date"]) + timedelta(days=1) if row["Completion_Date"] else None,
            is_duplicate="Dup" in row["Status"],
        )


def score(requests: Sequence[Request], year: int, rule: MatchRule, *, by_door: bool) -> Score:
    """Replay: each request is held against the earlier ones; what the city called a duplicate never became a case."""
    cases: dict[object, list[Request]] = defaultdict(list)
    found = wrong = missed = 0
    for request in requests:
        if request.at.year == year:
            around = _at_door(cases, request) if by_door else _around(cases, request, rule)
            is_offered = bool(candidates(_seen(request, by_door), around, rule))
            found += is_offered and request.is_duplicate
            wrong += is_offered and not request.is_duplicate
            missed += request.is_duplicate and not is_offered
        if not request.is_duplicate:
            cases[request.address if by_door else _cell(request.point)].append(request)
    return Score(found=found, wrong=wrong, missed=missed)


def _report(title: str, requests: Sequence[Request], rules: Sequence[MatchRule], *, by_door: bool) -> None:
    scores = [(rule, score(requests, 2011, rule, by_door=by_door)) for rule in rules]
    scores.sort(key=lambda pair: -pair[1].f1)
    best_of = {rule.closed_min if by_door else rule.radius_m: (rule, each) for rule, each in reversed(scores)}
    print(
        f"\n{title}. The best on 2011 for each {'grace after closing' if by_door else 'radius'}, of {len(rules)} tried:"
    )
    print(" radius window closed  precision recall    F1")
    for key in sorted(best_of):
        print(_line(*best_of[key], by_door))
    best = scores[0][0]
    shown = score(requests, 2012, best, by_door=by_door)
    counted = f"{shown.found} found, {shown.wrong} wrong, {shown.missed} missed"
    print(f"the best of all, shown on 2012:\n{_line(best, shown, by_door)}   {counted}")


def _rule(radius_m: float, window_d: float, closed_d: float) -> MatchRule:
    return MatchRule(radius_m=radius_m, window_min=int(window_d * _DAY_MIN), closed_min=int(closed_d * _DAY_MIN))


def _line(rule: MatchRule, each: Score, by_door: bool) -> str:
    where = "  door    any" if by_door else f"{rule.radius_m:4.0f} m {rule.window_min // _DAY_MIN:4} d"
    closed = f"{rule.closed_min // _DAY_MIN:4} d"
    return f"{where} {closed} {each.precision:10.3f} {each.recall:6.3f} {each.f1:5.3f}"


def _at_door(cases: Mapping[object, list[Request]], request: Request) -> Iterator[KnownOrder]:
    return (_known(case, request.at) for case in cases.get(request.address, ()))


def _around(cases: Mapping[object, list[Request]], request: Request, rule: MatchRule) -> Iterator[KnownOrder]:
    """The cases around a request that are young enough to matter."""
    east, north = _cell(request.point)
    oldest = request.at - timedelta(minutes=rule.window_min)
    for cell in ((east + x, north + y) for x in (-1, 0, 1) for y in (-1, 0, 1)):
        for case in reversed(cases.get(cell, ())):
            if case.at < oldest:
                break
            yield _known(case, request.at)


def _known(case: Request, at: datetime) -> KnownOrder:
    closed_at = case.done_at if case.done_at and case.done_at <= at else None
    place_id = _door_of(case.address)
    return KnownOrder(item_code=case.kind, point=case.point, opened_at=case.at, closed_at=closed_at, place_id=place_id)


def _seen(request: Request, by_door: bool) -> NewCase:
    place_id = _door_of(request.address) if by_door else None
    return NewCase(item_code=request.kind, point=request.point, at=request.at, place_id=place_id, only_here=by_door)


def _door_of(address: str) -> int:
    return crc32(address.encode())


def _cell(point: LonLat) -> tuple[int, int]:
    return int(point.lng // _CELL_DEGREES), int(point.lat // _CELL_DEGREES)


def _day(text: str) -> datetime:
    return datetime.fromisoformat(text[:10]).replace(tzinfo=UTC)


if __name__ == "__main__":
    sys.exit(main())
