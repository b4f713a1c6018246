"""Styles, scripts and pictures in memory: named by their content, compressed once, fit to be cached for a year."""

import gzip
import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from backend.web.assets import bundles

FOLDER = Path(__file__).parents[1] / "static"
ENTRIES = (
    *("landing.js", "door.js", "inspector.js", "track.js", "staff.js", "desk.js"),
    *("plate.js", "begin.js", "mapped.js", "redact.js", "offline.js", "tus.js"),
)
SERVICE_WORKER = "sw.js"
OFFLINE_NEEDS = ("app.css", "offline.js")
"""What the page for when nothing can be had is made of; the service worker fetches it when it is installed."""
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webmanifest": "application/manifest+json",
}
_CSS_AIR = re.compile(r"/\*.*?\*/\s*|\s+(?=[{}])|(?<=[{};,:])\s+", re.DOTALL)
_DIGEST_CHARS = 10


@dataclass(frozen=True, slots=True)
class Asset:
    name: str
    """As a page asks for it: `app.4f1d2c3b5a.css`."""
    media_type: str
    plain: bytes
    packed: bytes
    etag: str


@cache
def all_assets() -> dict[str, Asset]:
    """Every asset by its plain name, `app.css`. Read once, on first use."""
    sources = {path.name: path.read_bytes() for path in sorted(FOLDER.glob("css/*.css"))}
    sources = {name: _CSS_AIR.sub("", text.decode()).encode() for name, text in sources.items()}
    sources |= {entry: bundles.join(FOLDER / "js", entry).encode() for entry in ENTRIES}
    sources |= {path.name: path.read_bytes() for path in sorted(FOLDER.glob("*.*"))}
    return {name: _asset(name, content) for name, content in sources.items()}


@cache
def _by_hashed_name() -> dict[str, Asset]:
    return {asset.name: asset for asset in all_assets().values()}


def find(hashed_name: str) -> Asset | None:
    return _by_hashed_name().get(hashed_name)


def url(name: str) -> str:
    """Where a page finds this asset."""
    return f"/static/{all_assets()[name].name}"


@cache
def service_worker() -> Asset:
    """The service worker, stamped with the version of all that it may keep."""
    version = hashlib.blake2s("".join(sorted(_by_hashed_name())).encode(), digest_size=6).hexdigest()
    source = (FOLDER / "js" / SERVICE_WORKER).read_text(encoding="utf-8")
    needs = json.dumps([url(name) for name in OFFLINE_NEEDS])
    source = source.replace("{{version}}", version).replace("{{offline_needs}}", needs)
    return _asset(SERVICE_WORKER, bundles.plain(source).encode())


def _asset(name: str, content: bytes) -> Asset:
    digest = hashlib.blake2s(content).hexdigest()[:_DIGEST_CHARS]
    stem, suffix = Path(name).stem, Path(name).suffix
    packed = gzip.compress(content, compresslevel=9, mtime=0)
    return Asset(f"{stem}.{digest}{suffix}", _TYPES[suffix], content, packed, f'"{digest}"')
