"""Two drawn photos for whoever tries the demonstration at a desk, before and after; in demo mode only."""

from pathlib import Path

import anyio
from litestar import Response, get
from litestar.params import FromPath

from backend.errors import NotFound
from backend.routes.http.dependencies import Ctx

PHOTOS = ("before.jpg", "after.jpg")


def photo_file(state_dir: Path, name: str) -> Path:
    """Where one of PHOTOS lies."""
    return state_dir / f"demo-{name}"


@get("/demo-photos/{name:str}", include_in_schema=False)
async def get_demo_photo(ctx: Ctx, name: FromPath[str]) -> Response[bytes]:
    if not ctx.settings.is_demo or name not in PHOTOS:
        raise NotFound
    try:
        content = await anyio.Path(photo_file(ctx.settings.state_dir, name)).read_bytes()
    except FileNotFoundError as error:
        raise NotFound from error
    return Response(content, media_type="image/jpeg", headers={"cache-control": "no-cache"})
