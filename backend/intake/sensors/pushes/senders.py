"""Which source a platform pushes for, and the tokens that it may know: of today's secret, and for a day the former."""

from datetime import datetime
from typing import NamedTuple

from backend import db
from backend.intake.runtime import current_runtime
from backend.intake.sensors.pushes.tokens import Wire, token_of
from backend.intake.sources import queries
from backend.intake.sources.errors import SourceUnknown
from backend.intake.sources.service import about
from backend.intake.sources.structs import Source

_ONE = f"""
    SELECT {queries.COLUMNS}, secret, CASE WHEN former_until > $2 THEN former_secret END AS former_secret
    FROM intake_source WHERE name = $1
"""


class PushSender(NamedTuple):
    source: Source
    tokens: tuple[str, ...]
    """The one of today first."""


async def find_sender(name: str, wire: Wire, now: datetime) -> PushSender:
    """The source of this name with its tokens for this wire. Raises SourceUnknown, also where it may not file."""
    row = await db.fetchrow(_ONE, name, now)
    if row is None:
        raise SourceUnknown
    source, seal = queries.source_of(row), current_runtime().seal
    if not (source.is_open and source.may_file):
        raise SourceUnknown
    secrets = [seal.open(sealed, about(name)) for sealed in (row["secret"], row["former_secret"]) if sealed]
    return PushSender(source, tuple(token_of(secret, wire) for secret in secrets))
