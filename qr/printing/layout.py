"""Where everything stands on paper, in millimetres from the top left. Pure.

The plates are those of the police's plate rules: 40, 75 and 120 mm of symbol for small, middle and large doorplates, to
be read from about ten times that distance. The quiet zone of four modules comes on top; text never stands in it.
"""

from dataclasses import dataclass

from qr.codes import Code, grouped
from qr.symbols import QUIET_ZONE

A4_MM = (210.0, 297.0)
PLATES_MM = (40, 75, 120)
CUT_MARK_MM = 2.0
SINGLE_MARGIN_MM = 5.0
LOGO_SIDE = 0.28
"""Of the symbol's side: with its white rim it covers 10 % of the symbol at most."""
LOGO_RIM = 0.018


@dataclass(frozen=True, slots=True)
class Label:
    """One plate to print."""

    code: Code
    url: str
    name: str
    hotline: str


def code_line(label: Label) -> str:
    """What is read out over the telephone, and which telephone."""
    return grouped(label.code) + (f"  热线{label.hotline}" if label.hotline else "")


@dataclass(frozen=True, slots=True)
class Plate:
    """A label around a symbol: sizes that follow from the symbol's width and its number of modules."""

    symbol_mm: float
    modules: int

    @property
    def module_mm(self) -> float:
        return self.symbol_mm / self.modules

    @property
    def quiet_mm(self) -> float:
        return QUIET_ZONE * self.module_mm

    @property
    def width_mm(self) -> float:
        return self.symbol_mm + 2 * self.quiet_mm

    @property
    def name_mm(self) -> float:
        """Height of the place name's line; the code's line is a little lower."""
        return 3.9 * self._text_scale

    @property
    def code_mm(self) -> float:
        return 3.4 * self._text_scale

    @property
    def height_mm(self) -> float:
        return self.width_mm + self.name_mm + self.code_mm

    @property
    def _text_scale(self) -> float:
        return (self.symbol_mm / PLATES_MM[0]) ** 0.75


@dataclass(frozen=True, slots=True)
class Grid:
    """Pages of one size with `columns` by `rows` labels, centred."""

    plate: Plate
    page_mm: tuple[float, float]
    columns: int
    rows: int

    @property
    def per_page(self) -> int:
        return self.columns * self.rows

    def corner(self, index: int) -> tuple[float, float]:
        """Top left of the label at this place on the page."""
        row, column = divmod(index, self.columns)
        left = (self.page_mm[0] - self.columns * self.plate.width_mm) / 2
        top = (self.page_mm[1] - self.rows * self.plate.height_mm) / 2
        return left + column * self.plate.width_mm, top + row * self.plate.height_mm

    def cut_marks(self) -> list[tuple[float, float, float, float]]:
        """Short lines in the margin where the blade goes: x1, y1, x2, y2."""
        left, top = self.corner(0)
        right = left + self.columns * self.plate.width_mm
        bottom = top + self.rows * self.plate.height_mm
        marks = []
        for column in range(self.columns + 1):
            x = left + column * self.plate.width_mm
            marks += [(x, top - CUT_MARK_MM, x, top), (x, bottom, x, bottom + CUT_MARK_MM)]
        for row in range(self.rows + 1):
            y = top + row * self.plate.height_mm
            marks += [(left - CUT_MARK_MM, y, left, y), (right, y, right + CUT_MARK_MM, y)]
        return marks


def sheet(plate: Plate) -> Grid:
    """As many labels as an A4 page holds with its cut marks."""
    columns = int((A4_MM[0] - 2 * CUT_MARK_MM) // plate.width_mm)
    rows = int((A4_MM[1] - 2 * CUT_MARK_MM) // plate.height_mm)
    return Grid(plate, A4_MM, columns, rows)


def single(plate: Plate) -> Grid:
    """One plate a page, the page a little larger than the plate."""
    page = (plate.width_mm + 2 * SINGLE_MARGIN_MM, plate.height_mm + 2 * SINGLE_MARGIN_MM)
    return Grid(plate, page, 1, 1)
