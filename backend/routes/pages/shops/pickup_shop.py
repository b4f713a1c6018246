"""For which shop a page is: the one that is named; where none is, the one held longest."""

from backend.routes.http.request_context import RequestContext
from shops.register import queries as register
from shops.register.structs import Shop


async def find_named_shop(ctx: RequestContext, named: str) -> Shop | None:
    """One of the reader's own shops; None where there is none, or where another one's is named."""
    shops = await register.shops_of(ctx.actor.account_id)
    return next((shop for shop in shops if not named or str(shop.id) == named), None)
