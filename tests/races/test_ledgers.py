"""Everything happens to the ledgers at once: limits hold, nothing is sold twice, and the facts give the same again."""

import asyncio
import random
from contextlib import suppress
from datetime import timedelta

from backend import db
from backend.accounts.structs import Role
from backend.errors import AppError
from backend.orders import verbs as orders
from backend.orders.transitions.transition import TransitionContext
from grab_orders.goods import exchanging, keeping
from grab_orders.goods.structs import GoodsDraft
from grab_orders.ledgers import policies
from grab_orders.ledgers.auditing import audit, replay_log
from grab_orders.ledgers.hours import confirming
from grab_orders.ledgers.points import reversing, settling
from grab_orders.ledgers.queries import hours_of, points_of
from grab_orders.ledgers.structs import SetRewardRules
from tests.makers.orders import make_closed
from tests.makers.town import COMMITTEE, TOWN, make_actor, make_town
from tests.makers.volunteers import finish_patrol, finish_take, make_committee_member, make_volunteer

_HOURS_DAY, _POINTS_DAY, _STOCK = 300, 45, 5
_OVER = """
    SELECT 'hours' FROM hours_entry GROUP BY account_id, on_date HAVING sum(counted) > $1 OR sum(counted) < 0
    UNION ALL
    SELECT 'points' FROM points_entry p WHERE p.kind IN ('work', 'report', 'reversed')
        AND NOT EXISTS (SELECT FROM points_entry s WHERE s.id = p.refers_to_id AND s.kind = 'spent')
    GROUP BY account_id, on_date HAVING sum(points) > $2 OR sum(points) < 0
"""
_TOTALS = """
    SELECT h.account_id, sum(h.counted) FROM hours_entry h GROUP BY h.account_id
    UNION ALL SELECT p.account_id, sum(p.points) FROM points_entry p GROUP BY p.account_id ORDER BY 1, 2
"""


class Crowd:
    """People of a committee to whom everything happens, by chance."""

    def __init__(self, town, keeper, people, closed, goods_id, now) -> None:
        self.town, self.keeper, self.people, self.closed = town, keeper, people, closed
        self.goods_id, self.now = goods_id, now
        self.acts = (
            *(self.take, self.patrol, self.confirm, self.refuse, self.settle),
            *(self.take_back, self.exchange, self.cancel, self.reopen),
        )

    async def live(self, nr: int, seed: float) -> None:
        chance, who = random.Random(seed), self.people[nr % len(self.people)]
        for _ in range(12):
            with suppress(AppError):
                await chance.choice(self.acts)(who, chance)

    async def take(self, who, chance) -> None:
        begin = self._instant(chance)
        end = begin + timedelta(minutes=chance.randint(0, 200))
        await finish_take(who, chance.choice(self.closed), begin, end, points=chance.randint(5, 20))

    async def patrol(self, who, chance) -> None:
        begin = self._instant(chance)
        await finish_patrol(who, chance.randint(1, 9), begin, begin + timedelta(minutes=chance.randint(1, 200)))

    async def confirm(self, _who, _chance) -> None:
        await confirming.confirm(await _some("hours_entry", "kind = 'worked'"), self.keeper, self.now)

    async def refuse(self, _who, _chance) -> None:
        await confirming.reverse(await _some("hours_entry", "kind = 'worked'"), "理由", self.keeper, self.now)

    async def settle(self, _who, chance) -> None:
        await settling.settle(chance.sample(self.closed, 3), self.now)

    async def take_back(self, _who, _chance) -> None:
        await reversing.take_back(await _some("points_entry", "points > 0"), "理由", self.keeper, self.now)

    async def exchange(self, who, chance) -> None:
        await exchanging.exchange(self.goods_id, who, self.now, f"key-{chance.randint(1, 4)}")

    async def cancel(self, who, _chance) -> None:
        await exchanging.cancel(await _some("exchange", "true"), who, self.now)

    async def reopen(self, _who, chance) -> None:
        order_id = chance.choice(self.closed)
        by = TransitionContext(actor=self.town.resident, now=self.now + timedelta(hours=1))
        await orders.reopen(order_id, "还在", by)
        await settling.settle([order_id], self.now)

    def _instant(self, chance):
        return self.now + timedelta(minutes=chance.randint(0, 400))


async def _some(table: str, which: str) -> int:
    """Any such row; 0 where there is none."""
    return await db.fetchval(f"SELECT coalesce((SELECT id FROM {table} WHERE {which} ORDER BY random() LIMIT 1), 0)")


async def test_a_crowd_on_the_ledgers_leaves_what_the_facts_say(database, now):
    town, keeper = await make_town(now), await make_committee_member()
    admin = await make_actor("街镇", Role.STREET_ADMIN, TOWN)
    rules = SetRewardRules(hours_day_most=_HOURS_DAY, points_day_most=_POINTS_DAY, points_report=2, ranked_from=5)
    await policies.set_rules(TOWN, rules, admin, now)
    people = [await make_volunteer(now) for _ in range(6)]
    closed = [await make_closed(town, now) for _ in range(12)]
    for nr, order_id in enumerate(closed):
        await db.execute("UPDATE work_order SET item_id = $2 WHERE id = $1", order_id, f"A10{nr % 3 + 1}")
    draft = GoodsDraft(area_code=COMMITTEE, name_zh="香皂", points=10, stock=_STOCK)
    goods_id = await keeping.add_goods(draft, keeper, now)
    crowd, chance = Crowd(town, keeper, people, closed, goods_id, now), random.Random(13)

    await asyncio.gather(*(crowd.live(nr, chance.random()) for nr in range(18)))
    found = await audit()

    assert found.different == 0, found.differences
    assert min(found.hours, found.points) > 20
    assert await db.fetch(_OVER, _HOURS_DAY, _POINTS_DAY) == []
    held = await db.fetchval("SELECT count(*) FROM exchange WHERE state <> 'cancelled'")
    assert await db.fetchval("SELECT stock FROM reward_goods") == _STOCK - held
    await _drop_and_rebuild()


async def _drop_and_rebuild() -> None:
    """The sums of everybody after both ledgers were dropped and written again from the facts alone."""
    accounts = [row["account_id"] for row in await db.fetch("SELECT DISTINCT account_id FROM hours_entry")]
    before = await db.fetch(_TOTALS), [(await hours_of(one), await points_of(one)) for one in accounts]
    replayed = await replay_log()
    await db.execute("TRUNCATE hours_entry, points_entry CASCADE")
    async with db.connection() as connection:
        for table, rows in (("hours_entry", replayed.hours), ("points_entry", replayed.points)):
            for row in rows.values():
                places = ", ".join(f"${nr}" for nr in range(1, len(row) + 1))
                await connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})", *row.values())

    assert (await db.fetch(_TOTALS), [(await hours_of(one), await points_of(one)) for one in accounts]) == before


async def test_the_last_piece_is_sold_once(database, now):
    """Forty people with points enough come for three pieces at the same instant."""
    town, keeper = await make_town(now), await make_committee_member()
    people = [await make_volunteer(now) for _ in range(40)]
    order_id = await make_closed(town, now)
    for who in people:
        await finish_take(who, order_id, now, now + timedelta(minutes=1))
    goods_id = await keeping.add_goods(GoodsDraft(area_code=COMMITTEE, name_zh="香皂", points=10, stock=3), keeper, now)
    tries = (exchanging.exchange(goods_id, who, now, f"key-{nr}") for who in people for nr in range(2))
    came = await asyncio.gather(*tries, return_exceptions=True)

    assert sum(isinstance(each, int) for each in came) == 3
    assert {type(each).__name__ for each in came if not isinstance(each, int)} <= {"SoldOut", "PointsShort"}
    assert await db.fetchval("SELECT stock FROM reward_goods") == 0
    assert await db.fetchval("SELECT -sum(points) FROM points_entry WHERE kind = 'spent'") == 30


async def test_what_has_no_fact_or_says_something_else_is_found(database, now):
    await make_town(now)
    who = await make_volunteer(now)
    await finish_patrol(who, 1, now, now + timedelta(hours=1))
    await db.execute("ALTER TABLE hours_entry DISABLE TRIGGER hours_entry_append_only")
    await db.execute("UPDATE hours_entry SET title_zh = '改过'")
    await db.execute("ALTER TABLE hours_entry ENABLE TRIGGER hours_entry_append_only")
    await db.execute(
        "INSERT INTO points_entry (account_id, committee_code, kind, outcome, points, title_zh, title_en, on_date,"
        " entered_at) VALUES ($1, $2, 'spent', 'counted', -5, '', '', now(), now())",
        who.account_id,
        COMMITTEE,
    )
    found = await audit()

    assert found.different == 2
    assert "改过" in found.differences[0] and "no fact" in found.differences[1]
