"""The register as a list: the shops that an actor sees, searched and narrowed."""

from typing import Any

from msgspec import convert

from backend import db
from backend.accounts.structs import Actor
from backend.geo.area_sql import within
from backend.places import sql as places_sql
from backend.sql import Sql, sql
from backend.structs import Page, decode_cursor, encode_cursor
from shops.register import access, licences
from shops.register.claims import STATES_WAITING
from shops.register.queries import FROM_SHOP, SHOP_COLUMNS
from shops.register.structs import LicenceWarning, ShopFilter, ShopListed

_HAS_OWNER = "EXISTS (SELECT FROM shop_person o WHERE o.shop_id = shop.id AND o.role = 'owner' AND o.until IS NULL)"
_CLAIMS = f"(SELECT count(*) FROM shop_claim c WHERE c.shop_id = shop.id AND c.state IN ({STATES_WAITING}))"
_LIST = f"""
SELECT {SHOP_COLUMNS}, {_HAS_OWNER} AS has_owner, {_CLAIMS} AS waiting_claims {FROM_SHOP}
WHERE shop.ended_at IS NULL AND shop.id > :after AND {{visible}} AND {{narrowed}} AND {{besides}}
ORDER BY shop.id LIMIT :most"""
_COUNT = f"SELECT count(*) {FROM_SHOP} WHERE shop.ended_at IS NULL AND {{visible}} AND {{narrowed}} AND {{besides}}"
_TEXT = f"""(strpos(place_fold(shop.name), (SELECT place_fold(:text::text))) > 0
    OR {places_sql.says(":text", "place")} OR (:code <> '' AND starts_with(shop.uscc, :code)))"""
_ALL = Sql("true")
_CODE_LEAST = 4
"""So many signs of a credit code say something."""


async def list_shops(
    actor: Actor, narrowed: ShopFilter, *, limit: int, cursor: str | None = None, besides: Sql = _ALL
) -> Page[ShopListed]:
    """A page of the shops that the actor sees, in the order in which they were registered.

    `besides`: a condition of another part on `shop` and `place`.
    """
    (after,) = decode_cursor(cursor, int) if cursor else (0,)
    conditions = {"visible": access.visible_to(actor), "narrowed": _condition(narrowed), "besides": besides}
    rows = await db.fetch(sql(_LIST, **conditions, after=after, most=limit + 1))
    shops = [convert(dict(row), ShopListed) for row in rows[:limit]]
    return Page(items=shops, next_cursor=encode_cursor(shops[-1].id) if len(rows) > limit else None)


async def count_shops(actor: Actor, narrowed: ShopFilter, besides: Sql = _ALL) -> int:
    """How many shops the actor sees within the filter."""
    conditions = {"visible": access.visible_to(actor), "narrowed": _condition(narrowed), "besides": besides}
    return await db.fetchval(sql(_COUNT, **conditions))


def _condition(narrowed: ShopFilter) -> Sql:
    parts: list[tuple[str, dict[str, Any]]] = []
    if narrowed.text:
        code = licences.plain(narrowed.text)
        parts.append((_TEXT, {"text": narrowed.text, "code": code if len(code) >= _CODE_LEAST else ""}))
    if narrowed.area:
        parts.append((within("place.area_id", ":area::text"), {"area": narrowed.area}))
    if narrowed.state:
        parts.append(("shop.state = :state", {"state": narrowed.state.value}))
    if narrowed.trade_class:
        parts.append(("shop.trade_class = :trade_class", {"trade_class": narrowed.trade_class.value}))
    if narrowed.has_owner is not None:
        parts.append((_HAS_OWNER if narrowed.has_owner else f"NOT {_HAS_OWNER}", {}))
    if narrowed.has_claims:
        parts.append((f"{_CLAIMS} > 0", {}))
    if narrowed.is_warned:
        parts.append((f"(shop.uscc IS NULL OR shop.uscc_warning <> '{LicenceWarning.NONE}')", {}))
    values = {name: value for _, named in parts for name, value in named.items()}
    return Sql(" AND ".join(text for text, _ in parts) or "true", values)
