"""Messages go when they are old, with what became of them on their way, and no sooner."""

from datetime import UTC, datetime, timedelta

from backend import db
from push import retention
from push.channels import Channel
from tests.makers.gateways import deliveries, link, switch_on
from tests.makers.orders import make_order
from tests.makers.town import make_town
from tests.makers.worker import deliver


async def test_old_messages_go_with_their_deliveries_and_new_ones_stay(database, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 1)
    now = datetime.now(UTC) + timedelta(seconds=20)
    town = await make_town(now)
    await switch_on(Channel.WECOM)
    await link(town.handlers[0].account_id, "wecom")
    for _ in range(3):
        await make_order(town, now)
    await deliver()
    old = "SELECT id FROM message WHERE account_id = $1 ORDER BY id LIMIT 2"
    aged = f"UPDATE message SET created_at = $2 WHERE id IN ({old})"
    await db.execute(aged, town.handlers[0].account_id, now - timedelta(days=366))
    before = await db.fetchval("SELECT count(*) FROM message")

    gone = await retention.prune(now - timedelta(days=365))

    assert (gone, await db.fetchval("SELECT count(*) FROM message")) == (2, before - 2)
    assert len(await deliveries()) == 1
