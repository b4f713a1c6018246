"""The secret that a source and we share, opened for the moment in which a proof of it is checked."""

from backend import db
from backend.intake.sources.service import about
from backend.intake.sources.structs import Source
from backend.privacy.seals import Seal


async def read_secret(source: Source, seal: Seal) -> str:
    """As it was shown once. Raises SealBroken."""
    sealed = await db.fetchval("SELECT secret FROM intake_source WHERE id = $1", source.id)
    return seal.open(sealed, about(source.name))
