"""The start page: what the reader reported, how to begin, and in demo mode the card of codes and accounts."""

from pathlib import Path
from typing import Any

import anyio
import msgspec
from litestar import Response, get

from backend.reports.own_reports import list_own
from backend.routes.actions.list_thumbs import thumbs_of
from backend.routes.http.dependencies import Ctx
from backend.routes.pages import base
from qr.codes import grouped

_CODES_SHOWN = 3


@get("/", include_in_schema=False)
async def show_start(ctx: Ctx) -> Response:
    page = await base.page_of(ctx)
    settings = ctx.settings
    demo = await _demo_card(settings.state_dir) if settings.is_demo else None
    own = (await list_own(page.actor.account_id)).items if page.actor else []
    thumbs = await thumbs_of([report.order_id for report in own], page.actor, page.now)
    facts = {"own": own, "thumbs": thumbs, "forgotten": "forgotten" in ctx.request.query_params}
    return base.html("resident/start.html", page, names_somebody=bool(own), demo=demo, **facts)


async def _demo_card(state_dir: Path) -> dict[str, Any] | None:
    try:
        card = msgspec.json.decode(await anyio.Path(state_dir / "demo.json").read_bytes())
    except (OSError, msgspec.DecodeError):
        return None
    by_kind = {kind: [code for code in card["codes"] if code["kind"] == kind] for kind in ("doorplate", "storefront")}
    codes = [code for kind in by_kind.values() for code in kind[:_CODES_SHOWN]]
    return {
        "codes": codes,
        "door": grouped(codes[0]["code"]),
        "photos": card["photos"],
        "accounts": card["accounts"],
        "password": card["password"],
    }
