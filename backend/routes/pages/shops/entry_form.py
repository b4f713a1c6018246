"""The form of a shop's entry in the register, as it was typed, and what it says."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import msgspec

from backend.errors import BadRequest
from backend.places.importing.dates import read_day
from backend.routes.pages.forms import word
from shops.register.errors import OpeningDayInvalid
from shops.register.structs import ShopDetail, ShopEntry


@dataclass(frozen=True, slots=True)
class TypedEntry:
    """Texts as they stand in the boxes."""

    code: str = ""
    name: str = ""
    uscc: str = ""
    trade_class: str = ""
    size_m2: str = ""
    seats: str = ""
    state: str = "open"
    opened_on: str = ""
    responsible_name: str = ""
    responsible_phone: str = ""


def typed_entry(form: Mapping[str, Any]) -> TypedEntry:
    """What was sent, field by field."""
    said = {field.name: word(form, field.name, 300) for field in fields(TypedEntry)}
    return TypedEntry(**{**said, "state": said["state"] or "open"})


def entry_of(shop: ShopDetail) -> TypedEntry:
    """The entry as it is, to be corrected. Whom to call is typed anew: it may be masked here."""
    said = {name: getattr(shop, name) for name in ("name", "uscc", "trade_class", "size_m2", "seats", "opened_on")}
    return TypedEntry(**{name: "" if value is None else str(value) for name, value in said.items()})


def read_entry(typed: TypedEntry) -> ShopEntry:
    """The entry that was typed. Raises BadRequest for a number or a name that is none, OpeningDayInvalid."""
    opened = read_day(typed.opened_on) if typed.opened_on else None
    if typed.opened_on and opened is None:
        raise OpeningDayInvalid
    said = {
        "name": typed.name,
        "uscc": typed.uscc,
        "trade_class": typed.trade_class or None,
        "size_m2": typed.size_m2 or None,
        "seats": typed.seats or None,
        "state": typed.state,
        "opened_on": opened,
        "responsible_name": typed.responsible_name,
        "responsible_phone": typed.responsible_phone,
    }
    try:
        return msgspec.convert(said, ShopEntry, strict=False)
    except msgspec.ValidationError as error:
        raise BadRequest("shop-entry-unclear", field=str(error).rpartition("$.")[2].strip("`") or "name") from error
