"""Who reports what where in the made-up past, and what is in store for the order. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from backend.demo.past.cast import Cast
from backend.demo.past.reports import words_of
from backend.demo.past.rhythm import Occasion, busy
from backend.demo.people import COMMITTEE
from backend.orders.past.life import LifeActor
from backend.places.structs import PlaceRead

_SOURCES = (
    ("resident", 56),
    ("inspector", 15),
    ("committee", 6),
    ("volunteer", 5),
    ("hotline", 8),
    ("sensors", 5),
    ("cameras", 3),
)
_AT_HOME = 3.0
"""The committee of the story is reported from oftener."""
_TWICE = 0.03
_SEEN_BY_DEVICES = {"A102", "A103", "A301", "A303", "B101", "B201", "A501", "A202"}


class PlannedOrder(NamedTuple):
    """`twin_of`: the place in the plan of the order that is about the same and goes on."""

    at: datetime
    item: str
    scene: PlaceRead
    opener: LifeActor
    source: str
    words: str
    twin_of: int | None = None


def plan(what: Sequence[Occasion], cast: Cast, chance: Random) -> list[PlannedOrder]:
    """An order for each occasion, and twins of some, in the order in which they are opened."""
    scenes = _Scenes(cast, chance)
    planned = [_order(each, scenes, cast, chance) for each in what]
    rows: list[tuple[datetime, int, bool]] = [(each.at, nr, False) for nr, each in enumerate(planned)]
    rows += [
        (each.at + timedelta(seconds=90), nr, True)
        for nr, each in enumerate(planned)
        if each.source == "report" and chance.random() < _TWICE
    ]
    rows.sort()
    place_of = {nr: place for place, (_, nr, is_twin) in enumerate(rows) if not is_twin}
    return [_twin(planned[nr], at, place_of[nr], cast, chance) if is_twin else planned[nr] for at, nr, is_twin in rows]


class _Scenes:
    """Where things happen: at some places often. What rises does so at a few doors around the crossing."""

    def __init__(self, cast: Cast, chance: Random) -> None:
        self.every = cast.scenes
        near = [_AT_HOME if each.area_code == COMMITTEE else 1.0 for each in cast.scenes]
        self.weights = [often * more for often, more in zip(busy(len(cast.scenes), chance), near, strict=True)]
        self.rising = [each for each in cast.scenes if each.area_code == COMMITTEE][:6]

    def pick(self, chance: Random, *, is_rising: bool) -> PlaceRead:
        if is_rising:
            return chance.choice(self.rising)
        return chance.choices(self.every, self.weights)[0]


def _order(occasion: Occasion, scenes: _Scenes, cast: Cast, chance: Random) -> PlannedOrder:
    scene = scenes.pick(chance, is_rising=occasion.is_rising)
    matter = occasion.matter
    kind = "resident" if occasion.is_rising else chance.choices(*zip(*_SOURCES, strict=True))[0]
    if kind in ("sensors", "cameras") and matter.item not in _SEEN_BY_DEVICES:
        kind = "inspector"
    words = words_of(matter, scene.road_name, scene.house_number, chance)
    if kind in ("sensors", "cameras"):
        return PlannedOrder(occasion.at, matter.item, scene, LifeActor(None, "source"), kind, "设备告警")
    if kind == "hotline":
        return PlannedOrder(occasion.at, matter.item, scene, LifeActor(cast.hotline_id, "source"), kind, words)
    person = chance.choice(cast.reporters) if kind == "resident" else cast.staff[kind]
    return PlannedOrder(occasion.at, matter.item, scene, LifeActor(person, kind), "report", words)


def _twin(first: PlannedOrder, at: datetime, place: int, cast: Cast, chance: Random) -> PlannedOrder:
    opener = LifeActor(chance.choice(cast.reporters), "resident")
    return first._replace(at=at, opener=opener, words=f"{first.words},请尽快处理", twin_of=place)
