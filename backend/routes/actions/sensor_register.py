"""Registering devices over HTTP: of a source of one's own areas, one by one or as the text of a file."""

import tempfile
from datetime import datetime
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from backend.accounts import permissions
from backend.accounts.permissions import Permission
from backend.accounts.structs import Actor
from backend.intake.sensors import loading
from backend.intake.sensors.drafts import SensorDraft
from backend.intake.sensors.loading import RefusedLine, SensorFile
from backend.intake.sources import queries as sources
from backend.intake.sources.errors import SourceUnknown
from backend.intake.sources.structs import Source
from backend.structs import Read, Write
from backend.web.i18n import error_texts
from backend.words import SENSOR_LINES, at_most

_SHOWN = 200
SourceName = Annotated[str, Meta(pattern="^[a-z0-9-]{2,40}$")]


class SensorRegistration(Write, frozen=True, kw_only=True):
    source: SourceName
    sensor: SensorDraft


class SensorImport(Write, frozen=True, kw_only=True):
    """`csv`: the file's text, with the columns device_no and kind at least. `places`: the dataset of column place."""

    source: SourceName
    csv: Annotated[str, at_most(SENSOR_LINES, least=1)]
    places: Annotated[str, Meta(max_length=100)] = ""
    is_preview: bool = True


class SensorSwitch(Write, frozen=True, kw_only=True):
    is_on: bool


class SensorLineRefused(Read, frozen=True, kw_only=True):
    """Lines are counted as an editor counts them, the header being the first."""

    line: int
    zh: str
    en: str


class SensorImportView(Read, frozen=True, kw_only=True):
    """What an import did, or would do. `refused`: of the first two hundred lines that are not taken, why."""

    read: int
    good: int
    new: int
    changed: int
    refused_count: int
    refused: list[SensorLineRefused]


async def source_for(name: str, actor: Actor) -> Source:
    """A source of the areas that the actor operates. Raises SourceUnknown."""
    source = await sources.get_source(name)
    if not source.area_code.startswith(tuple(permissions.areas_of(actor, Permission.OPERATE))):
        raise SourceUnknown
    return source


async def import_sensors(data: SensorImport, actor: Actor, now: datetime) -> SensorImportView:
    """Raises SourceUnknown, FileRefused."""
    source = await source_for(data.source, actor)
    with tempfile.TemporaryDirectory() as folder:
        path = _write(data.csv, folder)
        file = SensorFile(path=path, places=data.places, is_preview=data.is_preview)
        report = await loading.load(file, source, now)
    return SensorImportView(
        read=report.read,
        good=report.good,
        new=report.new,
        changed=report.changed,
        refused_count=len(report.refused),
        refused=[_shown(each) for each in report.refused[:_SHOWN]],
    )


def _write(text: str, folder: str) -> Path:
    path = Path(folder, "sensors.csv")
    path.write_text(text, encoding="utf-8", newline="")
    return path


def _shown(refused: RefusedLine) -> SensorLineRefused:
    zh, en = (error_texts.sentence(refused.why, lang) for lang in ("zh", "en"))
    return SensorLineRefused(line=refused.line, zh=zh, en=en)
