"""One volume: written beside its name, read back symbol by symbol, and only then given its name.

A file that bears its name may be printed. Runs in a process of its own, so it opens no database.
"""

import csv
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from backend.spreadsheets import harmless
from qr.codes import grouped
from qr.printing import delivery, pdf, proof, svg
from qr.printing.delivery import Volume
from qr.printing.fonts import characters_of
from qr.printing.job import Format, PrintJob
from qr.printing.layout import Label
from qr.printing.wording import with_gaps


def make(job: PrintJob, file: Path, labels: Sequence[Label]) -> Volume:
    """Write, prove, release. Raises ProofFailed; then nothing bears the name."""
    draft, content = delivery.draft_of(file), delivery.content_of(labels)
    if job.has_gaps and job.format is not Format.CSV:
        drawn = characters_of(job.font)
        labels = [replace(label, name=with_gaps(label.name, drawn)) for label in labels]
    if job.format is Format.PDF:
        pdf.write(draft, labels, job.grid, job.stencil, job.font, job.logo)
        proof.check_pdf(draft, labels, job.grid)
    elif job.format is Format.SVG_ZIP:
        svg.write(draft, labels, job.plate, job.stencil, job.font, job.logo)
        proof.check_svg_zip(draft, labels)
    else:
        write_list(draft, labels)
    with draft.open("rb") as written:
        os.fsync(written.fileno())
    draft.replace(file)
    return Volume(len(labels), content, delivery.digest(file))


def write_list(out: Path, labels: Sequence[Label]) -> None:
    """A table for print shops that draw symbols themselves; with a byte order mark, which their spreadsheets expect."""
    with out.open("w", encoding="utf-8-sig", newline="") as content:
        table = csv.writer(content)
        table.writerow(["code", "url", "code_grouped", "place", "hotline"])
        for label in labels:
            table.writerow([label.code, label.url, grouped(label.code), harmless(label.name), label.hotline])
