"""Nobody decides in the own shop's favour, whatever else they are."""

from backend.accounts.structs import Actor
from shops.pickup.errors import OwnShop
from shops.register import queries as register


async def require_other(shop_id: int, actor: Actor) -> None:
    """Raises OwnShop for one of the shop's people."""
    if await register.is_person_of(shop_id, actor.account_id):
        raise OwnShop
