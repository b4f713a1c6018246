"""One record that waits: its words, the likeliest items with what spoke for them, its place, and one decision.

Made for the keyboard: the likeliest is selected already, a digit chooses another, Enter sends it, and on to the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from litestar import Response, get
from litestar.params import FromPath

from backend.errors import AppError
from backend.geo.lonlat import LonLat
from backend.intake.records import queries, waiting
from backend.intake.records.structs import SETTLED, RawMessage, RecordDetail
from backend.intake.sources import queries as sources
from backend.intake.structs import ReporterContact
from backend.items import queries as items
from backend.places import queries as places
from backend.routes.http.dependencies import Ctx
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import row_number
from backend.routes.pages.inspectors.place_choice import PlaceChoice, PlaceOption
from backend.routes.pages.intake.record_list import DISPATCH
from backend.routes.pages.intake.record_queue import SOURCE, position_in
from backend.web.views import intake_words, item_choices

_OF_CLASS = 3


class SealedParts(NamedTuple):
    """What was sealed and is in this one answer."""

    contact: ReporterContact | None = None
    messages: Sequence[RawMessage] | None = None


_CLOSED = SealedParts()


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """What was selected and written; it comes back when something is refused."""

    item: str = ""
    choice: PlaceChoice = field(default_factory=PlaceChoice)
    words: dict[str, str] = field(default_factory=dict)
    opened: SealedParts = _CLOSED
    error: AppError | None = None


class ItemGroup(NamedTuple):
    """Items to choose from, by code with two names. `percent` and `words` are of the class, not of any item of it."""

    label: str
    percent: int
    words: tuple[str, ...]
    items: list[tuple[str, tuple[str, str]]]


@get("/desk/intake/next", guards=DISPATCH, include_in_schema=False)
async def show_next(ctx: Ctx) -> Response:
    """The oldest that was not put off; the list where nothing is left."""
    position = position_in(ctx.request)
    source = next((each for each in await sources.list_of(ctx.actor) if each.name == position.filtered[SOURCE]), None)
    queue = await waiting.view_queue(ctx.actor, position.later, source_id=source.id if source else None)
    done = row_number(ctx.request.query_params, "done")
    if queue.next_id is None:
        return base.see_other(f"/desk/intake?source={source.name}" if source else "/desk/intake")
    return base.see_other(position.at(queue.next_id, ended=done))


@get("/desk/intake/{record_id:int}", guards=DISPATCH, include_in_schema=False)
async def show_case(ctx: Ctx, record_id: FromPath[int]) -> Response:
    return await case(ctx, record_id)


async def case(ctx: RequestContext, record_id: Id, draft: CaseDraft | None = None) -> Response:
    """The record as it is now, with what was said of it so far. Raises RecordNotFound."""
    draft = draft or CaseDraft()
    record = await queries.get_record(record_id, ctx.actor)
    position, page = position_in(ctx.request), await base.page_of(ctx)
    return base.html(
        "intake/case.html",
        replace(page, path=position.at(record.id)),
        status=draft.error.status if draft.error else 200,
        record=record,
        source=await sources.get_source(record.source),
        position=position,
        queue=await waiting.view_queue(ctx.actor, (*position.later, record.id)),
        done=await _done(ctx, row_number(ctx.request.query_params, "done")),
        is_settled=record.state in SETTLED,
        draft=draft,
        problem=base.problem_of(page, draft.error, page.t("more.kept")) if draft.error else None,
        why=intake_words.reason_of(page, record.reason),
        choice=await _place_choice(record, draft.choice),
        **await _items(record, draft.item),
    )


async def _done(ctx: RequestContext, record_id: int) -> RecordDetail | None:
    """The one that was decided just now."""
    try:
        return await queries.get_record(record_id, ctx.actor) if record_id else None
    except AppError:
        return None


async def _items(record: RecordDetail, said: str) -> dict[str, Any]:
    """The likeliest classes with items of each, what is known already before them; and the whole dictionary."""
    names, open_codes = await items.list_names(), await items.list_open_codes()
    groups = _groups(record, {code: name for code, name in names.items() if code in open_codes})
    offered = [code for group in groups for code, _ in group.items]
    selected = said or (offered[0] if offered else "")
    every = [item for item in await items.list_items() if item.code in open_codes]
    return {
        "groups": groups,
        "selected": selected,
        "is_rare": bool(selected) and selected not in offered,
        "categories": item_choices.categories(every),
    }


def _groups(record: RecordDetail, names: dict[str, tuple[str, str]]) -> list[ItemGroup]:
    """Each item once, where it is likeliest."""
    code, seen, groups = record.item_code, set[str](), list[ItemGroup]()
    if code in names and code is not None:
        groups.append(ItemGroup("", 0, (), [(code, names[code])]))
        seen.add(code)
    for each in record.suggested:
        fitting = [code for code in each.items if code in names and code not in seen][:_OF_CLASS]
        seen.update(fitting)
        if fitting:
            percent = round(each.probability * 100)
            groups.append(ItemGroup(each.label, percent, each.words, [(code, names[code]) for code in fitting]))
    return groups


async def _place_choice(record: RecordDetail, said: PlaceChoice) -> PlaceChoice:
    """What was looked for last, else the place that is known already or the likeliest ones."""
    if said.options or said.problem:
        return said
    if record.place_id is None:
        likeliest = [
            PlaceOption(f"door:{hit.place_id}", hit.label, distance_m=hit.distance_m) for hit in record.nearest
        ]
        return PlaceChoice(likeliest, said.selected)
    place = await places.get_place(record.place_id)
    option = PlaceOption(f"door:{place.id}", place.label)
    return PlaceChoice([option], option.value)


def point_of(choice: PlaceChoice) -> LonLat | None:
    """Where a position was selected that is no place."""
    return choice.fix.wgs84() if choice.fix and choice.selected.startswith("spot:") else None
