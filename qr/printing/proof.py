"""Read a finished file back before anybody prints it: every symbol where it should be, with the code written below it.

Encoder and decoder are two libraries that share nothing, so one's mistake is not the other's.
"""

import io
import re
import zipfile
from base64 import b64decode
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pypdfium2
import zxingcpp
from PIL import Image, ImageDraw

from qr.codes import grouped
from qr.printing.layout import Grid, Label

_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_MM_PER_INCH = 25.4
_POINTS_PER_INCH = 72
_PIXELS_PER_MODULE = 5
_SVG_BOX = re.compile(r'viewBox="0 0 (\d+) (\d+)')
_SVG_SYMBOL = re.compile(r'<path id="symbol" d="([^"]+)"')
_SVG_RIM = re.compile(r'<rect id="rim" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"')
_SVG_LOGO = re.compile(r'<image x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" [^>]*base64,([^"]+)"')
_SVG_RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-\3z")


class ProofFailed(RuntimeError):
    """A symbol on the finished file does not say what it should; the file is not released."""


def check_pdf(file: Path, labels: Sequence[Label], grid: Grid) -> None:
    """Raises ProofFailed, naming the label."""
    document = pypdfium2.PdfDocument(file)
    try:
        for page, start in enumerate(range(0, len(labels), grid.per_page)):
            _check_page(document[page], labels[start : start + grid.per_page], grid)
    finally:
        document.close()


def _check_page(page: Any, labels: Sequence[Label], grid: Grid) -> None:
    pixels_per_mm = _PIXELS_PER_MODULE / grid.plate.module_mm
    picture = page.render(scale=pixels_per_mm * _MM_PER_INCH / _POINTS_PER_INCH, grayscale=True).to_numpy()
    read = {}
    for found in decode(picture):
        read[_cell_of(found.position, grid, pixels_per_mm)] = found.text
    words = page.get_textpage()
    for index, label in enumerate(labels):
        if read.get(index) != label.url:
            raise ProofFailed(f"{label.code}: read {read.get(index)!r}, expected {label.url!r}")
        if grouped(label.code) not in words.get_text_bounded(*_box_in_points(index, grid)):
            raise ProofFailed(f"{label.code}: the line below the symbol does not say so")


def decode(picture: Any) -> list[Any]:
    """All QR symbols of an upright, even-lit picture."""
    return zxingcpp.read_barcodes(
        picture,
        formats=_QR,
        try_rotate=False,
        try_downscale=False,
        try_invert=False,
    )


def _cell_of(position: Any, grid: Grid, pixels_per_mm: float) -> int:
    left, top = grid.corner(0)
    middle_x = (position.top_left.x + position.bottom_right.x) / 2 / pixels_per_mm
    middle_y = (position.top_left.y + position.bottom_right.y) / 2 / pixels_per_mm
    column = int((middle_x - left) // grid.plate.width_mm)
    return int((middle_y - top) // grid.plate.height_mm) * grid.columns + column


def _box_in_points(index: int, grid: Grid) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of a label, from the bottom left of the page as PDF counts."""
    left, top = grid.corner(index)
    scale = _POINTS_PER_INCH / _MM_PER_INCH
    high = (grid.page_mm[1] - top) * scale
    return (
        left * scale,
        high - grid.plate.height_mm * scale,
        (left + grid.plate.width_mm) * scale,
        high,
    )


def check_svg_zip(file: Path, labels: Sequence[Label]) -> None:
    """Draw each file's symbol from what it says, and read it. Raises ProofFailed."""
    with zipfile.ZipFile(file) as archive:
        for label in labels:
            drawn = archive.read(f"{label.code}.svg").decode()
            read = [found.text for found in decode(_rasterise(drawn))]
            if read != [label.url]:
                raise ProofFailed(f"{label.code}: read {read}, expected {label.url!r}")


def _rasterise(drawn: str) -> Image.Image:
    box, path = _SVG_BOX.search(drawn), _SVG_SYMBOL.search(drawn)
    if box is None or path is None:
        raise ProofFailed("not one of our drawings")
    picture = Image.new("L", (int(box[1]) * _PIXELS_PER_MODULE, int(box[2]) * _PIXELS_PER_MODULE), 255)
    brush = ImageDraw.Draw(picture)
    for x, y, length in (tuple(map(int, run)) for run in _SVG_RUN.findall(path[1])):
        side = _PIXELS_PER_MODULE
        brush.rectangle((x * side, y * side, (x + length) * side - 1, (y + 1) * side - 1), fill=0)
    _lay_logo(picture, drawn)
    return picture


def _lay_logo(picture: Image.Image, drawn: str) -> None:
    rim, logo = _SVG_RIM.search(drawn), _SVG_LOGO.search(drawn)
    if rim is None or logo is None:
        return
    x, y, wide, high = (float(length) * _PIXELS_PER_MODULE for length in rim.groups())
    ImageDraw.Draw(picture).rectangle((x, y, x + wide, y + high), fill=255)
    left, top, side = (round(float(length) * _PIXELS_PER_MODULE) for length in logo.groups()[:3])
    with Image.open(io.BytesIO(b64decode(logo[4]))) as opened:
        shown = opened.resize((side, side))
    picture.paste(shown.convert("L"), (left, top), mask=shown.getchannel("A"))
