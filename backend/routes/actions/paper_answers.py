"""A document on paper as an answer: rendered beside the loop, in the font of this machine."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from litestar import Response

from backend.errors import Unavailable


class ReportFontMissing(Unavailable):
    """No font with Chinese characters is installed on this machine."""

    code = "report-font-missing"


async def pdf_answer(render: Callable[[Path], bytes], filename: str) -> Response[bytes]:
    """What `render` makes with the font; it takes half a second. Raises ReportFontMissing."""
    from qr.printing.fonts import FontMissing, find_font

    try:
        document = await asyncio.to_thread(lambda: render(find_font()))
    except FontMissing as error:
        raise ReportFontMissing(retry_after_s=3600) from error
    headers = {"content-disposition": f'inline; filename="{filename}"', "cache-control": "no-store"}
    return Response(document, media_type="application/pdf", headers=headers)
