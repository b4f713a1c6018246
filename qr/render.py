"""Pictures of one symbol with its quiet zone: SVG as merged horizontal runs, PNG with whole pixels."""

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from qr.symbols import QUIET_ZONE, Symbol

if TYPE_CHECKING:
    from PIL import Image

_DARK_RUN = re.compile("1+")


def runs(symbol: Symbol) -> Iterator[tuple[int, int, int]]:
    """Dark runs as (column, row, length), from the top left."""
    for row, line in enumerate(symbol.rows()):
        for match in _DARK_RUN.finditer(line):
            yield match.start(), row, match.end() - match.start()


def svg(symbol: Symbol, width_mm: float | None = None) -> str:
    """One path, one unit a module. `width_mm` is the width of the symbol itself, without quiet zone."""
    side = symbol.size + 2 * QUIET_ZONE
    path = "".join(f"M{x + QUIET_ZONE} {y + QUIET_ZONE}h{length}v1h-{length}z" for x, y, length in runs(symbol))
    edge = ""
    if width_mm is not None:
        edge_mm = width_mm * side / symbol.size
        edge = f' width="{edge_mm:.3f}mm" height="{edge_mm:.3f}mm"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"{edge}'
        f' shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{path}"/></svg>'
    )


def image(symbol: Symbol, pixels_per_module: int) -> "Image.Image":
    """A greyscale picture, black on white."""
    from PIL import Image  # 5 MB, and nearly every symbol is drawn as SVG

    size = symbol.size
    modules = bytes(0 if bit == "1" else 255 for row in symbol.rows() for bit in row)
    small = Image.frombytes("L", (size, size), modules)
    framed = Image.new("L", (size + 2 * QUIET_ZONE, size + 2 * QUIET_ZONE), 255)
    framed.paste(small, (QUIET_ZONE, QUIET_ZONE))
    side = framed.width * pixels_per_module
    return framed.resize((side, side), Image.Resampling.NEAREST)


def png(symbol: Symbol, pixels_per_module: int = 8) -> bytes:
    buffer = io.BytesIO()
    image(symbol, pixels_per_module).convert("1").save(buffer, "PNG")
    return buffer.getvalue()
