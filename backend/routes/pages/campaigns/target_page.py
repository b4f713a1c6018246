"""排查点: targets by committee, by filter, by file and as text; those that are nowhere yet, and who goes to which."""

from typing import Any, NamedTuple

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict

from backend.accounts.structs import Actor
from backend.campaigns import lifecycle, queries
from backend.campaigns.forms import storing
from backend.campaigns.structs import CampaignState, CampaignView
from backend.campaigns.targets import changing, filtering, listing, pasting, placing, reads, whole_areas
from backend.campaigns.targets.filtering import PlaceFilter
from backend.campaigns.targets.structs import RefusedTargetLine, TargetLookup
from backend.errors import AppError, BadRequest
from backend.geo.area_codes import COMMITTEE_CHARS, TOWN_CHARS
from backend.places import queries as places
from backend.places.kinds import PlaceKind
from backend.routes.http.dependencies import Ctx
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.campaigns import frame, target_lists
from backend.routes.pages.forms import read_form, row_number, word
from backend.words import TARGET_LINES

FILE_MAX_BYTES = 6_000_000
_AREAS_MOST = 300


class ListPreview(NamedTuple):
    """A list before it is taken: where its first lines lie. `text`: all of it, to be taken; empty where too long."""

    total: int
    rows: list[TargetLookup]
    text: str


@get("/campaigns/{campaign_id:int}/targets", guards=frame.MAKE, include_in_schema=False)
async def show_targets(ctx: Ctx, campaign_id: Id) -> Response:
    return await _page(ctx, await queries.get_own(campaign_id, ctx.actor))


@post(
    "/campaigns/{campaign_id:int}/targets",
    guards=frame.MAKE,
    include_in_schema=False,
    request_max_body_size=FILE_MAX_BYTES,
)
async def add_targets(ctx: Ctx, campaign_id: Id) -> Response:
    """`by`: areas, filter, file or lines. `act` preview shows a list and takes nothing."""
    campaign, form = await queries.get_own(campaign_id, ctx.actor), await read_form(ctx)
    try:
        if word(form, "act", 10) == "preview":
            return await _preview(ctx, campaign, form)
        added, refused = await _add(ctx, campaign, form)
    except AppError as error:
        return await _page(ctx, campaign, error)
    if refused:
        return await _page(ctx, campaign, refused=refused)
    return base.see_other(f"/campaigns/{campaign_id}/targets?done=added&count={added}")


@post("/campaigns/{campaign_id:int}/targets/{target_id:int}", guards=frame.MAKE, include_in_schema=False)
async def change_target(ctx: Ctx, campaign_id: Id, target_id: Id) -> Response:
    """`act`: place (at `place_id`), remove, assign (to `username`)."""
    campaign, form = await queries.get_own(campaign_id, ctx.actor), await read_form(ctx)
    try:
        done = await _change(ctx.actor, ctx, campaign_id, target_id, form)
    except AppError as error:
        return await _page(ctx, campaign, error)
    return base.see_other(f"/campaigns/{campaign_id}/targets?done={done}")


async def _change(by: Actor, ctx: RequestContext, campaign_id: int, target_id: int, form: FormMultiDict) -> str:
    match word(form, "act", 10):
        case "place":
            await placing.place_by_hand(campaign_id, target_id, row_number(form, "place_id"), by, ctx.now)
            return "placed"
        case "remove":
            await changing.remove(campaign_id, target_id, by, ctx.now)
            return "removed"
        case "assign":
            await changing.assign(campaign_id, target_id, word(form, "username", 60), by)
            return "assigned"
    raise BadRequest


async def _add(ctx: RequestContext, campaign: CampaignView, form: FormMultiDict) -> tuple[int, list[RefusedTargetLine]]:
    """How many were added, and the lines that stay out."""
    kind, by = word(form, "kind", 20), word(form, "by", 10)
    if by == "filter":
        place_kind = next((each for each in PlaceKind if each.value == word(form, "place_kind", 12)), None)
        area_code, called = word(form, "area", 12) or campaign.area_code, word(form, "words", 60)
        place_filter = PlaceFilter(area_code=area_code, place_kind=place_kind, words=called)
        return await filtering.add(campaign.id, place_filter, kind, ctx.actor, ctx.now), []
    if by == "areas":
        codes = [str(each)[:COMMITTEE_CHARS] for each in form.getall("areas", [])]
        if campaign.area_code in codes and len(campaign.area_code) < COMMITTEE_CHARS:
            codes = await whole_areas.list_codes(campaign.area_code)
        return await whole_areas.add(campaign.id, codes, kind, ctx.actor, ctx.now), []
    found = await target_lists.read(form, (await storing.get_form(campaign.form_id)).content.kinds)
    taken = await listing.add_lines(campaign.id, found.lines, ctx.actor, ctx.runtime.personal_seal, ctx.now)
    if len(found.lines) <= listing.AT_ONCE:
        await placing.place_waiting(campaign.id, ctx.now)
    return taken.added, [*found.refused, *taken.refused]


async def _preview(ctx: RequestContext, campaign: CampaignView, form: FormMultiDict) -> Response:
    found = await target_lists.read(form, (await storing.get_form(campaign.form_id)).content.kinds)
    text = pasting.write(found.lines)
    preview = ListPreview(
        total=len(found.lines),
        rows=await placing.look_up(campaign, found.lines),
        text=text if len(text) <= TARGET_LINES else "",
    )
    return await _page(ctx, campaign, refused=found.refused, preview=preview)


async def _page(
    ctx: RequestContext,
    campaign: CampaignView,
    error: AppError | None = None,
    refused: list[RefusedTargetLine] | None = None,
    preview: ListPreview | None = None,
) -> Response:
    after = frame.number_in(ctx.request.query_params, "after")
    found = await reads.list_targets(campaign.id, after)
    facts = await _facts(campaign, found)
    placed = sum(each.placed for each in facts["counts"])
    is_draft = campaign.state is CampaignState.DRAFT
    lacks = await lifecycle.list_lacking(campaign, placed, ctx.now) if is_draft else []
    facts |= {"preview": preview, "may_start": is_draft and not lacks}
    return await frame.show(ctx, "targets", campaign, error, refused=refused or [], **facts)


async def _facts(campaign: CampaignView, found: list[Any]) -> dict[str, Any]:
    towns = [campaign.area_code[:TOWN_CHARS]] if len(campaign.area_code) >= TOWN_CHARS else []
    counts = await reads.count_targets(campaign.id)
    areas = await places.list_names([campaign.area_code], towns, _AREAS_MOST)
    return {
        "targets": found,
        "next_after": found[-1].id if len(found) == reads.PAGE_ROWS else 0,
        "nowhere": await reads.list_nowhere(campaign) if any(each.nowhere for each in counts) else [],
        "counts": counts,
        "kinds": (await storing.get_form(campaign.form_id)).content.kinds,
        "areas": areas,
        "committees": [each for each in areas if len(each.code) == COMMITTEE_CHARS],
        "place_kinds": list(PlaceKind),
    }
