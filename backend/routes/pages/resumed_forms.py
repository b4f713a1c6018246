"""What was written in a form whose session had ended: carried through the sign-in by the browser, and shown again.

Nothing of it is kept here. The page that asks for the password carries the words along, signed in they stand in their
boxes, and only a press sends them: somebody else may have signed in. Photos cannot be carried and are asked for again.
"""

import re
from contextlib import suppress
from typing import Any

import msgspec
from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import UploadFile
from litestar.exceptions import HTTPException

from backend.errors import AppError
from backend.routes.http import posted_forms
from backend.routes.pages.way_back import page_of_form

FIELD = "carried"
_STATE = "carried"
_FIELDS_MOST = 60
_CHARS_MOST = 20_000
_OF_A_LIST = re.compile("[a-z_]{2,20}")
_WORDS = ("note", "reason", "description", "comment", "appeal_reason")


class Carried(msgspec.Struct, frozen=True):
    """A form: where it goes, what it said field by field, and which of its fields held files."""

    action: str
    said: list[tuple[str, str]]
    files: list[str] = []

    @property
    def words(self) -> list[tuple[str, str]]:
        """What a person wrote, to be shown."""
        return [said for said in self.said if _is_written(*said)]

    @property
    def rest(self) -> list[tuple[str, str]]:
        return [said for said in self.said if not _is_written(*said)]

    @property
    def page(self) -> str:
        return page_of_form(self.action)

    @property
    def packed(self) -> str:
        return msgspec.json.encode(self).decode()


def _is_written(name: str, text: str) -> bool:
    """A reason may also be one of a list: then it is a word of ours."""
    return name in _WORDS and _OF_A_LIST.fullmatch(text) is None


async def carry(connection: ASGIConnection[Any, Any, Any, Any]) -> None:
    """Read the form of a page's request that will be refused for want of a session. What is no form is left alone."""
    if not isinstance(connection, Request) or connection.method != "POST" or connection.url.path.startswith("/api/"):
        return
    with suppress(HTTPException, AppError):
        form = await posted_forms.form_of(connection)
        said = [(name, text) for name, text in form.multi_items() if isinstance(text, str) and text][:_FIELDS_MOST]
        files = [name for name, file in form.multi_items() if isinstance(file, UploadFile) and file.filename]
        await form.close()
        if any(name in _WORDS for name, _ in said) or files:
            carried = Carried(connection.url.path, said, list(dict.fromkeys(files)))
            connection.scope["state"][_STATE] = carried if len(carried.packed) <= _CHARS_MOST else None


def carried_by(request: Request) -> Carried | None:
    return request.scope["state"].get(_STATE)


def unpack(text: object) -> Carried | None:
    """What a sign-in form carried along, or None where it is not ours: a form of another site is none."""
    with suppress(msgspec.DecodeError):
        if isinstance(text, str) and text:
            carried = msgspec.json.decode(text, type=Carried)
            is_own = carried.action.startswith("/") and carried.action[1:2] not in ("/", "\\")
            return carried if is_own and carried.action.isprintable() else None
    return None
