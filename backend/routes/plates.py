"""What the doors of plates share: whose area it is, and reading a plate out of one's own photo."""

import asyncio
from datetime import datetime
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from litestar import Request

from backend.accounts.permissions import HOLDERS, Permission
from backend.accounts.structs import Actor
from media import queries as media
from media import serving
from media.structs import Variant
from qr import overview, reading, room, rules
from qr.errors import OutsideYourArea
from qr.structs import History, Reading


def patterns_of(actor: Actor, permission: Permission) -> list[str]:
    """LIKE patterns of the areas within which the permission is held."""
    return [f"{area}%" for area in actor.areas_of(*HOLDERS[permission])]


def must_hold(actor: Actor, permission: Permission, area_code: str) -> None:
    """Raises OutsideYourArea."""
    if not rules.may_work(actor, permission, area_code):
        raise OutsideYourArea


async def history_within(request: Request, code: str) -> History:
    """A code's history, for those of its area; for all who hang plates while it never hung anywhere."""
    history = await overview.get_history(code)
    if history.area_code:
        must_hold(request.user, Permission.BIND_CODES, history.area_code)
    return history


async def read_photo(photo_id: UUID, actor: Actor, now: datetime) -> Reading:
    """Read the shown copy of one's own photo: the guarded process has decoded and encoded it anew."""
    photo = await media.get_photo(photo_id, actor.account_id, now)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(photo.large_url).query).items()}
    shown = await serving.find_shown(
        photo_id,
        Variant.LARGE,
        link_version=int(asked.get("v", "0")),
        expires_s=int(asked["e"]),
        signature=asked["s"],
        takes_webp=False,
        now=now,
    )
    picture = b"".join([part async for part in serving.read_shown(shown, 0, shown.size_bytes)])
    return await asyncio.to_thread(reading.read_picture, picture, room.here().payload)
