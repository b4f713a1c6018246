"""商户公示: what everybody is told of the shop behind a code, and how to report or complain."""

from litestar import Response, get
from litestar.params import FromPath

from backend.routes.actions import complaining, scanning
from backend.routes.http.dependencies import Ctx
from backend.routes.pages import base
from shops.public import reading


@get("/q/{code:str}/shop", include_in_schema=False)
async def show_public_shop(ctx: Ctx, code: FromPath[str]) -> Response:
    async with scanning.parsing_address(ctx, code, None) as plate:
        place = await complaining.get_shop_front(plate)
    shop = await reading.get_public(place.id, ctx.now)
    return base.html("shops/public_shop.html", await base.page_of(ctx), shop=shop, code=plate, place_id=place.id)
