"""What becomes of a record: folded into an open order, filed as a new one, or left for a person to decide on."""

from datetime import datetime

import asyncpg
from msgspec.structs import replace

from backend import db
from backend.accounts import queries as accounts
from backend.errors import AppError
from backend.geo.datum import to_wgs84
from backend.geo.lonlat import is_on_globe
from backend.geo.points import Fix
from backend.intake.records import folding, itemizing, placing
from backend.intake.records.itemizing import Itemized
from backend.intake.records.placing import NotPlaced, RecordSite
from backend.intake.records.structs import RecordState
from backend.intake.records.writing import RecordOutcome
from backend.intake.sources.structs import Source
from backend.intake.structs import Incoming
from backend.orders import verbs as orders
from backend.orders.assignment.structs import Opened, Opening, OrderSite

DESCRIPTION_MOST = 2000
"""An order says no more of a long message; the record has all of it."""


async def outcome_of(incoming: Incoming, source: Source, now: datetime) -> RecordOutcome:
    """Find fold, place and item, and open the order where all is known. Within the verb's transaction."""
    if incoming.fold and (folded := await folding.find_open(source.id, incoming.fold)) is not None:
        return RecordOutcome(state=RecordState.FOLDED, order_id=folded.order_id, number=folded.number)
    placed, why_not = await _placed(incoming, source)
    itemized = await itemizing.itemize(incoming, source)
    if placed is None or itemized.item_code is None or incoming.is_doubtful:
        return _unsure(placed, why_not or ("doubtful" if itemized.item_code else ""), itemized)
    return await open_order(incoming, source, placed, itemized, now)


async def open_order(
    incoming: Incoming, source: Source, placed: RecordSite, itemized: Itemized, now: datetime
) -> RecordOutcome:
    """Open the order as the source's account. What the dictionary refuses is for a person."""
    assert itemized.item_code is not None
    known = {"item_code": itemized.item_code, "place_id": placed.site.place_id, "certainty": placed.certainty}
    try:
        opened = await _open_with_photos(incoming, source, placed.site, itemized.item_code, now)
    except AppError as refused:
        known["item_code"] = None
        return RecordOutcome(state=RecordState.UNSURE, reason=refused.code, suggested=itemized.suggestions, **known)
    suggested = itemized.suggestions
    state = RecordState.FILED
    return RecordOutcome(state=state, order_id=opened.order_id, number=opened.number, suggested=suggested, **known)


async def _open_with_photos(
    incoming: Incoming, source: Source, site: OrderSite, item_code: str, now: datetime
) -> Opened:
    """Without its photos where one of them cannot serve: what happened counts more than how it looks."""
    try:
        return await _open(incoming, source, site, item_code, now)
    except asyncpg.InFailedSQLTransactionError:
        if not incoming.photo_ids:
            raise
        return await _open(replace(incoming, photo_ids=[]), source, site, item_code, now)


async def _open(incoming: Incoming, source: Source, site: OrderSite, item_code: str, now: datetime) -> Opened:
    opening = Opening(
        item_code=item_code,
        scene=site,
        actor=await accounts.get_actor(source.account_id),
        actor_role="source",
        source_kind=source.kind.value,
        reporter_kinds=None,
        description=_description(incoming),
        captured_at=incoming.occurred_at,
        fix=_fix(incoming, source),
        photo_ids=list(dict.fromkeys(incoming.photo_ids)),
    )
    async with db.savepoint():
        return await orders.open(opening, now=now)


async def _placed(incoming: Incoming, source: Source) -> tuple[RecordSite | None, str]:
    try:
        return await placing.place(incoming.clues, source), ""
    except NotPlaced as error:
        return None, error.reason


def _unsure(placed: RecordSite | None, why_not: str, itemized: Itemized) -> RecordOutcome:
    """The place is told first: without it nobody is responsible."""
    return RecordOutcome(
        state=RecordState.UNSURE,
        reason=why_not or itemized.reason,
        item_code=itemized.item_code,
        place_id=placed.site.place_id if placed else None,
        certainty=placed.certainty if placed else "",
        suggested=itemized.suggestions,
    )


def _description(incoming: Incoming) -> str:
    whole = "\n".join(filter(None, (incoming.title, incoming.text)))
    return whole if len(whole) <= DESCRIPTION_MOST else whole[: DESCRIPTION_MOST - 1] + "…"


def _fix(incoming: Incoming, source: Source) -> Fix | None:
    point = incoming.clues.point
    if point is None or not is_on_globe(point.lng, point.lat):
        return None
    here = to_wgs84(point.lng, point.lat, point.datum or source.datum)
    return Fix(lng=here.lng, lat=here.lat, accuracy_m=point.accuracy_m)
