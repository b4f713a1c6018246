"""The secrets of a source, opened: what we sign with, and what it may have signed with."""

from datetime import datetime

from backend import db
from backend.intake.sources import service
from backend.intake.sources.errors import SourceUnknown
from backend.privacy.seals import Seal

_SEALED = """
    SELECT secret, CASE WHEN former_until > $2 THEN former_secret END AS former FROM intake_source WHERE name = $1
"""


async def open_secrets(name: str, seal: Seal, now: datetime) -> list[str]:
    """The present one first, then that of before as long as it is believed. Raises SourceUnknown, SealBroken."""
    row = await db.fetchrow(_SEALED, name, now)
    if row is None:
        raise SourceUnknown
    sealed = [each for each in (row["secret"], row["former"]) if each is not None]
    return [seal.open(each, service.about(name)) for each in sealed]
