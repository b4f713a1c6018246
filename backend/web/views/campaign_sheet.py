"""Records of a campaign as sheets: CSV with a byte order mark, and XLSX. No cell is a formula, nothing sealed is there.

A column for each field of any version of the form; instants are Shanghai's.
"""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from backend.campaigns.forms import wording
from backend.campaigns.forms.fields import CampaignField, FormContent
from backend.campaigns.records.structs import CampaignRecordView
from backend.spreadsheets import harmless
from backend.web.views import times
from backend.web.views.page import PageContext

_BOM = "\ufeff"
_FIXED = ("target", "kind", "area", "round", "outcome", "presence", "captured", "received", "filled_by", "troubles")


class CampaignSheet(NamedTuple):
    name: str
    head: list[str]
    rows: list[list[str]]


def sheet_of(
    records: Sequence[CampaignRecordView], versions: Sequence[FormContent], page: PageContext
) -> CampaignSheet:
    """In the reader's language."""
    fields = {each.key: each for content in versions for each in content.fields if not each.is_personal}
    kinds = {kind.code: page.pick(kind.zh, kind.en) for content in versions for kind in content.kinds}
    head = [page.t(f"campaign.column.{name}") for name in _FIXED]
    head += [wording.label_of(field, page.lang) for field in fields.values()]
    rows = [_cells(record, fields, kinds, page) for record in records]
    return CampaignSheet(page.t("campaign.records"), head, rows)


def write_csv(sheet: CampaignSheet) -> bytes:
    """The whole file."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([harmless(cell) for cell in row] for row in [sheet.head, *sheet.rows])
    return (_BOM + out.getvalue()).encode()


def write_xlsx(sheet: CampaignSheet) -> bytes:
    """The whole file. Texts are texts, whatever they begin with."""
    from xlsxwriter import Workbook  # wanted once a campaign

    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        page, bold = book.add_worksheet(sheet.name[:31]), book.add_format({"bold": True})
        for number, row in enumerate([sheet.head, *sheet.rows]):
            for column, cell in enumerate(row):
                page.write_string(number, column, cell, bold if number == 0 else None)
        page.freeze_panes(1, 1)
    return out.getvalue()


WRITERS: Mapping[str, Callable[[CampaignSheet], bytes]] = {"csv": write_csv, "xlsx": write_xlsx}
MEDIA_TYPES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def _cells(
    record: CampaignRecordView, fields: Mapping[str, CampaignField], kinds: Mapping[str, str], page: PageContext
) -> list[str]:
    own = [
        record.label,
        kinds.get(record.kind, record.kind),
        record.area_code,
        str(record.round),
        page.t(f"campaign.outcome.{record.outcome.value}"),
        page.t(f"campaign.presence.{record.presence.value}"),
        times.full(record.captured_at),
        times.full(record.received_at),
        record.filled_by,
        str(record.troubles),
    ]
    return own + [_answer(field, record, page.lang) for field in fields.values()]


def _answer(field: CampaignField, record: CampaignRecordView, lang: str) -> str:
    value = record.answers.get(field.key)
    said = "" if value is None else wording.answer_in_words(field, value, lang)
    note = record.notes.get(field.key, "")
    return f"{said} ({note})" if note else said
