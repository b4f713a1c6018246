"""Labels as a PDF: symbols as filled paths in module units, text in an embedded subset of the font, cut marks."""

from collections.abc import Sequence
from pathlib import Path

from fpdf import FPDF

from qr import render
from qr.printing.layout import LOGO_RIM, LOGO_SIDE, Grid, Label, code_line
from qr.printing.wording import fitted
from qr.symbols import Stencil, Symbol

_FONT = "label"
_POINTS_PER_MM = 72 / 25.4
_LINE_HEIGHT = 1.25
_CUT_LINE_MM = 0.1


def write(
    out: Path, labels: Sequence[Label], grid: Grid, stencil: Stencil, font: Path, logo: Path | None = None
) -> None:
    """Write the labels, as many to a page as the grid says."""
    paper = FPDF(unit="mm", format=grid.page_mm)
    paper.set_auto_page_break(False)
    paper.set_creator("Yima")
    paper.add_font(_FONT, "", font)
    for index, label in enumerate(labels):
        if index % grid.per_page == 0:
            _open_page(paper, grid)
        left, top = grid.corner(index % grid.per_page)
        _draw(paper, label, stencil.symbol(label.code), grid, left, top)
        if logo:
            _draw_logo(paper, logo, grid, left, top)
    paper.output(str(out))
    for opened in paper.fonts.values():
        opened.ttfont.close()  # type: ignore[union-attr]  # only embedded fonts are used


def _open_page(paper: FPDF, grid: Grid) -> None:
    paper.add_page()
    paper.set_line_width(_CUT_LINE_MM)
    for mark in grid.cut_marks():
        paper.line(*mark)


def _draw(paper: FPDF, label: Label, symbol: Symbol, grid: Grid, left: float, top: float) -> None:
    plate = grid.plate
    x = (left + plate.quiet_mm) * _POINTS_PER_MM
    y = (grid.page_mm[1] - top - plate.quiet_mm) * _POINTS_PER_MM
    unit = plate.module_mm * _POINTS_PER_MM
    # One fill for all runs: filled one by one they would show hairlines between rows on screens.
    path = " ".join(f"{column} {row} {length} 1 re" for column, row, length in render.runs(symbol))
    paper._out(f"q {unit:.5f} 0 0 {-unit:.5f} {x:.4f} {y:.4f} cm {path} f Q")
    name_at = top + plate.width_mm + plate.name_mm / _LINE_HEIGHT
    _write_line(paper, label.name, left, name_at, plate.name_mm, plate.width_mm)
    code_at = top + plate.width_mm + plate.name_mm + plate.code_mm / _LINE_HEIGHT - plate.code_mm * 0.1
    _write_line(paper, code_line(label), left, code_at, plate.code_mm, plate.width_mm)


def _write_line(paper: FPDF, text: str, left: float, baseline: float, height_mm: float, width_mm: float) -> None:
    """Centred, made smaller until it fits."""
    size = height_mm / _LINE_HEIGHT * _POINTS_PER_MM
    paper.set_font(_FONT, size=size)
    text, share = fitted(text, paper.get_string_width, width_mm * 0.94)
    if not text:
        return
    paper.set_font(_FONT, size=size * share)
    paper.text(left + (width_mm - paper.get_string_width(text)) / 2, baseline, text)


def _draw_logo(paper: FPDF, logo: Path, grid: Grid, left: float, top: float) -> None:
    plate = grid.plate
    middle_x, middle_y = left + plate.width_mm / 2, top + plate.width_mm / 2
    side, rim = plate.symbol_mm * LOGO_SIDE, plate.symbol_mm * LOGO_RIM
    paper.set_fill_color(255)
    paper.rect(middle_x - side / 2 - rim, middle_y - side / 2 - rim, side + 2 * rim, side + 2 * rim, style="F")
    paper.set_fill_color(0)
    paper.image(str(logo), middle_x - side / 2, middle_y - side / 2, side, side, keep_aspect_ratio=True)
