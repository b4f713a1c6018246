"""For whom a shop is told: one actor, one shop, one answer; and the same in SQL, for lists.

Staff of a shop is whoever holds one grant that reads the register over the area of its place. Its people see it as what
they are. To everybody else it is not there: what a passer-by sees of a shop stands on the page of its code.
"""

from backend import db
from backend.accounts.permissions import Permission, areas_of, may_within
from backend.accounts.structs import Actor
from backend.geo.area_sql import within_any
from backend.sql import Sql, sql
from backend.structs import Read
from shops.register import queries
from shops.register.errors import ShopForbidden, ShopNotFound
from shops.register.structs import Shop, ShopRole

_ROLE = "SELECT role FROM shop_person WHERE shop_id = $1 AND account_id = $2 AND until IS NULL"
_VISIBLE = """({within} OR shop.id = ANY(ARRAY(
    SELECT shop_id FROM shop_person WHERE account_id = :reader::bigint AND until IS NULL)))"""


class SeenShop(Read, frozen=True, kw_only=True):
    """A shop and as what its reader sees it: as staff of its area, as one of its people, or both."""

    shop: Shop
    is_staff: bool
    role: ShopRole | None

    @property
    def is_owner(self) -> bool:
        return self.role is ShopRole.OWNER


async def see(shop_id: int, actor: Actor) -> SeenShop:
    """A shop as this actor sees it. Raises ShopNotFound, also where it is not there for them."""
    shop = await queries.get_shop(shop_id)
    role = await role_in(shop_id, actor.account_id)
    is_staff = may_within(actor, Permission.READ_SHOPS, shop.area_code)
    if not is_staff and role is None:
        raise ShopNotFound
    return SeenShop(shop=shop, is_staff=is_staff, role=role)


async def role_in(shop_id: int, account_id: int) -> ShopRole | None:
    """As what somebody acts for a shop now; None for whoever does not."""
    found = await db.fetchval(_ROLE, shop_id, account_id)
    return ShopRole(found) if found else None


async def require_person(shop_id: int, actor: Actor) -> Shop:
    """A shop, for one of its people. Raises ShopNotFound, and ShopForbidden for staff who may only read it."""
    seen = await see(shop_id, actor)
    if seen.role is None:
        raise ShopForbidden
    return seen.shop


def visible_to(actor: Actor) -> Sql:
    """Whether the actor sees the shop, of a statement with `shop` and `place`. Its names begin with `reader`."""
    within = within_any("place.area_id", areas_of(actor, Permission.READ_SHOPS), "reader_area")
    return sql(_VISIBLE, within=within, reader=actor.account_id)
