"""The QR symbols of a picture, read at its full size: a plate across the street is a fortieth of the width.

Runs in the guarded process only.
"""

from collections.abc import Iterator
from typing import BinaryIO

import zxingcpp
from PIL import Image, ImageOps

from media.decoder.colours import resizable
from media.decoder.develop import opened, paint_over, read_exif, upright
from media.decoder.messages import Symbols, SymbolSearch

_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_PIXELS_MAX = 30_000_000
"""Larger pictures are read at a half or a quarter: their plates have the pixels all the same."""
_EXIF_MAX_BYTES = 1024 * 1024


def find_symbols(search: SymbolSearch, source: BinaryIO) -> Symbols:
    """Read all symbols, however they lie and are lit. Raises RefusedError, or what the library raises."""
    picture = opened(search, source)
    grey = _grey(picture)
    if search.boxes:
        grey = upright(grey, read_exif(picture, _EXIF_MAX_BYTES))
        paint_over(grey, search.boxes)
    for seen in _ways_to_look(grey):
        if texts := [found.text for found in zxingcpp.read_barcodes(seen, formats=_QR)]:
            return Symbols(texts=texts[: search.symbols_max], left_out=max(0, len(texts) - search.symbols_max))
    return Symbols(texts=[], left_out=0)


def _ways_to_look(grey: Image.Image) -> Iterator[Image.Image]:
    """As it is; only where that shows nothing, with the contrast spread, which finds what is dark or blurred."""
    yield grey
    yield ImageOps.equalize(_reduced(grey, 2))
    yield ImageOps.equalize(grey)
    yield ImageOps.equalize(_reduced(grey, 4))


def _grey(picture: Image.Image) -> Image.Image:
    factor = 1
    while picture.width * picture.height > _PIXELS_MAX * factor**2:
        factor *= 2
    width, height = picture.width, picture.height
    picture.draft("L", (width // factor, height // factor))
    picture.load()
    plain = resizable(picture)
    grey = plain if plain.mode == "L" else plain.convert("L")
    return _reduced(grey, factor) if grey.width == width else grey


def _reduced(grey: Image.Image, factor: int) -> Image.Image:
    return grey if factor == 1 else grey.reduce(factor)
