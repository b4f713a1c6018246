"""A person's own phones. Tokens are addresses: nobody is shown one in full."""

from uuid import UUID

import asyncpg

from backend import db
from push.devices.structs import DeviceView

COLUMNS = """
    d.id, d.channel, d.token_kind, right(d.token, least(6, length(d.token) / 3)) AS token_end, d.platform, d.language,
    d.registered_at, d.refreshed_at
"""
_LIST = f"""
    SELECT {COLUMNS}, d.session_id = $2 AS is_this FROM device d JOIN session s ON s.id = d.session_id
     WHERE d.account_id = $1 AND s.revoked_at IS NULL AND s.expires_at > now()
     ORDER BY d.refreshed_at DESC, d.id DESC
"""


async def list_devices(account_id: int, session_id: UUID) -> list[DeviceView]:
    """The phones to which one's messages go, the latest first: where one is still signed in."""
    return [view(row) for row in await db.fetch(_LIST, account_id, session_id)]


def view(row: asyncpg.Record) -> DeviceView:
    return DeviceView(**{name: row[name] for name in DeviceView.__struct_fields__})
