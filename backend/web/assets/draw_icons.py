"""The icons of the staff app, drawn from one picture: python -m backend.web.assets.draw_icons

Reads static/icons/mark.svg, which keeps to `<rect>` and `<line>`, and writes the PNG files beside it. They are
committed: no phone and no server draws anything.
"""

import sys
from pathlib import Path
from typing import Any, NamedTuple

from defusedxml import ElementTree
from PIL import Image, ImageDraw

FOLDER = Path(__file__).parents[1] / "static" / "icons"
MARK = FOLDER / "mark.svg"
_FINER = 8
"""Drawn so many times larger and made smaller, which smooths edges."""
_COLOURS = 32


class Icon(NamedTuple):
    side_px: int
    ground: str
    """`rounded` with clear corners, `full` to the edge, or `none`: a shape in one colour that the phone paints."""
    scale: float = 1.0
    """Of the mark around the middle: a phone may cut off what lies beyond a circle of 80 % (maskable)."""


class Paper(NamedTuple):
    """How numbers of the picture become pixels."""

    unit: float
    middle: float
    scale: float

    def at(self, shape: Any, name: str) -> float:
        return self.middle + (float(shape.get(name)) * self.unit - self.middle) * self.scale

    def long(self, shape: Any, name: str) -> float:
        return float(shape.get(name, 0)) * self.unit * self.scale


ICONS = {
    "icon-192.png": Icon(192, "rounded"),
    "icon-512.png": Icon(512, "rounded"),
    "icon-maskable-512.png": Icon(512, "full", 0.78),
    "icon-monochrome-192.png": Icon(192, "none", 0.95),
    "apple-touch-icon.png": Icon(180, "full", 0.92),
}


def draw(icon: Icon) -> Image.Image:
    """The icon as a picture with transparency."""
    root: Any = ElementTree.parse(MARK).getroot()
    side = icon.side_px * _FINER
    picture = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    unit = side / float(root.get("viewBox").split()[2])
    for shape in root:
        is_ground = shape.get("id") == "ground"
        if is_ground and icon.ground == "none":
            continue
        scale = 1.0 if is_ground else icon.scale
        _draw_shape(pen, shape, Paper(unit, side / 2, scale), is_square=is_ground and icon.ground == "full")
    return picture.resize((icon.side_px, icon.side_px), Image.Resampling.LANCZOS)


def _draw_shape(pen: ImageDraw.ImageDraw, shape: Any, paper: Paper, *, is_square: bool) -> None:
    half = paper.long(shape, "stroke-width") / 2
    if shape.tag.endswith("rect"):
        left, top = paper.at(shape, "x"), paper.at(shape, "y")
        right, bottom = left + paper.long(shape, "width"), top + paper.long(shape, "height")
        box = (left - half, top - half, right + half, bottom + half)
        fill = shape.get("fill") if shape.get("fill") != "none" else None
        radius = 0 if is_square else paper.long(shape, "rx") + half
        pen.rounded_rectangle(box, radius, fill=fill, outline=shape.get("stroke"), width=round(2 * half))
    else:
        box = (*(paper.at(shape, name) - half for name in ("x1", "y1")),)
        end = (*(paper.at(shape, name) + half for name in ("x2", "y2")),)
        pen.rounded_rectangle((*box, *end), half, fill=shape.get("stroke"))


def write(folder: Path = FOLDER) -> None:
    """Write all icons into the folder, as small as they can be."""
    for name, icon in ICONS.items():
        few = draw(icon).quantize(_COLOURS, method=Image.Quantize.FASTOCTREE)
        few.save(folder / name, optimize=True)


if __name__ == "__main__":
    write()
    sys.stdout.write(f"drawn: {', '.join(ICONS)}\n")
