"""Photos to hand to a page: a real one of a camera where the data is at hand, else a made one."""

from pathlib import Path

from bench.parts.outside import PHONE_PHOTOS
from tests.makers.photos import jpeg


def real_photo() -> Path | None:
    """A camera's photo with position and time in its Exif block."""
    found = sorted(PHONE_PHOTOS.glob("*.jpg"))
    return found[0] if found else None


def photo_file(folder: Path, shade: int = 0) -> Path:
    """The real photo, or a made one; with a shade always a made one, different from the others."""
    real = real_photo()
    if real is not None and not shade:
        return real
    made = folder / f"photo-{shade}.jpg"
    made.write_bytes(jpeg(1200, 900, shade=shade))
    return made
