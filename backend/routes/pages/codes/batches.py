"""The pages of those who order plates: batches to mint and print, plates under suspicion, where plates are wanting."""

from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect

from backend.accounts.permissions import Permission, areas_of, may
from backend.errors import AppError
from backend.geo.area_codes import TOWN_CHARS
from backend.places import queries as places
from backend.routes.actions import plate_rights
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, word, words
from backend.web.views.page import PageContext
from backend.words import PLATE_NOTE, fitting
from qr import codes, overview, runtime
from qr import service as qr
from qr.rules import Finding
from qr.structs import Batch, CoverageGap

_BATCHES = 20
_AREAS_MOST = 400
_DOTS = 3000
_MAP_WIDTH, _MAP_RIM = 640, 10
_LAT_TO_LNG = 1.17
"""Degrees of longitude that are as long as one of latitude, at 31° north."""


@get("/codes", guards=[requires(Permission.BIND_CODES)], include_in_schema=False)
async def show_codes(ctx: Ctx) -> Response:
    return await _codes(ctx, await base.page_of(ctx))


@post("/codes/mint", guards=[requires(Permission.MINT_CODES)], include_in_schema=False)
async def mint(ctx: Ctx) -> Response:
    form, page = await read_form(ctx), await base.page_of(ctx)
    count, area = word(form, "count", 7), word(form, "area_code", 15) or word(form, "area", 15)
    try:
        batch = await _mint(ctx, count, area, words(form, "note"))
    except AppError as error:
        typed = {"count": count, "area": area, "note": words(form, "note")}
        return await _codes(ctx, page, problem=base.problem_of(page, error), status=error.status, typed=typed)
    return base.see_other(f"/codes?minted={batch.id}#batch-{batch.id}")


@post("/codes/checks/{check_id:int}", guards=[requires(Permission.BIND_CODES)], include_in_schema=False)
async def settle(ctx: Ctx, check_id: Id) -> Redirect:
    found = word(await read_form(ctx), "finding", 10)
    finding = Finding(found) if found in list(Finding) else Finding.GENUINE
    await qr.settle_check(check_id, finding, actor=ctx.actor, now=ctx.now)
    return base.see_other("/codes")


@get("/codes/find", guards=[requires(Permission.BIND_CODES)], include_in_schema=False)
async def find(ctx: Ctx) -> Redirect:
    """Where the form for a typed or scanned code leads."""
    typed = ctx.request.query_params.get("code", "")[:200]
    try:
        return base.see_other(f"/codes/{runtime.current_runtime().payload.parse(typed)}")
    except AppError:
        return base.see_other("/codes?unread=1")


@get("/codes/coverage", guards=[requires(Permission.BIND_CODES)], include_in_schema=False)
async def show_coverage(ctx: Ctx) -> Response:
    page, areas = await base.page_of(ctx), areas_of(ctx.actor, Permission.BIND_CODES)
    gaps = await overview.list_gaps(areas, page.now, _DOTS)
    return base.html(
        "codes/coverage.html",
        page,
        areas=await overview.list_coverage(areas, page.now),
        gaps=gaps[:200],
        dots=_dots(gaps),
        width=_MAP_WIDTH,
    )


async def _mint(ctx: RequestContext, count: str, area: str, note: str) -> Batch:
    """`count` as it was typed: what is no number is none. Raises Forbidden outside the actor's areas."""
    plate_rights.must_hold(ctx.actor, Permission.MINT_CODES, area)
    return await qr.mint(
        int(count) if count.isascii() and count.isdigit() else 0,
        keys=runtime.current_runtime().keys,
        now=ctx.now,
        actor_id=ctx.actor.account_id,
        area_code=area,
        note=fitting(note, PLATE_NOTE),
    )


async def _codes(
    ctx: RequestContext,
    page: PageContext,
    problem: dict[str, str] | None = None,
    status: int = 200,
    typed: dict[str, str] | None = None,
) -> Response:
    actor = ctx.actor
    mints = may(actor, Permission.MINT_CODES)
    areas = areas_of(actor, Permission.MINT_CODES)
    named = await _named(areas) if mints else {}
    return base.html(
        "codes/batches.html",
        page,
        status=status,
        problem=problem,
        batches=(await overview.list_batches(areas, limit=_BATCHES)).items if mints else [],
        mints=mints,
        typed=typed or {"area": areas[0] if areas else ""},
        areas=named,
        minted=ctx.request.query_params.get("minted", ""),
        unread="unread" in ctx.request.query_params,
        checks=await overview.list_open_checks(areas_of(actor, Permission.BIND_CODES)),
        findings=list(Finding),
        grouped=codes.grouped,
    )


async def _named(areas: list[str]) -> dict[str, str]:
    """The areas to choose from, by code, each behind its larger one; committees of towns whose plates these are."""
    towns = [area[:TOWN_CHARS] for area in areas if len(area) >= TOWN_CHARS]
    known = {area.code: area.name for area in await places.list_names(areas, towns, _AREAS_MOST)}
    return {area: known.get(area, area) for area in sorted({*areas, *known})}


def _dots(gaps: list[CoverageGap]) -> list[dict[str, Any]]:
    """Places in a square drawing, north up; at this scale a degree may stay square to its cosine."""
    if not gaps:
        return []
    west, east = min(gap.point.lng for gap in gaps), max(gap.point.lng for gap in gaps)
    south, north = min(gap.point.lat for gap in gaps), max(gap.point.lat for gap in gaps)
    scale = (_MAP_WIDTH - 2 * _MAP_RIM) / max(east - west, (north - south) * _LAT_TO_LNG, 1e-4)
    return [
        {
            "x": round((gap.point.lng - west) * scale + _MAP_RIM, 1),
            "y": round((north - gap.point.lat) * scale * _LAT_TO_LNG + _MAP_RIM, 1),
            "kind": "bare" if gap.is_bare else "stale",
        }
        for gap in gaps
    ]
