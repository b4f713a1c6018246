"""A file into a register, as pages do it: a template, a preview of every line, then what of it is stored.

Between preview and storing nothing of the file is left on the server: its lines go along in the form, and are read and
checked again as if they came for the first time.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from litestar import Response
from litestar.datastructures import FormMultiDict, UploadFile

from backend.accounts.structs import Actor
from backend.duty.loading.named_lines import LINES_MOST, NamedColumns, NamedLine, read_named
from backend.duty.loading.register_files import RegisterFile, RegisterFileReport, RegisterMode
from backend.errors import AppError, BadRequest, Forbidden, NotFound
from backend.places.importing.fields import clean
from backend.routes.actions.area_names import names_of
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, row_ids, word
from backend.web.views import register_template

FILE_MAX_BYTES = 4_000_000
ROWS_MAX_BYTES = 16_000_000
"""Of the form that stores: a Chinese character takes nine bytes in it."""
_DONE = ("stored",)
Load = Callable[[RequestContext, RegisterFile], Awaitable[RegisterFileReport]]


@dataclass(frozen=True, slots=True)
class RegisterImport:
    """`path`: of the register's page. `key`: of its words. `areas_of`: those whose register somebody keeps."""

    path: str
    key: str
    columns: NamedColumns
    areas_of: Callable[[Actor], Sequence[str]]
    load: Load
    holds_people: bool = False


async def show(ctx: RequestContext, of: RegisterImport) -> Response:
    return await _page(ctx, of)


def template(of: RegisterImport, kind: str) -> Response[bytes]:
    """Raises NotFound."""
    if kind not in register_template.WRITERS:
        raise NotFound
    headers = {"content-disposition": f'attachment; filename="{of.path.strip("/")}.{kind}"'}
    content = register_template.WRITERS[kind](of.columns)
    return Response(content, media_type=register_template.MEDIA_TYPES[kind], headers=headers)


async def preview(ctx: RequestContext, of: RegisterImport) -> Response:
    """What each line of an uploaded file would do."""
    form = await read_form(ctx)
    try:
        file = RegisterFile(lines=await _uploaded(form, of.columns), area_code=_area(ctx, of, form))
        report = await of.load(ctx, file)
    except AppError as error:
        return await _page(ctx, of, error)
    return await _page(ctx, of, file=file, report=report)


async def store(ctx: RequestContext, of: RegisterImport) -> Response:
    """Store the lines that are ticked, or all of them or none; what cannot be stored is told as in the preview."""
    form = await read_form(ctx)
    try:
        lines, is_whole = _sent(form), word(form, "mode", 10) == RegisterMode.WHOLE
        file = RegisterFile(
            lines=lines,
            area_code=_area(ctx, of, form),
            mode=RegisterMode.WHOLE if is_whole else RegisterMode.SELECTED,
            only=None if is_whole else frozenset(row_ids(form, "line")),
        )
        report = await of.load(ctx, file)
    except AppError as error:
        return await _page(ctx, of, error)
    if report.is_stored and not report.refused and report.read:
        counts = "&".join(f"{change}={count}" for change, count in _counts(report).items())
        return base.see_other(f"{of.path}/import?done=stored&{counts}")
    return await _page(ctx, of, file=file, report=report)


async def _page(
    ctx: RequestContext,
    of: RegisterImport,
    error: AppError | None = None,
    *,
    file: RegisterFile | None = None,
    report: RegisterFileReport | None = None,
) -> Response:
    """Raises Forbidden for whoever keeps no register."""
    areas = list(of.areas_of(ctx.actor))
    if not areas:
        raise Forbidden
    page, query = await base.page_of(ctx), ctx.request.query_params
    return base.html(
        "imports/register.html",
        page,
        status=error.status if error else 200,
        names_somebody=of.holds_people,
        of=of,
        areas=areas,
        names=await names_of(set(areas)),
        most=LINES_MOST,
        file=file,
        report=report,
        counts=_counts(report) if report else {},
        lines=msgspec.json.encode(list(file.lines)).decode() if file else "",
        done={name: word(query, name, 6) for name in ("new", "changed", "unchanged")}
        if query.get("done") in _DONE and not error
        else None,
        problem=base.problem_of(page, error) if error else None,
    )


def _counts(report: RegisterFileReport) -> dict[str, int]:
    return {change: sum(each.change == change for each in report.good) for change in ("new", "changed", "unchanged")}


def _area(ctx: RequestContext, of: RegisterImport, form: FormMultiDict) -> str:
    """One of the areas whose register the actor keeps. Raises Forbidden without any."""
    areas = of.areas_of(ctx.actor)
    if not areas:
        raise Forbidden
    said = word(form, "area", 12)
    return said if said in areas else areas[0]


async def _uploaded(form: FormMultiDict, columns: NamedColumns) -> list[NamedLine]:
    """Raises BadRequest without a file, FileRefused."""
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise BadRequest("register-file-missing")
    content = await file.read()
    return await asyncio.to_thread(_read_bytes, content, columns)


def _read_bytes(content: bytes, columns: NamedColumns) -> list[NamedLine]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        return read_named(path, columns)


def _sent(form: FormMultiDict) -> list[NamedLine]:
    """The lines that went along with the preview. Raises BadRequest."""
    said = form.get("lines")
    try:
        lines = msgspec.json.decode(said if isinstance(said, str) else "", type=list[NamedLine])
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        raise BadRequest("form-unreadable") from error
    if not 0 < len(lines) <= LINES_MOST:
        raise BadRequest("form-unreadable")
    return [NamedLine(line.number, {n: clean(v) for n, v in line.values.items()}, line.is_broken) for line in lines]
