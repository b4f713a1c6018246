"""Which tile service a town names, out of the environment. Pure.

YIMA_MAP_TILES_URL: an address of one tile with {z}, {x}, {y} and, where there is a key, {key}; several, separated by
blanks, are drawn one above the other (天地图: vec_w, then cva_w). YIMA_MAP_TILES_KEY: the key. YIMA_MAP_TILES_DATUM:
cgcs2000 or wgs84. YIMA_MAP_TILES_CREDIT: whose map it is, with its 审图号; it stands on every map.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from urllib.parse import parse_qsl, urlsplit

SHEETS_MOST = 4
_PREFIX = "YIMA_MAP_TILES_"
_DATUMS = ("cgcs2000", "wgs84")
_SHIFTED = ("autonavi.com", "amap.com", "gtimg.com", "map.qq.com", "map.baidu.com", "bdimg.com", "google.cn")
"""Services in GCJ-02 or BD-09, whatever is declared."""
_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")
_CREDIT_MOST = 120


@dataclass(frozen=True, slots=True)
class TileServiceSettings:
    """`templates`: one for each sheet, from the lowest; none holds the key."""

    templates: tuple[str, ...]
    key: str
    credit: str

    def address(self, sheet: int, level: int, column: int, row: int) -> str:
        return self.templates[sheet].format(z=level, x=column, y=row, key=self.key)


def read(env: Mapping[str, str]) -> TileServiceSettings | None:
    """What is named; None where nothing is. Raises ValueError for what cannot be drawn under our data."""
    templates = tuple(env.get(f"{_PREFIX}URL", "").split())
    if not templates:
        return None
    if len(templates) > SHEETS_MOST:
        raise ValueError(f"{_PREFIX}URL: at most {SHEETS_MOST} sheets")
    key = env.get(f"{_PREFIX}KEY", "")
    for template in templates:
        _check(template, has_key=bool(key))
    if env.get(f"{_PREFIX}DATUM", "").lower() not in _DATUMS:
        raise ValueError(
            f"{_PREFIX}DATUM is cgcs2000 or wgs84: what the service declares. Services in GCJ-02 or BD-09 lie some "
            "500 metres beside our data and are not taken"
        )
    credit = env.get(f"{_PREFIX}CREDIT", "").strip()
    if not credit or len(credit) > _CREDIT_MOST:
        raise ValueError(f"{_PREFIX}CREDIT says whose map it is, with its 审图号, in up to {_CREDIT_MOST} characters")
    return TileServiceSettings(templates, key, credit)


def _check(template: str, *, has_key: bool) -> None:
    """Raises ValueError."""
    parts = urlsplit(template)
    host = parts.hostname or ""
    if not host or "{" in parts.netloc or "@" in parts.netloc:
        raise ValueError(f"{_PREFIX}URL: no host, or one that is filled in: {host or template[:60]}")
    if parts.scheme != "https" and not (parts.scheme == "http" and host in _THIS_MACHINE):
        raise ValueError(f"{_PREFIX}URL: https alone: {host}")
    if any(host == shifted or host.endswith(f".{shifted}") for shifted in _SHIFTED):
        raise ValueError(f"{_PREFIX}URL: {host} draws in a shifted datum (GCJ-02 or BD-09), 500 metres beside our data")
    named = {field for _, field, _, _ in Formatter().parse(template) if field is not None}
    if sorted(named - {"key"}) != ["x", "y", "z"] or ("key" in named) != has_key:
        raise ValueError(f"{_PREFIX}URL: {{z}}, {{x}} and {{y}}, and {{key}} where {_PREFIX}KEY is set: {host}")
    if _is_geographic(parts.path, parts.query):
        raise ValueError(f"{_PREFIX}URL: tiles of Web Mercator (TILEMATRIXSET=w), not of degrees (c): {host}")


def _is_geographic(path: str, query: str) -> bool:
    said = {name.upper(): value for name, value in parse_qsl(query)}
    return said.get("TILEMATRIXSET", "") == "c" or path.rstrip("/").split("/")[-2:-1] in (
        ["vec_c"],
        ["img_c"],
        ["cva_c"],
    )
