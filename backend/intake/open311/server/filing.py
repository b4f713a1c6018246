"""`POST requests`: what a source posts becomes an intake record, and by it an order. Sent again it is the same one.

What it is called by its sender files it once. Where it is called nothing, the same form within ten minutes is taken for
the same request: a sender that lost the answer sends it again. Where nobody can tell by machine where it is, a person
does, and the sender gets a token meanwhile.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from backend import db
from backend.errors import BadRequest
from backend.geo.lonlat import is_on_globe
from backend.intake.open311 import attributes
from backend.intake.open311.server import catalogue
from backend.intake.open311.wire.forms import FieldMissing, FieldTooLong, PostedForm
from backend.intake.records import receiving
from backend.intake.records.structs import Receipt
from backend.intake.sources.structs import Source
from backend.intake.structs import PHONE_MOST, SOURCE_NO_MOST, Clues, Incoming, PointClue, ReporterContact
from backend.sql import sql
from backend.structs import Read
from backend.words import PERSON_NAME
from qr.codes import LENGTH as CODE_LENGTH

DESCRIPTION_MOST = 4000
_SAME_WITHIN = timedelta(minutes=10)
_LINK_MOST, _LINKS_MOST = 500, 10
_LINKS = "照片链接:"
_EARLIER = """
    SELECT client_no FROM open311_request
    WHERE source_id = :source_id AND body_print = :body_print AND created_at > :since AND way = 'filed'
    ORDER BY created_at DESC LIMIT 1
"""
_ADD = """
    INSERT INTO open311_request (source_id, way, record_id, token, client_no, body_print, service_code,
        state, created_at)
    VALUES (:source_id, 'filed', :record_id, :token, :client_no, :body_print, :service_code, 'filed', :now)
    ON CONFLICT (source_id, way, client_no) DO UPDATE SET way = excluded.way
    RETURNING token
"""


class PlaceUnsaid(BadRequest):
    """Neither a position nor an address."""

    code = "open311-place-missing"


class PositionWrong(BadRequest):
    """Not degrees on the globe, or latitude and longitude the other way round."""

    code = "open311-position-wrong"


class PostedRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What was posted, read and checked. `client_no`: as its sender calls it, or ""."""

    service_code: str
    client_no: str
    incoming: Incoming
    body_print: str


class FiledRequest(Read, frozen=True, kw_only=True):
    """Exactly one of the two says something."""

    service_request_id: str
    token: str


async def read(form: PostedForm, file_prints: Sequence[bytes], now: datetime) -> PostedRequest:
    """Check a form.

    Raises ServiceUnknown, FieldMissing, FieldTooLong, PlaceUnsaid, PositionWrong and what attributes.py raises.
    """
    service = await catalogue.get_service(form.required("service_code", most=40))
    given = form.attributes()
    text = _text(form, attributes.answers(service.code, given))
    client_no = _client_no(form, given)
    incoming = Incoming(
        source_no=client_no or "-",
        occurred_at=attributes.seen_at(given, now),
        text=text,
        clues=_clues(form),
        item_code=service.code,
        class_code=service.code,
        contact=_contact(form),
    )
    return PostedRequest(
        service_code=service.code, client_no=client_no, incoming=incoming, body_print=form.print_of(*file_prints)
    )


async def file(
    posted: PostedRequest, source: Source, photo_ids: Sequence[UUID], links: Sequence[str], raw: bytes, now: datetime
) -> FiledRequest:
    """File what was read, with the photos that the gate has taken in and the links that nobody follows."""
    client_no = posted.client_no or await _number_of(posted, source, now)
    text = "\n".join(filter(None, (posted.incoming.text, *([_LINKS, *links] if links else ()))))
    incoming = msgspec.structs.replace(
        posted.incoming, source_no=client_no, text=text, photo_ids=list(dict.fromkeys(photo_ids))
    )
    async with db.transaction():
        receipt = await receiving.receive(source, incoming, raw, now=now)
        token = await _keep(posted, source, receipt, client_no, now)
    return FiledRequest(service_request_id=receipt.number or "", token="" if receipt.number else token)


def links_of(form: PostedForm) -> list[str]:
    """The addresses of pictures that came as such. Raises FieldTooLong."""
    links = list(dict.fromkeys(form.all_of("media_url", "media_url[]")))[:_LINKS_MOST]
    if any(len(link) > _LINK_MOST for link in links):
        raise FieldTooLong(field="media_url", most=_LINK_MOST)
    return links


async def _number_of(posted: PostedRequest, source: Source, now: datetime) -> str:
    """The number of the same form from just now, else a new one that the same form gets at the same time, too."""
    found = sql(_EARLIER, source_id=source.id, body_print=posted.body_print, since=now - _SAME_WITHIN)
    earlier = await db.fetchval(found)
    span = int(now.timestamp() // _SAME_WITHIN.total_seconds())
    return earlier or f"form-{posted.body_print[:40]}-{span}"


async def _keep(posted: PostedRequest, source: Source, receipt: Receipt, client_no: str, now: datetime) -> str:
    return await db.fetchval(
        sql(
            _ADD,
            source_id=source.id,
            record_id=receipt.record_id,
            token=secrets.token_urlsafe(24),
            client_no=client_no,
            body_print=posted.body_print,
            service_code=posted.service_code,
            now=now,
        )
    )


def _client_no(form: PostedForm, given: dict[str, list[str]]) -> str:
    said = form.value("client_request_id", "service_request_id_ext", most=SOURCE_NO_MOST)
    inner = next((given[code][0] for code in attributes.SENDER_NOS if given.get(code)), "")
    if len(inner) > SOURCE_NO_MOST:
        raise FieldTooLong(field="client_request_id", most=SOURCE_NO_MOST)
    return said or inner


def _text(form: PostedForm, answered: str) -> str:
    described = form.value("description", most=DESCRIPTION_MOST)
    return "\n".join(filter(None, (described, answered)))


def _contact(form: PostedForm) -> ReporterContact | None:
    """The name as Chinese writes it where no blank stands in it, else as it came."""
    parts = [form.value("first_name", most=PERSON_NAME), form.value("last_name", most=PERSON_NAME)]
    name = " ".join(filter(None, parts))[:PERSON_NAME]
    phone = form.value("phone", most=PHONE_MOST)
    return ReporterContact(name=name, phone=phone) if name or phone else None


def _clues(form: PostedForm) -> Clues:
    address_id, address = form.value("address_id", most=80), form.value("address_string", most=300)
    point = _point(form)
    if not (point or address_id or address):
        raise PlaceUnsaid
    is_place = address_id.isascii() and address_id.isdigit() and len(address_id) < CODE_LENGTH
    return Clues(
        code=address_id if address_id and not is_place else None,
        place_id=int(address_id) or None if is_place else None,
        point=point,
        address=address,
    )


def _point(form: PostedForm) -> PointClue | None:
    lat, lng = form.value("lat", most=40), form.value("long", "lng", "lon", most=40)
    if not lat and not lng:
        return None
    if not lat or not lng:
        raise FieldMissing(field="lat" if not lat else "long")
    try:
        point = PointClue(lng=float(lng), lat=float(lat))
    except ValueError as error:
        raise PositionWrong from error
    if not is_on_globe(point.lng, point.lat):
        raise PositionWrong(is_swapped=is_on_globe(point.lat, point.lng))
    return point
