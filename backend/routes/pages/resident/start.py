"""The start page: what this is, how to begin, and in demo mode the card of codes and accounts."""

from pathlib import Path
from typing import Any

import anyio
import msgspec
from litestar import Response, get

from backend.routes.http.dependencies import Ctx
from backend.routes.pages import base

_CODES_SHOWN = 3


@get("/", include_in_schema=False)
async def show_start(ctx: Ctx) -> Response:
    page = await base.page_of(ctx)
    settings = ctx.settings
    demo = await _demo_card(settings.state_dir) if settings.is_demo else None
    return base.html("resident/start.html", page, demo=demo, forgotten="forgotten" in ctx.request.query_params)


async def _demo_card(state_dir: Path) -> dict[str, Any] | None:
    try:
        card = msgspec.json.decode(await anyio.Path(state_dir / "demo.json").read_bytes())
    except (OSError, msgspec.DecodeError):
        return None
    by_kind = {kind: [code for code in card["codes"] if code["kind"] == kind] for kind in ("doorplate", "storefront")}
    codes = [code for kind in by_kind.values() for code in kind[:_CODES_SHOWN]]
    return {"codes": codes, "accounts": card["accounts"]}
