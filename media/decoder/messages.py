"""What the two sides of the decoder say to each other: one JSON line each way, files as open descriptors beside it."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

import msgspec


class Gap(StrEnum):
    """A barrier around the decoder that this system did not grant."""

    PRIVILEGES = "privileges"
    """`no_new_privs` was refused."""
    NETWORK = "network"
    """Sockets to elsewhere can be opened."""
    FILES = "files"
    """Whatever our user may read can be opened, the environment of our side included."""
    PROCESSES = "processes"
    """Processes can be started."""


class DecoderReady(msgspec.Struct, frozen=True, kw_only=True):
    """Said once the limits hold and the libraries are loaded: who dies before it was not killed by a picture."""

    gaps: list[Gap]


class Output(msgspec.Struct, frozen=True, kw_only=True):
    """One picture to make: its longer side in pixels, `JPEG` or `WEBP`, and the encoder's quality."""

    side_px: int
    format: str
    quality: int


class Box(msgspec.Struct, frozen=True, kw_only=True):
    """A rectangle to paint over, in fractions of the upright picture from its upper left corner."""

    x: Annotated[float, msgspec.Meta(ge=0, le=1)]
    y: Annotated[float, msgspec.Meta(ge=0, le=1)]
    width: Annotated[float, msgspec.Meta(gt=0, le=1)]
    height: Annotated[float, msgspec.Meta(gt=0, le=1)]


class DecodeJob(msgspec.Struct, frozen=True, kw_only=True, tag="job"):
    """One picture to read, and what to make of it: the descriptors are the source and then one for each output."""

    format: str
    outputs: tuple[Output, ...]
    """Largest first: each is made from the one before."""
    pixels_max: int
    side_max_px: int
    exif_max_bytes: int
    """A longer block is left unread."""
    local_offset_min: int
    cpu_max_s: int
    boxes: tuple[Box, ...] = ()
    """Painted over before any copy is written."""
    is_hashed: bool = False
    """Hashing takes twice as long as all the rest where the copy is large: only where somebody keeps the hashes."""


class SymbolSearch(msgspec.Struct, frozen=True, kw_only=True, tag="search"):
    """One picture to look for QR symbols in: the only descriptor is the source."""

    format: str
    pixels_max: int
    side_max_px: int
    cpu_max_s: int
    symbols_max: int
    boxes: tuple[Box, ...] = ()
    """Painted over before anything is read."""


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What the camera wrote about the picture. WGS-84 by the EXIF standard, instants in UTC."""

    captured_at: datetime | None = None
    captured_offset_min: int | None = None
    """As written; empty when the camera gave none and the local one was assumed."""
    lng: float | None = None
    lat: float | None = None
    accuracy_m: float | None = None
    """How far off the camera takes its position to be."""
    device: str | None = None


class Findings(msgspec.Struct, frozen=True, kw_only=True, tag="findings"):
    width: int
    height: int
    facts: Facts
    hashes: list[int]
    """64-bit perceptual hashes as signed integers, in the order of `phash.hashes_of`; none unless asked for."""


class Symbols(msgspec.Struct, frozen=True, kw_only=True, tag="symbols"):
    """What the QR symbols of a picture say."""

    texts: list[str]
    left_out: int
    """How many more there are than were asked for."""


class SceneComparison(msgspec.Struct, frozen=True, kw_only=True, tag="compare"):
    """Two pictures to lay over each other: the descriptors are the before and the after picture, as stored copies."""

    cpu_max_s: int
    format: str
    pixels_max: int
    side_max_px: int


class SceneFindings(msgspec.Struct, frozen=True, kw_only=True, tag="scene"):
    """Measures of what changed between two pictures of one place; shares are of the before picture."""

    matched: int
    """Corners that look like one of the other picture."""
    agreed: int
    """Those of them that lie on one plane: the place is the same where there are many."""
    overlap: float = 0.0
    """What share of the before picture the after picture shows."""
    middle_seen: float = 0.0
    """What share of the middle third of it."""
    scale: float = 1.0
    """How much larger things are in the after picture."""
    changed: float = 0.0
    residue: float = 0.0
    """Grey levels that differ where nothing changed: less than two photos by hand have, and it is a copy."""
    patch: float = 0.0
    """The largest changed patch near the middle."""
    central: float = 0.0
    """What part of the middle it covers."""
    went_central: float = 0.0
    """What part of the middle was less usual before."""
    before_new: float = 0.0
    """How unusual the patch is against the rest of the picture, before and after; 1 is usual."""
    after_new: float = 0.0
    came: float = 0.0
    """Of all that became more or less unusual, the share that became more so."""
    beside_new: float = 0.0
    """How unusual is what stands beside the patch and did not change: what was left behind."""
    before_edges: float = 0.0
    """Mean gradient within the patch."""
    after_edges: float = 0.0


class DecodeRefusal(msgspec.Struct, frozen=True, kw_only=True, tag="refusal"):
    code: str
    facts: dict[str, Any] = {}


class Trouble(msgspec.Struct, frozen=True, kw_only=True, tag="trouble"):
    """The system refused to read or write: a full disk is ours to answer for, a seek to nowhere the picture's."""

    errno: int


Task = DecodeJob | SymbolSearch | SceneComparison
Answer = Findings | Symbols | SceneFindings | DecodeRefusal | Trouble
