"""The services of our endpoint: the sub-items that residents may report, with the attributes that each needs.

A service whose requests are no strangers' business (what our own pages never offer as "seen here already") carries the
keyword `private`, by which FixMyStreet keeps them to itself.
"""

from typing import Any

from backend import db
from backend.errors import NotFound
from backend.intake.open311 import attributes
from backend.intake.open311.attributes import Attribute, Datatype
from backend.structs import Read

_ALL = """
    SELECT i.code, i.category_zh, i.category_en, i.item_zh, i.item_en, i.name_zh, i.name_en, i.report_photos_min,
           rule.window_min > 0 AS is_public
    FROM item i CROSS JOIN LATERAL (
        SELECT window_min FROM duplicate_rule WHERE starts_with(i.code, prefix) ORDER BY length(prefix) DESC LIMIT 1
    ) rule
    WHERE i.is_open AND 'resident' = ANY(i.reporter_roles) ORDER BY i.code
"""
_PHOTOS = {
    "zh": "请附上照片,至少{least}张(media_url 或上传)。",
    "en": "Please add photos, at least {least} (media_url or upload).",
}
_SENDER = {"zh": "发送方自己的编号", "en": "The sender's own number"}
_LANGUAGES = ("zh", "en")


class ServiceUnknown(NotFound):
    code = "open311-service-unknown"


class Service(Read, frozen=True, kw_only=True):
    """A sub-item as a service. `is_public`: strangers may know of requests about it."""

    code: str
    category_zh: str
    category_en: str
    item_zh: str
    item_en: str
    name_zh: str
    name_en: str
    report_photos_min: int
    is_public: bool


async def list_services() -> list[Service]:
    """By code."""
    return [Service(**row) for row in await db.fetch(_ALL)]


async def get_service(code: str) -> Service:
    """Raises ServiceUnknown."""
    found = next((each for each in await list_services() if each.code == code), None)
    if found is None:
        raise ServiceUnknown
    return found


def public_codes(services: list[Service]) -> list[str]:
    return [each.code for each in services if each.is_public]


def service_row(service: Service, lang: str) -> dict[str, Any]:
    """As `services` lists it."""
    category, item = getattr(service, f"category_{lang}"), getattr(service, f"item_{lang}")
    keywords = [category, item, *([] if service.is_public else ["private"])]
    return {
        "service_code": service.code,
        "service_name": getattr(service, f"name_{lang}"),
        "description": f"{category} · {item}",
        "metadata": True,
        "type": "realtime",
        "keywords": ",".join(keywords),
        "group": item,
    }


def definition(service: Service, lang: str) -> dict[str, Any]:
    """The service's definition: a note on photos, the attributes, and the sender's own number, which no person sees."""
    rows = [_note(service, lang)] if service.report_photos_min else []
    rows += [_row(each, lang) for each in attributes.of_item(service.code)]
    rows.append(_sender_no(lang))
    numbered = [{**row, "order": order} for order, row in enumerate(rows, start=1)]
    return {"service_code": service.code, "attributes": numbered}


def _row(attribute: Attribute, lang: str) -> dict[str, Any]:
    said = _LANGUAGES.index(lang)
    row: dict[str, Any] = {
        "variable": True,
        "code": attribute.code,
        "datatype": attribute.datatype.value,
        "required": attribute.is_required,
        "datatype_description": attribute.hint[said],
        "order": 0,
        "description": attribute.name[said],
    }
    if attribute.datatype in (Datatype.SINGLE, Datatype.MULTI):
        row["values"] = [{"key": key, "name": names[said]} for key, names in attribute.values.items()]
    return row


def _note(service: Service, lang: str) -> dict[str, Any]:
    text = _PHOTOS[lang].format(least=service.report_photos_min)
    return _fixed("PHOTOS", text) | {"variable": False}


def _sender_no(lang: str) -> dict[str, Any]:
    return _fixed(attributes.SENDER_NO, _SENDER[lang]) | {"automated": "server_set"}


def _fixed(code: str, description: str) -> dict[str, Any]:
    return {
        "variable": True,
        "code": code,
        "datatype": Datatype.STRING.value,
        "required": False,
        "datatype_description": "",
        "order": 0,
        "description": description,
    }
