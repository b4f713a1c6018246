"""The town's picture for the middle of the symbol: one that can be opened, or named before anything is printed."""

import io
from pathlib import Path

from PIL import Image, ImageOps

_SIDE_MAX_PX = 400
"""At 34 mm, the logo of the largest plate, 300 dots an inch."""


class LogoUnusable(RuntimeError):
    """The chosen file is no picture that can be printed; the message names it."""


def find_logo(given: Path) -> Path:
    """The chosen picture. Raises LogoUnusable."""
    try:
        with Image.open(given) as picture:
            picture.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise LogoUnusable(f"不是可用的图片 / not a picture that can be printed: {given}") from error
    return given


def squared(logo: Path) -> bytes:
    """The picture as a PNG, in the middle of a square that one can look through."""
    with Image.open(logo) as picture:
        shown = ImageOps.pad(picture.convert("RGBA"), (_SIDE_MAX_PX, _SIDE_MAX_PX), color=(255, 255, 255, 0))
    packed = io.BytesIO()
    shown.save(packed, "PNG")
    return packed.getvalue()
