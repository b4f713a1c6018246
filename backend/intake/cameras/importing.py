"""Cameras from a table: a source's own list of numbers, with the place of each."""

import csv
import io
from datetime import datetime

from backend import db
from backend.accounts.permissions import Permission, areas_of
from backend.accounts.structs import Actor
from backend.errors import AppError
from backend.intake.cameras.errors import CameraElsewhere
from backend.intake.cameras.structs import CAMERA_NO_MOST, NAME_MOST, CameraRows, ImportedCameras, Spot
from backend.intake.sources import queries as sources
from backend.intake.sources.structs import Source
from backend.places import queries as places
from backend.spreadsheets import as_meant
from backend.sql import sql

COLUMNS = ("camera_no", "name", "place_id", "spot")
ROWS_MOST = 2000
_ID_MOST = 2**63 - 1
_PUT = """
    INSERT INTO camera (source_id, camera_no, name, place_id, area_code, spot, state, claimed_by_id, claimed_at)
    VALUES (:source_id, :camera_no, :name, :place_id, :area_code, :spot, 'in_use', :by_id, :now)
    ON CONFLICT (source_id, camera_no) DO UPDATE SET name = excluded.name, place_id = excluded.place_id,
        area_code = excluded.area_code, spot = excluded.spot, state = 'in_use',
        claimed_by_id = excluded.claimed_by_id, claimed_at = excluded.claimed_at
    RETURNING xmax = 0 AS is_new
"""


async def import_cameras(rows: CameraRows, by: Actor, now: datetime) -> ImportedCameras:
    """Add and change cameras of one source, line by line: a line that cannot be read stops no other.

    Raises SourceUnknown, CameraElsewhere where the source lies outside of the actor's areas.
    """
    source = await sources.get_source(rows.source)
    if not any(source.area_code.startswith(area) for area in areas_of(by, Permission.DISPATCH_ORDERS)):
        raise CameraElsewhere
    added = changed = 0
    refused: list[str] = []
    async with db.transaction():
        for number, line in enumerate(csv.DictReader(io.StringIO(rows.csv.lstrip("﻿"))), start=2):
            fault = "too many lines" if number > ROWS_MOST + 1 else ""
            try:
                is_new = None if fault else await _put(source, line, by, now)
            except (AppError, ValueError) as error:
                fault, is_new = str(error), None
            if is_new is None:
                refused.append(f"{number}: {fault}")
            else:
                added, changed = added + is_new, changed + (not is_new)
    return ImportedCameras(added=added, changed=changed, refused=refused)


async def _put(source: Source, line: dict[str, str | None], by: Actor, now: datetime) -> bool:
    """Whether it is new. Raises ValueError, PlaceNotFound, CameraElsewhere."""
    cells = {name: as_meant((line.get(name) or "").strip()) for name in COLUMNS}
    if not 0 < len(cells["camera_no"]) <= CAMERA_NO_MOST:
        raise ValueError("camera_no")
    if len(cells["name"]) > NAME_MOST:
        raise ValueError("name")
    if not 0 < (place_id := int(cells["place_id"])) <= _ID_MOST:
        raise ValueError("place_id")
    place = await places.get_place(place_id)
    if not place.area_code.startswith(source.area_code):
        raise CameraElsewhere
    values = cells | {"spot": Spot(cells["spot"] or "other").value, "place_id": place.id}
    values |= {"source_id": source.id, "area_code": place.area_code, "by_id": by.account_id, "now": now}
    return await db.fetchval(sql(_PUT, **values))
