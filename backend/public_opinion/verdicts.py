"""What the desk says of a warning: useful, or a false alarm. The last word stands; each stays on the record."""

from datetime import datetime

from backend import db
from backend.accounts.permissions import Permission, areas_of
from backend.accounts.structs import Actor
from backend.geo.area_sql import within_any
from backend.public_opinion import steps
from backend.public_opinion.errors import MatterMissing
from backend.public_opinion.structs import MatterStepKind, WarningVerdict
from backend.sql import sql

_JUDGE = """
    UPDATE emerging_matter SET verdict = :verdict, judged_by_id = :by_id, judged_at = :now
    WHERE id = :matter_id AND warned_at IS NOT NULL AND {within} RETURNING area_code
"""


async def judge(matter_id: int, verdict: WarningVerdict, actor: Actor, now: datetime) -> str:
    """Returns the area of the matter. Raises MatterMissing."""
    within = within_any("area_code", areas_of(actor, Permission.DISPATCH_ORDERS), "desk")
    values = {"matter_id": matter_id, "verdict": verdict.value, "by_id": actor.account_id, "now": now}
    async with db.transaction():
        area_code = await db.fetchval(sql(_JUDGE, within=within, **values))
        if area_code is None:
            raise MatterMissing
        await steps.add(matter_id, MatterStepKind(verdict.value), actor, now)
    return area_code
