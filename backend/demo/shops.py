"""Storefronts behind the demo doorplates: at most one each, most on the story's roads and three market streets."""

import random
from functools import cache
from itertools import groupby
from typing import NamedTuple

from backend.demo import names
from backend.demo.ground import DemoSite, off_the_lines
from backend.demo.roads import SEED, STORY_ROADS, Doorplate, doorplates, share_out

STOREFRONTS = 1_800
_BEHIND_THE_PLATE_M = 3
_APPEAL = {**dict.fromkeys(STORY_ROADS, 2.0), **dict.fromkeys(("云棠路", "采菱路", "紫藤路"), 1.6)}


class Storefront(NamedTuple):
    name: str
    door: Doorplate
    spot: DemoSite


@cache
def storefronts() -> tuple[Storefront, ...]:
    chance = random.Random(SEED + 2)  # noqa: S311
    streets = [list(plates) for _, plates in groupby(doorplates(), key=lambda plate: plate.road)]
    counts = share_out(STOREFRONTS, [len(plates) * _APPEAL.get(plates[0].road.name, 0.8) for plates in streets])
    return tuple(
        Storefront(chance.choice(names.SHOP_STEMS) + chance.choice(names.SHOP_TRADES), plate, _behind(plate))
        for plates, count in zip(streets, counts, strict=True)
        for plate in sorted(chance.sample(plates, count), key=lambda plate: plate.number)
    )


def _behind(plate: Doorplate) -> DemoSite:
    along = plate.spot.east if plate.road.runs_east else plate.spot.north
    side = 1 if plate.number % 2 else -1
    return off_the_lines(plate.road.spot(along, side * (14 + _BEHIND_THE_PLATE_M)))
