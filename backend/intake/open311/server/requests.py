"""`GET requests`: orders as strangers may know of them, and a source's own as it filed them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from backend.errors import NotFound
from backend.intake.open311.server import catalogue, filters
from backend.intake.open311.wire import statuses, times
from backend.intake.sources.structs import Source
from backend.orders.reads import public_orders
from backend.orders.reads.public_orders import PublicOrder
from media import links
from media.structs import Variant

_MERGED = {"zh": "已并入{number}", "en": "Goes on as {number}"}


class RequestUnknown(NotFound):
    """Not there, or not for this reader: the two are never told apart."""

    code = "open311-request-unknown"


async def list_requests(
    query: Mapping[str, str], area_code: str, source: Source | None, lang: str, base_url: str, now: datetime
) -> list[dict[str, Any]]:
    """A page of what is asked for. Raises FilterWrong, SpanTooLong, DateUnreadable."""
    requested = filters.read(query, area_code, now)
    public, reader = catalogue.public_codes(await catalogue.list_services()), _reader(source)
    if requested.numbers:
        found = await public_orders.find_public(public, reader, requested.numbers, filters.MOST)
    elif requested.most:
        found = await public_orders.list_public(
            public, reader, requested.order_filter, after=requested.after, most=requested.most
        )
    else:
        found = []
    return _rows(found, lang, base_url, now, is_extended=requested.is_extended)


async def get_request(
    number: str, source: Source | None, lang: str, base_url: str, now: datetime, *, is_extended: bool = False
) -> list[dict[str, Any]]:
    """One request, as a list of one. Raises RequestUnknown."""
    public = catalogue.public_codes(await catalogue.list_services())
    found = await public_orders.find_public(public, _reader(source), [number], 1)
    if not found:
        raise RequestUnknown
    return _rows(found, lang, base_url, now, is_extended=is_extended)


def _reader(source: Source | None) -> int | None:
    return source.account_id if source and source.may_read else None


def _rows(
    orders: Sequence[PublicOrder], lang: str, base_url: str, now: datetime, *, is_extended: bool
) -> list[dict[str, Any]]:
    return [_row(order, lang, base_url, now, is_extended=is_extended) for order in orders]


def _row(order: PublicOrder, lang: str, base_url: str, now: datetime, *, is_extended: bool) -> dict[str, Any]:
    """Every element stands there, empty where nothing is known."""
    status = statuses.status_of(order.state)
    is_over = status == statuses.CLOSED
    media_url = _link(order, base_url, now)
    row = {
        "service_request_id": order.number,
        "status": status,
        "status_notes": _MERGED[lang].format(number=order.merged_into) if order.merged_into else "",
        "service_name": order.item_en if lang == "en" else order.item_zh,
        "service_code": order.item_code,
        "description": order.description,
        "agency_responsible": order.unit_en if lang == "en" else order.unit_zh,
        "service_notice": "",
        "requested_datetime": times.written(order.opened_at),
        "updated_datetime": times.written(order.ended_at if is_over and order.ended_at else order.changed_at),
        "expected_datetime": "" if is_over else times.written(order.resolve_by),
        "address": order.address,
        "address_id": str(order.place_id) if order.place_id is not None else "",
        "zipcode": "",
        "lat": round(order.lat, 7),
        "long": round(order.lng, 7),
        "media_url": media_url,
    }
    if is_extended:
        row["extended_attributes"] = {"detailed_status": statuses.detailed(order.state).value}
    return row


def _link(order: PublicOrder, base_url: str, now: datetime) -> str:
    if order.picture is None:
        return ""
    return base_url + links.url_for(order.picture.id, Variant.LARGE, now, order.picture.link_version)
