"""What of a volunteer is sealed, and how it is opened. Each value is sealed about its column and row."""

from collections.abc import Mapping
from typing import Any

import asyncpg

from backend.privacy.seals import Seal
from grab_orders.people.structs import Applicant, VolunteerDetails

SEALED = ("real_name", "id_number", "phone", "guardian_name", "guardian_phone")
"""Columns of `volunteer`."""


def close(volunteer_id: int, person: Applicant, seal: Seal) -> dict[str, bytes | None]:
    """The sealed columns of a volunteer, and the print by which the identity number is found again."""
    clear = {
        "real_name": person.real_name,
        "id_number": person.id_number.number,
        "phone": person.phone,
        "guardian_name": person.guardian_name,
        "guardian_phone": person.guardian_phone,
    }
    closed = {name: seal.close(value, _about(name, volunteer_id)) if value else None for name, value in clear.items()}
    return {**closed, "id_print": seal.print_of(person.id_number.number)}


def open_details(row: Mapping[str, Any] | asyncpg.Record, seal: Seal) -> VolunteerDetails:
    """What is sealed in a row with `id` and SEALED; what has been deleted is empty. Raises SealBroken."""
    opened = {name: open_one(row, name, seal) for name in SEALED}
    return VolunteerDetails(volunteer_id=row["id"], **opened)


def open_one(row: Mapping[str, Any] | asyncpg.Record, name: str, seal: Seal) -> str:
    """One sealed column; empty where it has been deleted."""
    return seal.open(row[name], _about(name, row["id"])) if row[name] is not None else ""


def _about(name: str, volunteer_id: int) -> str:
    return f"volunteer.{name}:{volunteer_id}"
