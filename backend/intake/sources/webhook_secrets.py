"""The secrets of a source's webhooks, opened: the present one, and for a day the one before it."""

from datetime import datetime

import asyncpg

from backend.intake.sources import queries
from backend.privacy.seals import Seal

SECRETS = f"SELECT {queries.COLUMNS}, secret, former_secret, former_until FROM intake_source WHERE name = $1"


def about(name: str) -> str:
    """What a source's secret is sealed about."""
    return f"intake_source.secret:{name}"


def secrets_of(row: asyncpg.Record, seal: Seal, now: datetime) -> list[str]:
    """By a row of SECRETS; none of a source that is closed. Raises SealBroken."""
    if not row["is_open"]:
        return []
    opened = [seal.open(row["secret"], about(row["name"]))]
    if row["former_until"] is not None and now < row["former_until"]:
        opened.append(seal.open(row["former_secret"], about(row["name"])))
    return opened
