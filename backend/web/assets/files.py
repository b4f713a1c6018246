"""Styles, scripts and icons in memory, ours and others': named by content, packed once, kept by browsers for a year."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from backend.web.assets import bundles, short_names

FOLDER = Path(__file__).parents[1] / "static"
SCRIPTS, STYLES, VENDOR, ICONS = (FOLDER / name for name in ("scripts", "styles", "vendor", "icons"))
LAZY_SCRIPTS = (
    "map/live_map.js",
    "photos/resumable_upload.js",
    "scanner/plate_reader.js",
    "scanner/scanner.js",
    "wechat/page_sdk.js",
)
"""What a page fetches only when it needs it."""
SERVICE_WORKER, SHARE_WORKER, ENDING_WORKER = "service_worker.js", "share_worker.js", "ending_worker.js"
"""What phones keep of us, what takes photos that are shared with the staff app, and what ends both."""
_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".wasm": "application/wasm",
    ".png": "image/png",
}
"""The framework adds to texts that they are UTF-8."""
_DIGEST_CHARS = 10


@dataclass(frozen=True, slots=True)
class Asset:
    name: str
    """As a page asks for it: `app.4f1d2c3b5a.css`."""
    media_type: str
    content: bytes
    """Packed, but for pictures, which are so already: memory holds each asset once."""
    is_packed: bool
    etag: str

    @property
    def plain(self) -> bytes:
        """For the rare browser that takes nothing packed."""
        return gzip.decompress(self.content) if self.is_packed else self.content


def script_entries() -> tuple[str, ...]:
    """One script per kind of page, and those that are fetched later: paths within `SCRIPTS`."""
    return (*sorted(f"pages/{path.name}" for path in SCRIPTS.glob("pages/*.js")), *LAZY_SCRIPTS)


def style_entries() -> tuple[str, ...]:
    """The style sheets that pages link to: those that lie in `STYLES` itself."""
    return tuple(sorted(path.name for path in STYLES.glob("*.css")))


def vendor_files() -> tuple[Path, ...]:
    """What others made and pages fetch as it is; `VENDOR` says whence."""
    return tuple(sorted(path for path in VENDOR.glob("*/*") if path.suffix in _TYPES))


@cache
def all_assets() -> dict[str, Asset]:
    """Every asset by its plain name, `app.css`. Read once, on first use."""
    sources = {entry: bundles.join_styles(STYLES, entry) for entry in style_entries()}
    sources |= {Path(entry).name: bundles.join(SCRIPTS, entry) for entry in script_entries()}
    own = {name: _asset(name, content.encode()) for name, content in sources.items()}
    others = (*vendor_files(), *sorted(ICONS.glob("*.png")))
    return own | {path.name: _asset(path.name, path.read_bytes()) for path in others}


@cache
def _by_hashed_name() -> dict[str, Asset]:
    return {asset.name: asset for asset in all_assets().values()}


def find(hashed_name: str) -> Asset | None:
    return _by_hashed_name().get(hashed_name)


def url(name: str) -> str:
    """Where a page finds this asset."""
    return f"/static/{all_assets()[name].name}"


@cache
def worker(name: str) -> Asset:
    """A service worker, stamped with the version of all that it may keep. `name`: one of the three above."""
    version = hashlib.blake2s("".join(sorted(_by_hashed_name())).encode(), digest_size=6).hexdigest()
    source = (SCRIPTS / name).read_text(encoding="utf-8").replace("{{version}}", version)
    return _asset(name, short_names.shorten(bundles.plain(source), short_names.given_by(source)).encode())


def _asset(name: str, content: bytes) -> Asset:
    digest = hashlib.blake2s(content).hexdigest()[:_DIGEST_CHARS]
    stem, suffix = Path(name).stem, Path(name).suffix
    is_packed = suffix != ".png"
    held = gzip.compress(content, compresslevel=9, mtime=0) if is_packed else content
    return Asset(f"{stem}.{digest}{suffix}", _TYPES[suffix], held, is_packed, f'"{digest}"')
