"""Pictures and photos for tests: small, valid, each different when asked."""

import io
from datetime import UTC, datetime

from PIL import Image

from media import service as media
from media.structs import PhotoView

TAKEN = datetime(2026, 5, 1, 2, 30, tzinfo=UTC)


def picture(width: int = 64, height: int = 48, shade: int = 0) -> Image.Image:
    """A gradient with a mark in its upper left corner, so that turns and mirrors can be told."""
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    image.paste((255, shade % 256, 0), (0, 0, max(1, width // 4), max(1, height // 4)))
    return image


def jpeg(width: int = 64, height: int = 48, shade: int = 0, **options: object) -> bytes:
    return encoded(picture(width, height, shade), "JPEG", **options)


def encoded(image: Image.Image, format: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


async def make_photo(
    owner_id: int, *, shade: int = 0, client_key: str | None = None, now: datetime = TAKEN
) -> PhotoView:
    receipt = await media.receive(owner_id, jpeg(shade=shade), client_key=client_key, now=now)
    return receipt.photo
