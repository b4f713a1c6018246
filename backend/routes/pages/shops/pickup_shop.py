"""For which shop a page is: the one that is named, else the only one, or the one held longest."""

from backend.routes.http.request_context import RequestContext
from shops.register import queries as register
from shops.register.structs import Shop


async def find_named_shop(ctx: RequestContext, named: str) -> Shop | None:
    """One of the reader's own shops; None where there is none."""
    shops = await register.shops_of(ctx.actor.account_id)
    by_name = {str(shop.id): shop for shop in shops}
    return by_name.get(named) or (shops[0] if shops else None)
