"""How many messages a source may send in a minute, counted in the database for all ways in together."""

from datetime import datetime

from backend.intake.sources import refusals
from backend.intake.sources.structs import Source
from backend.quotas import service as quotas
from backend.quotas.errors import QuotaUsedUp
from backend.quotas.rules import Quota
from backend.quotas.service import QuotaCharge

_HOUR_MIN = 60.0


async def charge(source: Source, messages: int, now: datetime) -> None:
    """So many messages of what the source may send in a minute; outside of a transaction. Raises QuotaUsedUp."""
    quota = Quota(at_once=float(source.per_minute), an_hour=source.per_minute * _HOUR_MIN)
    await quotas.take([QuotaCharge("source-minute", source.name, quota, float(messages))], now)


async def require(source: Source, messages: int, now: datetime) -> None:
    """The same for a way in that does not count its refusals by itself: one is counted here. Raises QuotaUsedUp."""
    try:
        await charge(source, messages, now)
    except QuotaUsedUp as refused:
        await refusals.count(source.name, refused.code, now)
        raise
