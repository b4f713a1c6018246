"""One picture, from open file to upright copies without metadata. Runs in the guarded process only."""

import io
from contextlib import suppress
from math import ceil
from typing import Any, BinaryIO

from PIL import ExifTags, Image

from media.decoder.colours import plain_rgb, resizable
from media.decoder.exif import read_facts
from media.decoder.messages import Box, DecodeJob, Facts, Findings, Output, SceneComparison, SymbolSearch
from media.decoder.phash import hashes_of

_Turn = Image.Transpose
_TURNS = {
    2: _Turn.FLIP_LEFT_RIGHT,
    3: _Turn.ROTATE_180,
    4: _Turn.FLIP_TOP_BOTTOM,
    5: _Turn.TRANSPOSE,
    6: _Turn.ROTATE_270,
    7: _Turn.TRANSVERSE,
    8: _Turn.ROTATE_90,
}
_SIDEWAYS = (5, 6, 7, 8)
_BLACK: dict[str, int | tuple[int, int, int]] = {"RGB": (0, 0, 0), "L": 0}
_WEBP_EFFORT = 0
"""Slower efforts save 8 % of the bytes for twice the time, and more."""


class RefusedError(Exception):
    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def develop(job: DecodeJob, source: BinaryIO, targets: list[BinaryIO]) -> Findings:
    """Check the picture, read the camera's facts, write the copies. Raises RefusedError, or what the library raises."""
    picture = opened(job, source)
    exif = read_exif(picture, job.exif_max_bytes)
    width, height = picture.size
    copy = upright(_small_rgb(picture, job.outputs[0].side_px), exif)
    paint_over(copy, job.boxes)
    for output, target in zip(job.outputs, targets, strict=True):
        copy = _shrunk(copy, output.side_px)
        _save(copy, output, target)
    is_sideways = _orientation(exif) in _SIDEWAYS
    return Findings(
        width=height if is_sideways else width,
        height=width if is_sideways else height,
        facts=Facts() if exif is None else read_facts(exif, job.local_offset_min),
        hashes=hashes_of(copy) if job.is_hashed else [],
    )


def opened(job: DecodeJob | SymbolSearch | SceneComparison, source: BinaryIO) -> Image.Image:
    """The picture, checked but not decoded. Raises RefusedError, or what the library raises."""
    picture = Image.open(source, formats=(job.format,))
    width, height = picture.size
    if width * height > job.pixels_max:
        raise RefusedError("photo-too-many-pixels", limit=job.pixels_max, width=width, height=height)
    if max(width, height) > job.side_max_px:
        raise RefusedError("photo-side-too-long", limit=job.side_max_px, width=width, height=height)
    if job.format in ("PNG", "WEBP") and getattr(picture, "is_animated", False):
        raise RefusedError("photo-animated")
    return picture


def read_exif(picture: Image.Image, max_bytes: int) -> Image.Exif | None:
    """What the camera wrote, of any legal length. A broken or endless block is no reason to refuse the photo."""
    if len(picture.info.get("exif") or b"") > max_bytes:
        return None
    try:
        return picture.getexif()
    except Exception:
        return None


def upright(picture: Image.Image, exif: Image.Exif | None) -> Image.Image:
    turn = _TURNS.get(_orientation(exif))
    return picture if turn is None else picture.transpose(turn)


def _orientation(exif: Image.Exif | None) -> int:
    """The camera's turn, 1 to 8. For HEIC the library has turned the picture already and says 1."""
    if exif is not None:
        with suppress(Exception):
            return int(exif.get(ExifTags.Base.Orientation, 1))
    return 1


def _small_rgb(picture: Image.Image, side_px: int) -> Image.Image:
    scale = side_px / max(picture.size)
    if scale < 1:  # a JPEG decodes small at once, when both sides asked for keep the picture's shape
        picture.draft("RGB", (int(picture.width * scale), int(picture.height * scale)))
    profile = picture.info.get("icc_profile")
    picture.load()
    return plain_rgb(_shrunk(resizable(picture), side_px), profile)


def _shrunk(picture: Image.Image, side_px: int) -> Image.Image:
    scale = side_px / max(picture.size)
    if scale >= 1:
        return picture
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)


def paint_over(picture: Image.Image, boxes: tuple[Box, ...]) -> None:
    """Solid black: blur and mosaic can be undone."""
    width, height = picture.size
    for box in boxes:
        left, top = int(box.x * width), int(box.y * height)
        right, bottom = ceil((box.x + box.width) * width), ceil((box.y + box.height) * height)
        picture.paste(_BLACK[picture.mode], (left, top, min(right, width), min(bottom, height)))


def _save(picture: Image.Image, output: Output, target: BinaryIO) -> None:
    """Encode in memory first: the library hides what a full disk says, a plain write does not."""
    picture.info.clear()  # what is not there cannot be written
    encoded = io.BytesIO()
    if output.format == "WEBP":
        picture.save(encoded, "WEBP", quality=output.quality, method=_WEBP_EFFORT)
    else:
        picture.save(encoded, "JPEG", quality=output.quality)
    target.write(encoded.getbuffer())
    target.flush()
