"""Facts out of a camera's EXIF block. Every field is optional and may be nonsense: nonsense counts as absent."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, TypeVar

from PIL import ExifTags, Image

from media.decoder.messages import Facts

T = TypeVar("T")
_DEVICE_MAX_CHARS = 80
_ACCURACY_MAX_M = 100_000
_OFFSET = re.compile(r"([+-])(\d\d)(?::?(\d\d))?", re.ASCII)
_UTC = ("Z", "z", "UTC")
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)


def read_facts(exif: Image.Exif, local_offset_min: int) -> Facts:
    """Read time, place and device. Never raises."""
    offset_min = _guarded(lambda: _offset_min(exif))
    place = _guarded(lambda: _place(exif)) or (None, None)
    return Facts(
        captured_at=_guarded(lambda: _captured_at(exif, local_offset_min if offset_min is None else offset_min)),
        captured_offset_min=offset_min,
        lng=place[0],
        lat=place[1],
        accuracy_m=_guarded(lambda: _accuracy_m(exif)),
        device=_guarded(lambda: _device(exif)),
    )


def _guarded(read: Callable[[], T | None]) -> T | None:
    try:
        return read()
    except Exception:  # a stranger's EXIF can raise anything, and no photo is refused for it
        return None


def _captured_at(exif: Image.Exif, offset_min: int) -> datetime | None:
    detail = exif.get_ifd(ExifTags.IFD.Exif)
    written = detail.get(ExifTags.Base.DateTimeOriginal) or detail.get(ExifTags.Base.DateTimeDigitized)
    written = written or exif.get(ExifTags.Base.DateTime)
    local = datetime.strptime(_text(written)[:19], "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007
    at = local.replace(tzinfo=timezone(timedelta(minutes=offset_min))).astimezone(UTC)
    return at if _EARLIEST <= at <= _LATEST else None


def _offset_min(exif: Image.Exif) -> int | None:
    detail = exif.get_ifd(ExifTags.IFD.Exif)
    written = detail.get(ExifTags.Base.OffsetTimeOriginal) or detail.get(ExifTags.Base.OffsetTime)
    said = _text(written)
    if said in _UTC:
        return 0
    match = _OFFSET.fullmatch(said)
    if match is None:
        return None
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    return (-minutes if match[1] == "-" else minutes) if minutes <= 14 * 60 else None


def _place(exif: Image.Exif) -> tuple[float, float] | None:
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    lat = _degrees(gps[ExifTags.GPS.GPSLatitude], gps[ExifTags.GPS.GPSLatitudeRef], "S")
    lng = _degrees(gps[ExifTags.GPS.GPSLongitude], gps[ExifTags.GPS.GPSLongitudeRef], "W")
    is_real = abs(lat) <= 90 and abs(lng) <= 180 and (lat, lng) != (0.0, 0.0)
    return (round(lng, 7), round(lat, 7)) if is_real else None


def _accuracy_m(exif: Image.Exif) -> float | None:
    error_m = float(exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSHPositioningError])
    return round(error_m, 1) if 0 <= error_m <= _ACCURACY_MAX_M else None


def _degrees(parts: Any, reference: Any, negative: str) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    return -value if _text(reference).upper() == negative else value


def _device(exif: Image.Exif) -> str | None:
    make, model = _text(exif.get(ExifTags.Base.Make)), _text(exif.get(ExifTags.Base.Model))
    name = model if model.lower().startswith(make.lower()) else f"{make} {model}"
    return name.strip()[:_DEVICE_MAX_CHARS] or None


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return "".join(char for char in str(value or "") if char.isprintable()).strip()
