"""Let the planning of messages know which channels this instance has."""

from collections.abc import Collection

from backend import db
from push.channels import Channel

_SWITCH = """
    INSERT INTO gateway (channel, is_on) SELECT channel, channel = ANY($2::text[]) FROM unnest($1::text[]) AS channel
    ON CONFLICT (channel) DO UPDATE SET is_on = excluded.is_on, paused_until = NULL, paused_for = ''
    WHERE gateway.is_on <> excluded.is_on OR gateway.paused_until IS NOT NULL
"""


async def switch(channels: Collection[Channel]) -> None:
    """Switch these on and all others off, as a worker does at its start. Pauses end: the settings may have changed."""
    await db.execute(_SWITCH, [each.value for each in Channel], [each.value for each in channels])
