"""Photos and words out of a page's plain form."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request
from litestar.datastructures import FormMultiDict, UploadFile

from backend import clock
from backend.accounts.structs import Actor
from backend.orders.service.moving import Mover
from backend.routes.parameters import version_in
from media import service as media

FORM_MAX_BYTES = 60_000_000
"""A form without scripts carries the photos as the camera made them: a few at a time."""


async def read_form(request: Request) -> FormMultiDict:
    return await request.form()


def word(form: Mapping[str, Any], name: str, most: int = 1000) -> str:
    value = form.get(name)
    return value.strip()[:most] if isinstance(value, str) else ""


def mover(request: Request, form: Mapping[str, Any]) -> Mover:
    """Who sends the form of an order, under which key, and which version of it the page showed."""
    key, seen = word(form, "key", 80) or None, version_in(word(form, "version", 9))
    return Mover(actor=request.user, now=clock.now(), key=key, seen=seen)


async def receive_photos(form: FormMultiDict, name: str, owner: Actor, now: datetime, most: int = 9) -> list[UUID]:
    """Take in the photos of a field, empty file inputs aside. Raises what the media room refuses."""
    files = [part for part in form.getall(name, []) if isinstance(part, UploadFile) and part.filename]
    received: list[UUID] = []
    for file in files[:most]:
        receipt = await media.receive(owner.account_id, await file.read(), client_key=None, now=now)
        received.append(receipt.photo.id)
    return received
