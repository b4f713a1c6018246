"""A batch or an area as a file for the print shop, made by the same command that an operator would type.

In a process of its own: printing is seconds of pure computing, which a web process must not spend. One at a time.
"""

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from litestar import Response, get

from backend.accounts.permissions import Permission, areas_of
from backend.errors import Invalid, Unavailable
from backend.routes.http.current_access import CHECKED_NOW
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.parameters import Id
from qr import overview

PLATES_AT_ONCE = 2_000
"""As many as one volume holds; more are printed from the command line, where they come in volumes."""
_ENDINGS = {"pdf": ("pdf", "application/pdf"), "svg-zip": ("zip", "application/zip"), "csv": ("csv", "text/csv")}
_SIZES = ("40", "75", "120")
_printing = asyncio.Semaphore(1)


class TooManyPlates(Invalid):
    code = "too-many-plates"


@get(
    "/codes/batches/{batch_id:int}/sheet",
    guards=[requires(Permission.MINT_CODES)],
    opt=CHECKED_NOW,
    include_in_schema=False,
)
async def get_sheet(ctx: Ctx, batch_id: Id) -> Response[bytes]:
    areas = areas_of(ctx.actor, Permission.MINT_CODES)
    batch = await overview.get_batch(batch_id, areas)
    if batch.size > PLATES_AT_ONCE:
        raise TooManyPlates
    query = ctx.request.query_params
    form = query["format"] if query.get("format") in _ENDINGS else "pdf"
    size = query["plate"] if query.get("plate") in _SIZES else _SIZES[0]
    ending, media_type = _ENDINGS[form]
    words = ["--batch", str(batch_id), "--format", form, "--plate", size, *(["--single"] if "single" in query else [])]
    content = await _print(words, ending)
    name = f'attachment; filename="codes-{batch_id}-{size}mm.{ending}"'
    return Response(content, media_type=media_type, headers={"content-disposition": name})


async def _print(words: list[str], ending: str) -> bytes:
    with TemporaryDirectory() as folder:
        out = Path(folder, f"sheet.{ending}")
        async with _printing:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-m", "backend.cli", "qr", "sheet", *words, "--out", str(out)),
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.PIPE,
            )
            _, stderr = await process.communicate()
        if process.returncode:
            why = stderr.decode(errors="replace")[-300:].strip()
            raise Unavailable("printing-failed", values={"why": why})
        return await asyncio.to_thread(out.read_bytes)
