"""排查点: targets by filter, by file and by code; those that are nowhere yet, and who goes to which."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict, UploadFile

from backend.accounts.structs import Actor
from backend.campaigns import queries
from backend.campaigns.forms import storing
from backend.campaigns.forms.fields import TargetKind
from backend.campaigns.structs import CampaignView
from backend.campaigns.targets import changing, files, filtering, listing, placing, reads
from backend.campaigns.targets.filtering import PlaceFilter
from backend.campaigns.targets.structs import RefusedTargetLine, SaidTarget
from backend.errors import AppError, BadRequest
from backend.geo.area_codes import TOWN_CHARS
from backend.places import queries as places
from backend.places.kinds import PlaceKind
from backend.routes.http.dependencies import Ctx
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.campaigns import frame
from backend.routes.pages.forms import read_form, row_number, word, words
from backend.words import TARGET_LINES, fitting

FILE_MAX_BYTES = 6_000_000
_AREAS_MOST = 300


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
    """`by`: filter, file or lines."""
    campaign, form = await queries.get_own(campaign_id, ctx.actor), await read_form(ctx)
    refused: list[RefusedTargetLine] = []
    try:
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
    kind = word(form, "kind", 20)
    if word(form, "by", 10) == "filter":
        place_kind = next((each for each in PlaceKind if each.value == word(form, "place_kind", 12)), None)
        place_filter = PlaceFilter(
            area_code=word(form, "area", 12) or campaign.area_code, place_kind=place_kind, words=word(form, "words", 60)
        )
        return await filtering.add(campaign.id, place_filter, kind, ctx.actor, ctx.now), []
    if word(form, "by", 10) == "lines":
        lines, refused = files.read_lines(fitting(words(form, "lines"), TARGET_LINES, "lines"), kind), []
    else:
        lines, refused = await _read(form, (await storing.get_form(campaign.form_id)).content.kinds)
    taken = await listing.add_lines(campaign.id, lines, ctx.actor, ctx.runtime.personal_seal, ctx.now)
    if len(lines) <= listing.AT_ONCE:
        await placing.place_waiting(campaign.id, ctx.now)
    return taken.added, [*refused, *taken.refused]


async def _read(form: FormMultiDict, kinds: list[TargetKind]) -> tuple[list[SaidTarget], list[RefusedTargetLine]]:
    """Raises FileRefused, BadRequest without a file."""
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise BadRequest("campaign-file-missing")
    content = await file.read()
    return await asyncio.to_thread(_read_bytes, content, kinds)


def _read_bytes(content: bytes, kinds: list[TargetKind]) -> tuple[list[SaidTarget], list[RefusedTargetLine]]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "targets"
        path.write_bytes(content)
        return files.read_file(path, kinds)


async def _page(
    ctx: RequestContext,
    campaign: CampaignView,
    error: AppError | None = None,
    refused: list[RefusedTargetLine] | None = None,
) -> Response:
    after = frame.number_in(ctx.request.query_params, "after")
    found = await reads.list_targets(campaign.id, after)
    return await frame.show(ctx, "targets", campaign, error, refused=refused or [], **await _facts(campaign, found))


async def _facts(campaign: CampaignView, found: list[Any]) -> dict[str, Any]:
    towns = [campaign.area_code[:TOWN_CHARS]] if len(campaign.area_code) >= TOWN_CHARS else []
    counts = await reads.count_targets(campaign.id)
    return {
        "targets": found,
        "next_after": found[-1].id if len(found) == reads.PAGE_ROWS else 0,
        "nowhere": await reads.list_nowhere(campaign) if any(each.nowhere for each in counts) else [],
        "counts": counts,
        "kinds": (await storing.get_form(campaign.form_id)).content.kinds,
        "areas": await places.list_names([campaign.area_code], towns, _AREAS_MOST),
        "place_kinds": list(PlaceKind),
    }
