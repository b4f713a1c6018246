"""What the routes of plates share: whose area it is, and reading a plate out of one's own photo."""

from uuid import UUID

from litestar import Response

from backend.accounts.permissions import Permission
from backend.accounts.structs import Actor
from backend.routes.actions import wechat
from backend.routes.http.request_context import RequestContext
from media import service as media
from qr import overview, plate_areas, reading, rules, runtime
from qr.codes import Code
from qr.errors import OutsideYourArea
from qr.structs import History, Reading


def must_hold(actor: Actor, permission: Permission, area_code: str) -> None:
    """Raises OutsideYourArea."""
    if not rules.may_work(actor, permission, area_code):
        raise OutsideYourArea


async def history_within(ctx: RequestContext, code: Code) -> History:
    """A code's history, for those where it hangs or hung last; while it never hung, for those of its batch."""
    await plate_areas.require_within(code, ctx.actor)
    return await overview.get_history(code)


async def draw_mini_program_code(ctx: RequestContext, code: Code) -> Response[bytes]:
    """The plate's code as WeChat draws it, for those who may see its history. Raises what `wechat.draw_code` does."""
    await plate_areas.require_within(code, ctx.actor)
    picture, media_type = await wechat.draw_code(ctx, code)
    headers = {"content-disposition": f'inline; filename="{code}.{media_type.partition("/")[2]}"'}
    return Response(picture, media_type=media_type, headers=headers)


async def read_photo(photo_id: UUID, actor: Actor) -> Reading:
    """Read the plates in one's own photo."""
    symbols = await media.read_symbols(photo_id, actor.account_id)
    return reading.sort_symbols(symbols.texts, runtime.current_runtime().payload, symbols.left_out)
