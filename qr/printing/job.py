"""What to print and how."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from qr.payload import Payload
from qr.printing.layout import Grid, Plate, sheet, single
from qr.symbols import Stencil, stencil


class Format(StrEnum):
    PDF = "pdf"
    SVG_ZIP = "svg-zip"
    CSV = "csv"


_VOLUME = {Format.PDF: 2_000, Format.SVG_ZIP: 2_000, Format.CSV: 50_000}
"""Labels a file: as many as stand in memory together."""


@dataclass(frozen=True, slots=True)
class Selection:
    """One batch, or all live codes of an area; `limit` of 0 means all."""

    batch_id: int | None = None
    area: str | None = None
    limit: int = 0

    def __post_init__(self) -> None:
        if (self.batch_id is None) == (self.area is None):
            raise ValueError("a selection is one batch or one area")


@dataclass(frozen=True, slots=True)
class PrintJob:
    """`symbol_mm` is the symbol's own width; `is_single` makes each plate a page of its own.

    `has_gaps` lets a mark stand for characters that the font lacks, which else stop the job.
    """

    selection: Selection
    payload: Payload
    hotline: str
    out: Path
    font: Path
    format: Format = Format.PDF
    symbol_mm: float = 40
    is_single: bool = False
    has_gaps: bool = False
    logo: Path | None = None
    level: str = "Q"
    max_version: int = 4
    volume_labels: int = 0

    @property
    def volume(self) -> int:
        return self.volume_labels or _VOLUME[self.format]

    @property
    def stencil(self) -> Stencil:
        return stencil(self.payload.url(""), self.level, self.max_version)

    @property
    def plate(self) -> Plate:
        return Plate(self.symbol_mm, self.stencil.size)

    @property
    def grid(self) -> Grid:
        return (single if self.is_single else sheet)(self.plate)

    def file(self, number: int, total: int) -> Path:
        """The output's own name when one volume holds all, else numbered."""
        if total <= self.volume:
            return self.out
        return self.out.with_name(f"{self.out.stem}-{number:04d}{self.out.suffix}")
