"""Put messages into inboxes, with the ways by which they go out."""

from collections.abc import Sequence

import msgspec

from backend import db
from push.planning import WRITE
from push.sending import waking
from push.structs import Notice

_OWN = ("event_id", "kind", "order_id", "account_ids", "recipient", "priority", "details", "works_in")


async def notify(notices: Sequence[Notice]) -> None:
    """Put messages into inboxes, by one statement. A second message about the same fact to the same person is none."""
    rows = [_row(notice) for notice in notices if notice.account_ids]
    if rows:
        async with db.transaction():
            await db.execute(WRITE, msgspec.json.encode(rows).decode())
            db.after_commit(waking.wake)


def _row(notice: Notice) -> dict[str, object]:
    own = {name: getattr(notice, name) for name in _OWN}
    return own | msgspec.structs.asdict(notice.wording)
