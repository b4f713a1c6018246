"""Open an order, already offered or dispatched: none is ever seen without somebody who has it or may take it."""

from datetime import datetime

import asyncpg

from backend.duty.structs import Post
from backend.geo.lonlat import LonLat
from backend.orders.assignment import writing
from backend.orders.assignment.dispatching import Answer, answer_of, ask, given
from backend.orders.assignment.errors import ReporterNotAllowed
from backend.orders.assignment.structs import Opened, Opening
from backend.orders.assignment.writing import Along, DrawnOrder, NewOrder
from backend.orders.deadlines import plan
from backend.orders.deadlines.escalation import levels
from backend.orders.model import rules
from backend.orders.model.errors import EvidenceMissing


class NothingOpened(Exception):
    """What was to be written along with an order was there already, so neither was written."""


async def open(
    opening: Opening, *, now: datetime, answer_row: asyncpg.Record | None = None, along: Along | None = None
) -> Opened:
    """Open an order at a scene: unit by rule, person by duty, deadlines by the item's clock, photos as evidence.

    All of it is one statement, and so one transaction; orders that are opened at once share it (`backend/batching.py`).
    `answer_row`: what `dispatching.ask` gave, where it was asked already. `along`: where it writes no row, nothing is
    written. Photos and `along` are for callers without a transaction.
    Raises ItemUnknown, ReporterNotAllowed, EvidenceMissing, NothingOpened, and the errors of media for photos that
    cannot serve.
    """
    post = _post(opening)
    begins_at = opening.begins_at or now
    row = answer_row or await ask(given(post), post.item_code, now, unit_id=opening.unit_id, begins_at=begins_at)
    assert row is not None
    answer = await answer_of(row, post, opening.unit_id, begins_at, is_for_later=opening.begins_at is not None)
    _require_reportable(opening, answer)
    due = plan.at_opening(begins_at, answer.terms)
    offered_until = now + answer.offer.window if answer.offer else None
    look_at = levels.first_look(begins_at, plan.shortest_min(begins_at, answer.terms), answer.least_percent)
    drawn = DrawnOrder(row["order_id"], row["number"], due, look_at, offered_until)
    order = NewOrder(drawn, opening, answer, now, along.row if along else None)
    opened = await writing.batches(along.insertion if along else writing.ALONE).send(order)
    if opened is None:
        raise NothingOpened
    return opened


def _post(opening: Opening) -> Post:
    scene = opening.scene
    point = LonLat(scene.lng, scene.lat)
    return Post(item_code=opening.item_code, area_code=scene.area_code, grid_code=scene.grid_code, point=point)


def _require_reportable(opening: Opening, item: Answer) -> None:
    """What people report must be theirs to report and come with photos; what the system opens has its own grounds."""
    if opening.reporter_kinds is None:
        return
    if opening.reporter_kinds.isdisjoint(item.reporter_roles):
        raise ReporterNotAllowed(item.code, item.reporter_roles)
    if missing := rules.missing_photos(item.report_photos_min, len(opening.photo_ids)):
        raise EvidenceMissing({"report": missing})
