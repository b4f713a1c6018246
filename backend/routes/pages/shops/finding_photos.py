"""A photo of a finding, released to everybody or taken back: by whoever may do so there and is not of the shop."""

from uuid import UUID

from litestar import Response, post
from litestar.params import FromPath

from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Id
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, words
from media import service as media
from media.errors import EvidenceForbidden, PhotoNotFound
from shops.inspections import access

ACTS = {"release": media.release, "withhold": media.withhold}


@post(
    "/findings/{finding_id:int}/photos/{photo_id:uuid}/{act:str}",
    guards=[signed_in],
    include_in_schema=False,
)
async def set_finding_photo(ctx: Ctx, finding_id: Id, photo_id: FromPath[UUID], act: FromPath[str]) -> Response:
    """Raises FindingNotFound, PhotoNotFound, EvidenceForbidden, PhotoReasonMissing."""
    seen = await access.see(finding_id, ctx.actor, ctx.now)
    shown = {photo.id for step in seen.finding.steps for photo in step.photos}
    if act not in ACTS or photo_id not in shown:
        raise PhotoNotFound
    if not seen.is_staff:
        raise EvidenceForbidden
    reason = words(await read_form(ctx), "reason")
    await ACTS[act](photo_id, ctx.actor, ctx.now, reason, area_code=seen.finding.area_code)
    return base.see_other(f"/findings/{finding_id}?done={act}")
