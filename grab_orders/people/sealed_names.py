"""Names and identity numbers for a list that goes to the city's register of volunteers. The caller records that."""

from collections.abc import Collection

from backend import db
from backend.privacy.seals import Seal
from grab_orders.people import sealing

_SEALED = """
    SELECT DISTINCT ON (account_id) account_id, id, real_name, id_number FROM volunteer
    WHERE account_id = ANY($1::bigint[]) AND decided_at IS NOT NULL AND status IN ('approved', 'left')
    ORDER BY account_id, cleared_at IS NOT NULL, id DESC
"""


async def open_for_export(account_ids: Collection[int], seal: Seal) -> dict[int, tuple[str, str]]:
    """Real name and identity number by account; empty where they have been deleted. Raises SealBroken."""
    rows = await db.fetch(_SEALED, list(account_ids))
    return {
        row["account_id"]: (sealing.open_one(row, "real_name", seal), sealing.open_one(row, "id_number", seal))
        for row in rows
    }
