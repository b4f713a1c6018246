"""Labels as SVG files in one zip: a file per plate, text as outlines of the font, so that no machine lacks it."""

import zipfile
from base64 import b64encode
from collections.abc import Sequence
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import Any

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from qr import render
from qr.printing.layout import LOGO_RIM, LOGO_SIDE, Label, Plate, code_line
from qr.printing.logo import squared
from qr.printing.wording import fitted
from qr.symbols import QUIET_ZONE, Stencil


class Lettering:
    """Turns text into outlines, keeping each character's outline once drawn."""

    def __init__(self, font: Path) -> None:
        self._font: Any = TTFont(font, fontNumber=0, lazy=True)
        self._glyphs = self._font.getGlyphSet()
        self._names = self._font.getBestCmap()
        self._em = self._font["head"].unitsPerEm
        self._outline = lru_cache(maxsize=4096)(self._draw)

    def close(self) -> None:
        self._font.close()

    def line(self, text: str, middle: float, baseline: float, size: float, available: float) -> str:
        """A centred line as SVG, made smaller until it fits; all lengths in the drawing's units."""
        text, share = fitted(text, lambda words: self._width(words) * size, available)
        shapes, size = [self._outline(character) for character in text], size * share
        scale, x = size / self._em, middle - self._width(text) * size / 2
        parts = []
        for outline, advance in shapes:
            if outline:
                parts.append(f'<path transform="translate({x:.3f} {baseline:.3f}) scale({scale:.5f})" d="{outline}"/>')
            x += advance * scale
        return "".join(parts)

    def _width(self, text: str) -> float:
        """In ems."""
        return sum(self._outline(character)[1] for character in text) / self._em

    def _draw(self, character: str) -> tuple[str, float]:
        glyph = self._glyphs[self._names.get(ord(character), ".notdef")]
        pen = SVGPathPen(self._glyphs, ntos=lambda number: f"{number:.0f}")
        glyph.draw(TransformPen(pen, (1, 0, 0, -1, 0, 0)))
        return pen.getCommands(), glyph.width


def write(
    out: Path, labels: Sequence[Label], plate: Plate, stencil: Stencil, font: Path, logo: Path | None = None
) -> None:
    """Write one file per code."""
    middle = _logo(plate, logo) if logo else ""
    with (
        closing(Lettering(font)) as lettering,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
    ):
        for label in labels:
            archive.writestr(f"{label.code}.svg", draw(label, plate, stencil, lettering, middle))


def draw(label: Label, plate: Plate, stencil: Stencil, lettering: Lettering, middle: str = "") -> str:
    """One plate in millimetres, drawn in module units."""
    side = plate.modules + 2 * QUIET_ZONE
    name, code = plate.name_mm / plate.module_mm, plate.code_mm / plate.module_mm
    tall = side + name + code
    runs = render.runs(stencil.symbol(label.code))
    symbol = "".join(f"M{x + QUIET_ZONE} {y + QUIET_ZONE}h{length}v1h-{length}z" for x, y, length in runs)
    text = lettering.line(label.name, side / 2, side + name * 0.8, name * 0.8, side * 0.94)
    text += lettering.line(code_line(label), side / 2, side + name + code * 0.7, code * 0.8, side * 0.94)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{plate.width_mm:.3f}mm" height="{plate.height_mm:.3f}mm"'
        f' viewBox="0 0 {side} {tall:.3f}"><title>{label.code}</title><path fill="#fff" d="M0 0h{side}v{tall:.3f}H0z"/>'
        f'<path id="symbol" d="{symbol}" shape-rendering="crispEdges"/>{middle}{text}</svg>'
    )


def _logo(plate: Plate, logo: Path) -> str:
    """The logo on its white rim, in module units; linked in the old way, which every drawing program reads."""
    side, rim, middle = plate.modules * LOGO_SIDE, plate.modules * LOGO_RIM, QUIET_ZONE + plate.modules / 2
    around, within = _square(middle, side + 2 * rim), _square(middle, side)
    return (
        f'<rect id="rim" {around} fill="#fff"/><image {within} xmlns:xlink="http://www.w3.org/1999/xlink"'
        f' xlink:href="data:image/png;base64,{b64encode(squared(logo)).decode()}"/>'
    )


def _square(middle: float, side: float) -> str:
    return f'x="{middle - side / 2:.3f}" y="{middle - side / 2:.3f}" width="{side:.3f}" height="{side:.3f}"'
