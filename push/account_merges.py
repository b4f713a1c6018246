"""Two people in the lists are one: messages, phones and settings of the one are the other's from now on (账号合并).

Where both have the same, the one that goes on keeps its own. Done after the merge, when what was recorded before it has
been told: repeated, it finds nothing left to do.
"""

from collections.abc import Sequence

from backend import db
from backend.accounts import queries as accounts
from backend.accounts.events import AccountsMerged
from backend.events.facts import Recorded, reread

_MOVE = (
    """UPDATE message m SET account_id = $2 WHERE m.account_id = $1 AND NOT EXISTS (
        SELECT FROM message o WHERE o.account_id = $2 AND o.event_id = m.event_id)""",
    """UPDATE message_delivery d SET account_id = $2 FROM message m
        WHERE d.account_id = $1 AND m.id = d.message_id AND m.account_id = $2""",
    "UPDATE device SET account_id = $2 WHERE account_id = $1",
    """UPDATE notification_settings SET account_id = $2 WHERE account_id = $1
        AND NOT EXISTS (SELECT FROM notification_settings WHERE account_id = $2)""",
    """UPDATE muted_kind k SET account_id = $2 WHERE k.account_id = $1
        AND NOT EXISTS (SELECT FROM muted_kind o WHERE o.account_id = $2 AND o.kind = k.kind)""",
    """UPDATE subscribe_credit c SET account_id = $2 WHERE c.account_id = $1
        AND NOT EXISTS (SELECT FROM subscribe_credit o WHERE o.account_id = $2 AND o.template_id = c.template_id)""",
)


async def merge_recipients(recorded: Sequence[Recorded]) -> None:
    """Let each account that was merged get its messages as the one that it goes on as."""
    for each in recorded:
        merged_id = reread(each, AccountsMerged).merged_id
        survivor_id = await accounts.find_survivor(merged_id)
        async with db.transaction():
            for statement in _MOVE:
                await db.execute(statement, merged_id, survivor_id)
