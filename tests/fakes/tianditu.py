"""天地图's tile service as its page on map services has it: WMTS by key-value pairs, one key for each address.

A request with a wrong word is answered with an exception report, one with a key that is none with 403; a tile is a PNG
that says where it lies.
"""

import zlib
from struct import pack
from urllib.parse import quote

from tests.fakes.server import Answer, Asked
from tests.fakes.vendor import Planned, TroubleKind, Vendor

KEY = "0123456789abcdef0123456789abcdef"
_SHEETS = ("vec", "cva", "img", "cia", "ter", "cta")
_FIXED = {
    **{"SERVICE": "WMTS", "REQUEST": "GetTile", "VERSION": "1.0.0", "STYLE": "default", "TILEMATRIXSET": "w"},
    "FORMAT": "tiles",
}


class FakeTianditu(Vendor):
    """`templates`: what a town writes into YIMA_MAP_TILES_URL."""

    @property
    def templates(self) -> str:
        return " ".join(self.template(sheet) for sheet in ("vec", "cva"))

    def template(self, sheet: str) -> str:
        words = "&".join(f"{name}={value}" for name, value in _FIXED.items())
        return (
            f"{self.base}/{sheet}_w/wmts?{words}&LAYER={sheet}&TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&tk={{key}}"
        )

    async def answer(self, asked: Asked) -> Answer:
        said = asked.query
        if said.get("tk") != KEY:
            return Answer(body='{"msg":"非法Key","code":301001}'.encode(), status=403)
        sheet = asked.path.removeprefix("/").removesuffix("_w/wmts")
        is_right = sheet in _SHEETS and said.get("LAYER") == sheet and _FIXED.items() <= said.items()
        if asked.method != "GET" or not is_right or not _is_tile(said):
            return Answer(body=b"<ows:ExceptionReport/>", status=400, content_type="text/xml")
        return Answer(
            body=png(f"{sheet} {said['TILEMATRIX']}/{said['TILECOL']}/{said['TILEROW']}"), content_type="image/png"
        )

    def failure(self, planned: Planned) -> Answer:
        status = 418 if planned.kind is TroubleKind.LIMIT else 500
        return Answer(body=quote("超过配额").encode(), status=status, content_type="text/html")


def _is_tile(said: dict[str, str]) -> bool:
    """Levels 1 to 18, rows from the north."""
    try:
        level, row, column = (int(said[name]) for name in ("TILEMATRIX", "TILEROW", "TILECOL"))
    except (KeyError, ValueError):
        return False
    return 1 <= level <= 18 and max(row, column) < 2**level


def png(words: str, padding: int = 0) -> bytes:
    """A picture of one grey pixel with a text in it, and as many more bytes as were asked for."""
    chunks = [(b"IHDR", pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)), (b"tEXt", b"where\0" + words.encode() + b" " * padding)]
    chunks += [(b"IDAT", zlib.compress(b"\0\x80")), (b"IEND", b"")]
    body = b"".join(pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data)) for kind, data in chunks)
    return b"\x89PNG\r\n\x1a\n" + body
