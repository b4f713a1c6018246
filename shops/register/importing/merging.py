"""What a row makes of the shop that stands at its place, or of none. Pure but for the seal."""

from datetime import date
from typing import Any

import msgspec

from backend.privacy.seals import Seal
from shops.register import contacts, licences
from shops.register.contacts import OF_SHOP, PersonContact, SealedContact
from shops.register.importing.placing import Placed
from shops.register.importing.reasons import ShopRowReason
from shops.register.importing.rows import ShopRow
from shops.register.structs import LicenceWarning, ShopState


class StoredShop(msgspec.Struct, frozen=True, kw_only=True):
    """A shop as the register has it: its columns by their names."""

    id: int
    place_id: int
    name: str
    uscc: str | None = None
    uscc_warning: str = ""
    trade_class: str | None = None
    size_m2: int | None = None
    seats: int | None = None
    state: str = ShopState.OPEN.value
    opened_on: date | None = None
    responsible_name: bytes | None = None
    responsible_phone: bytes | None = None
    responsible_print: bytes | None = None
    dataset: str = ""
    source_key: str | None = None


COLUMNS = StoredShop.__struct_fields__


def why_not(row: ShopRow, placed: Placed, there: StoredShop | None, by_key: StoredShop | None) -> ShopRowReason | None:
    """Why a row may not become the shop of its place. `by_key`: the shop that its source's key names today."""
    if there is not None and there.uscc and row.uscc and there.uscc != row.uscc:
        return ShopRowReason.OTHER_LICENCE
    if by_key is not None and by_key.place_id != placed.place_id:
        return ShopRowReason.KEY_ELSEWHERE
    return None


def merged(row: ShopRow, placed: Placed, before: StoredShop, dataset: str, seal: Seal) -> StoredShop:
    """The shop after this row: an empty cell leaves what is there, and so does a contact that has not changed."""
    said: dict[str, Any] = {
        "name": row.name,
        "uscc": row.uscc,
        "trade_class": row.trade_class.value if row.trade_class else None,
        "size_m2": row.size_m2,
        "seats": row.seats,
        "state": row.state.value if row.state else None,
        "opened_on": row.opened_on,
        **({"dataset": dataset, "source_key": row.key} if row.key else {}),
    }
    known = {name: value for name, value in said.items() if value is not None}
    after = msgspec.structs.replace(before, **known, **_contact(row, before, seal))
    warning = licences.warning_of(after.uscc, placed.area_code) if after.uscc else LicenceWarning.NONE
    return msgspec.structs.replace(after, uscc_warning=warning.value)


def _contact(row: ShopRow, before: StoredShop, seal: Seal) -> dict[str, bytes | None]:
    if not (row.contact.name or row.contact.phone):
        return {}
    known = contacts.open_contact(
        SealedContact(before.responsible_name, before.responsible_phone), OF_SHOP, before.id, seal
    )
    after = PersonContact(name=row.contact.name or known.name, phone=row.contact.phone or known.phone)
    printed = contacts.print_of(after, seal)
    if printed == before.responsible_print:
        return {}
    sealed = contacts.close(after, OF_SHOP, before.id, seal)
    return {
        "responsible_name": sealed.name,
        "responsible_phone": sealed.phone,
        "responsible_print": printed,
    }
