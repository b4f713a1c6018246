"""Where a scanned shop front leads whoever acts for the shop, reads the register or inspects: nothing for strangers."""

from backend.accounts.permissions import Permission, may_within
from backend.places.kinds import PlaceKind
from backend.web.views.page import PageContext
from qr.structs import CodePlace
from shops.inspections.inspectors import inspects
from shops.register import access, queries


async def shop_page_of(page: PageContext, place: CodePlace) -> str:
    """The page of the shop at this place for this reader; empty where there is none for them."""
    reader = page.actor
    if reader is None or place.kind != PlaceKind.STOREFRONT or not _concerns(page):
        return ""
    shop = await queries.find_at_place(place.id)
    if shop is None:
        return ""
    if await access.role_in(shop.id, reader.account_id):
        return f"/shop/{shop.id}"
    if may_within(reader, Permission.READ_SHOPS, place.area_code):
        return f"/shops/{shop.id}"
    return f"/shops/{shop.id}/findings" if await inspects(reader, place.area_code) else ""


def _concerns(page: PageContext) -> bool:
    return page.reads_shops or page.inspects_shops or page.has_shop
