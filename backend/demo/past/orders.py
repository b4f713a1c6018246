"""The orders of the made-up past, as lives that are written at once."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from random import Random

from backend.demo.past import fresh, planning, rhythm, script
from backend.demo.past.cast import Cast
from backend.demo.past.planning import PlannedOrder
from backend.demo.past.script import Script
from backend.orders.past import writing
from backend.orders.past.life import LifeBeginning, OrderLife
from backend.orders.past.writing import OrderNumber


async def make(cast: Cast, chance: Random, now: datetime, *, days: int, a_day: int) -> list[OrderLife]:
    """What happened in so many days, and what waits today. Nothing is written yet."""
    planned = planning.plan(rhythm.occasions(now, chance, days, a_day), cast, chance)
    waiting = fresh.plan(cast, chance, now)
    numbers = await writing.draw_numbers([*(each.at for each in planned), *(each.at for each, _ in waiting)])
    lives = [_begun(each, number, cast) for each, number in zip(planned, numbers, strict=False)]
    _play(planned, lives, cast, chance, now)
    for (each, kind), number in zip(waiting, numbers[len(planned) :], strict=True):
        life = _begun(each, number, cast)
        fresh.play(life, kind, cast, chance, now)
        lives.append(life)
    return lives


def _play(
    planned: Sequence[PlannedOrder], lives: Sequence[OrderLife], cast: Cast, chance: Random, now: datetime
) -> None:
    twins: dict[int, list[OrderLife]] = defaultdict(list)
    for each, life in zip(planned, lives, strict=True):
        if each.twin_of is not None:
            twins[each.twin_of].append(life)
    for nr, (each, life) in enumerate(zip(planned, lives, strict=True)):
        if each.twin_of is None:
            script.play(Script(life, cast, chance, now), twins[nr])


def _begun(each: PlannedOrder, drawn: OrderNumber, cast: Cast) -> OrderLife:
    item, terms = cast.items[each.item]
    scene = each.scene
    return OrderLife(
        LifeBeginning(
            id=drawn.id,
            number=drawn.number,
            item_code=item.code,
            item_zh=item.name_zh,
            item_en=item.name_en,
            priority=item.priority,
            place_id=scene.id,
            area_code=scene.area_code,
            grid_code=scene.grid_code or "",
            lng=scene.loc.lng,
            lat=scene.loc.lat,
            label=scene.label,
            description=each.words,
            source_kind=each.source,
            opened_by=each.opener,
            unit_id=cast.units[item.handler_unit_type],
            opened_at=each.at,
            terms=terms,
            radius_m=item.checkin_radius_m,
            is_invented=True,
        )
    )
