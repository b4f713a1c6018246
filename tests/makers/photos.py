"""Pictures and photos for tests: small, valid, each different when asked, with what a camera writes when asked."""

import io
from datetime import UTC, datetime

from PIL import ExifTags, Image

from backend.geo.lonlat import LonLat
from media import service as media
from media.structs import PhotoView

TAKEN = datetime(2026, 5, 1, 2, 30, tzinfo=UTC)


def picture(width: int = 64, height: int = 48, shade: int = 0) -> Image.Image:
    """A gradient, or with a shade a scene, with a mark in its upper left corner, so that turns can be told."""
    image = scene(shade, width, height) if shade else _gradient(width, height)
    image.paste((255, shade % 256, 0), (0, 0, max(1, width // 4), max(1, height // 4)))
    return image


def scene(seed: int, width: int = 800, height: int = 600) -> Image.Image:
    """Something with structure, that looks like no other scene: noise of a seed, blown up."""
    noise = bytes((seed * 7919 + index * index * 104_729 + index * seed * 31) % 251 for index in range(12 * 9))
    return Image.frombytes("L", (12, 9), noise).resize((width, height), Image.Resampling.BICUBIC).convert("RGB")


def jpeg(width: int = 64, height: int = 48, shade: int = 0, **options: object) -> bytes:
    return encoded(picture(width, height, shade), "JPEG", **options)


def encoded(image: Image.Image, format: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def camera_exif(
    taken_at: datetime | None = None, *, writes_zone: bool = True, at: LonLat | None = None, accuracy_m: float = 0
) -> Image.Exif:
    """What a phone writes. The time as its zone shows it, the position in degrees, minutes and seconds."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Model] = "HUAWEI", "HUAWEI P40"
    if taken_at is not None:
        detail = exif.get_ifd(ExifTags.IFD.Exif)
        detail[ExifTags.Base.DateTimeOriginal] = taken_at.strftime("%Y:%m:%d %H:%M:%S")
        if writes_zone:
            detail[ExifTags.Base.OffsetTimeOriginal] = f"{taken_at:%z}"[:3] + ":" + f"{taken_at:%z}"[3:]
    if at is not None:
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLatitude] = "N", _sexagesimal(at.lat)
        gps[ExifTags.GPS.GPSLongitudeRef], gps[ExifTags.GPS.GPSLongitude] = "E", _sexagesimal(at.lng)
        if accuracy_m:
            gps[ExifTags.GPS.GPSHPositioningError] = accuracy_m
    return exif


async def make_photo(
    owner_id: int, *, shade: int = 0, idempotency_key: str | None = None, now: datetime = TAKEN, **options: object
) -> PhotoView:
    """A photo through the gate; options go to the encoder, such as `exif`."""
    receipt = await media.receive(owner_id, jpeg(shade=shade, **options), idempotency_key=idempotency_key, now=now)
    return receipt.photo


def _gradient(width: int, height: int) -> Image.Image:
    return Image.linear_gradient("L").resize((width, height)).convert("RGB")


def _sexagesimal(degrees: float) -> tuple[float, float, float]:
    minutes = degrees % 1 * 60
    return float(int(degrees)), float(int(minutes)), round(minutes % 1 * 60, 4)
