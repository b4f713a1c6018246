"""What is sealed of an elder, each value about its column and row. Who may open it is asked before."""

from typing import Any

import asyncpg
from msgspec import structs

from backend.elder_care.structs import PersonalData
from backend.privacy.seals import Seal

COLUMNS = PersonalData.__struct_fields__


def about(column: str, elder_id: int) -> str:
    return f"lone_elder.{column}:{elder_id}"


def of_note(visit_id: int, client_key: str) -> str:
    """What the note of a record is sealed about: of its visit and its phone's key."""
    return f"elder_visit_record.note:{visit_id} {client_key}"


def close(data: PersonalData, elder_id: int, seal: Seal) -> dict[str, Any]:
    """By column; what is not known stays NULL."""
    said = structs.asdict(data)
    return {name: seal.close(said[name], about(name, elder_id)) if said[name] else None for name in COLUMNS}


def open_data(row: asyncpg.Record, elder_id: int, seal: Seal) -> PersonalData:
    """Raises SealBroken. What was cleared is empty."""
    found = {name: seal.open(row[name], about(name, elder_id)) if row[name] else "" for name in COLUMNS}
    return PersonalData(**found)
