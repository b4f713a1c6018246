"""A filled database from before the log and the steps were cut by month: everything is there, in its place."""

import asyncpg
import pytest

from tests.makers.databases import ask, before, made, type_in

pytestmark = pytest.mark.usefixtures("pool")

FILLED = """
    INSERT INTO item (code, clock, dispatch_mode, priority, verify_mode, respond_min, resolve_min)
    VALUES ('Z901', 'always', 'direct', 'P3', 'photo_auto', 10, 20);
    INSERT INTO account (id, kind, display_name, created_at) VALUES (7, 'device', '居民', '2019-03-01+08');
    INSERT INTO work_order (id, number, state, item_id, priority, area_code, loc, source_kind, opened_at, respond_by,
        resolve_by, handler_id)
    VALUES (5, 'YM190301-000005', 'accepted', 'Z901', 'P3', '310115', 'POINT(121.5 31.2)', 'report', '2019-03-01+08',
        '2019-03-02+08', '2019-03-03+08', 7);
    INSERT INTO order_step (order_id, move, from_state, to_state, actor_id, actor_role, at, idempotency_key, key_print)
    SELECT 5, CASE n WHEN 1 THEN 'open' ELSE 'urge' END, CASE n WHEN 1 THEN NULL ELSE 'accepted' END, 'accepted', 7,
        'reporter', '2019-03-01+08'::timestamptz + n * interval '11 days',
        CASE WHEN n % 2 = 0 THEN 'key-' || n END, CASE WHEN n % 4 = 0 THEN md5(n::text) END
    FROM generate_series(1, 200) AS n;
    INSERT INTO event_log (name, subject, subject_id, body, recorded_at)
    SELECT 'OrderUrged', 'order', 5, '{}', '2019-03-01+08'::timestamptz + n * interval '11 days'
    FROM generate_series(1, 200) AS n;
    INSERT INTO check_in (step_id, order_id, account_id, method, distance_m, radius_m, accuracy_m)
    SELECT min(id), 5, 7, 'gps', 3, 100, 5 FROM order_step;
"""
OLDER_THAN_ITS_CHECK = """
    ALTER TABLE order_step DISABLE TRIGGER order_step_append_only;
    ALTER TABLE order_step DROP CONSTRAINT order_step_print_of_key;
    UPDATE order_step SET key_print = md5('x') WHERE id = 1;
    ALTER TABLE order_step ADD CONSTRAINT order_step_print_of_key
        CHECK (key_print IS NULL OR idempotency_key IS NOT NULL) NOT VALID;
    ALTER TABLE order_step ENABLE TRIGGER order_step_append_only;
"""
STEPS = "SELECT s.* FROM order_step s ORDER BY id"
LOG = "SELECT e.id, e.name, e.recorded_at, e.xid::text FROM event_log e ORDER BY id"
PARTITIONS = """
    SELECT c.relname, c.relfilenode FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'order_step'::regclass ORDER BY 1
"""
FILE = "SELECT relfilenode FROM pg_class WHERE relname = 'order_step'"
INSERT = """
    INSERT INTO order_step (order_id, move, from_state, to_state, actor_id, actor_role, at, idempotency_key)
    VALUES ({order_id}, 'urge', 'accepted', 'accepted', 7, 'reporter', '{at}', '{key}')
"""


async def refuses(url: str, statement: str) -> str:
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as refused:
        await ask(url, statement)
    return refused.value.constraint_name or str(refused.value)


async def test_every_row_stays_where_it_was_and_what_guarded_it_still_does():
    async with made(*before(), FILLED, OLDER_THAN_ITS_CHECK) as url:
        steps, log, ((file,),) = await ask(url, STEPS), await ask(url, LOG), await ask(url, FILE)
        done, said = await type_in(url, ("migrate",))
        assert done == 0, said

        assert (await ask(url, STEPS), await ask(url, LOG)) == (steps, log)
        (first, file_now), (rest, _) = await ask(url, PARTITIONS)
        assert (first[:18], file_now, rest[:16]) == ("order_step_before_", file, "order_step_from_")
        keys = await ask(url, "SELECT step_id, idempotency_key, move, key_print FROM order_step_key ORDER BY step_id")
        assert keys == [
            (step["id"], step["idempotency_key"], step["move"], step["key_print"])
            for step in (await _records(url, "SELECT * FROM order_step WHERE idempotency_key IS NOT NULL ORDER BY id"))
        ]

        for table in ("order_step", "order_step_key", first):
            assert "append-only" in await refuses(url, f"UPDATE {table} SET move = 'x'")
        assert "append-only" in await refuses(url, "UPDATE event_log SET name = 'x'")
        assert await refuses(url, INSERT.format(order_id=5, at="2031-01-01+08", key="key-2")) == "order_step_key_once"
        assert await refuses(url, INSERT.format(order_id=6, at="2031-01-01+08", key="n")) == "order_step_order_id_fkey"
        assert await refuses(url, "DELETE FROM work_order") in ("order_step_order_id_fkey", "check_in_order_id_fkey")
        await ask(url, INSERT.format(order_id=5, at="2031-01-01+08", key="new"))
        assert await ask(url, "SELECT max(id) = (SELECT max(step_id) FROM order_step_key) FROM order_step") == [(True,)]


async def test_a_migration_that_broke_off_in_between_goes_on():
    stop = """
from backend import cli
from backend.partitions import converting
async def convert(*_):
    raise SystemExit(9)
converting.convert = convert
cli.main(["migrate"])
"""
    async with made(*before(), FILLED) as url:
        steps = await ask(url, STEPS)
        broken, _ = await type_in(url, ("-c", stop))
        await ask(url, INSERT.format(order_id=5, at="2025-10-01+08", key="meanwhile"))
        done, said = await type_in(url, ("migrate",))

        assert broken == 9
        assert done == 0, said
        assert (await ask(url, STEPS))[:-1] == steps
        assert await ask(url, "SELECT count(*) FROM order_step_key") == [(101,)]


async def test_a_table_that_others_refer_to_is_not_cut():
    refers = "CREATE TABLE somebodys (event_id bigint REFERENCES event_log (id))"
    async with made(*before()) as url:
        await type_in(url, ("-c", _ADOPT))
        await ask(url, refers)
        done, said = await type_in(url, ("migrate",))

        assert done != 0
        assert "somebodys refers to event_log" in said
        assert await ask(url, "SELECT relkind FROM pg_class WHERE relname = 'event_log'") == [(b"r",)]


_ADOPT = """
import asyncio
from backend import db
from backend.schema import adoption
async def adopt():
    async with db.pool(1, 2), db.connection() as connection:
        await adoption.adopt(connection)
asyncio.run(adopt())
"""


async def _records(url: str, statement: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetch(statement)
    finally:
        await connection.close()
