"""A list of targets out of a form: a file, or text that was typed, scanned or copied out of a spreadsheet."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from litestar.datastructures import FormMultiDict, UploadFile

from backend.campaigns.forms.fields import TargetKind
from backend.campaigns.targets import files, pasting
from backend.campaigns.targets.structs import RefusedTargetLine, SaidTarget
from backend.errors import BadRequest
from backend.routes.pages.forms import word, words
from backend.words import TARGET_LINES, fitting


class TargetList(NamedTuple):
    """The lines that can be taken, and those that stay out."""

    lines: list[SaidTarget]
    refused: list[RefusedTargetLine]


async def read(form: FormMultiDict, kinds: list[TargetKind]) -> TargetList:
    """Raises FileRefused, BadRequest without a file or a line, WordsTooLong."""
    if word(form, "by", 10) == "file":
        file = form.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            raise BadRequest("campaign-file-missing")
        return await asyncio.to_thread(_read_bytes, await file.read(), kinds)
    text = fitting(words(form, "lines"), TARGET_LINES, "lines")
    table = pasting.as_table(text)
    if table is not None:
        return await asyncio.to_thread(_read_bytes, table, kinds)
    return TargetList(pasting.read_lines(text, word(form, "kind", 20), kinds, files.LINES_MOST), [])


def _read_bytes(content: bytes, kinds: list[TargetKind]) -> TargetList:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "targets"
        path.write_bytes(content)
        return TargetList(*files.read_file(path, kinds))
