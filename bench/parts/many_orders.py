"""A district with years behind it: millions of orders in twenty towns, made by PostgreSQL itself from the demo town.

The demo town is copied nineteen times, a little further east each, with places, cells, units and people. A quarter of
all orders lie in the demo town. Indexes of the order table are taken off meanwhile and built again at the end.
"""

from collections.abc import Sequence

import asyncpg

TOWNS = 20
OPEN_ONES = 25_000
DAYS = 1095
_BATCH = 250_000
_DICE = "(hashint8extended(n, {seed}) & 2147483647)"

_TOWNS = """
    INSERT INTO area (code, level, name, polygon)
    SELECT '310115' || (105 + k) || substr(code, 10), level, name || k, ST_Translate(polygon, k * 0.06, 0)
    FROM area, generate_series(1, $1 - 1) k WHERE code LIKE '310115105%';
"""
_CELLS = """
    INSERT INTO grid_cell (code, area_id, polygon)
    SELECT '310115' || (105 + k) || substr(code, 10), '310115' || (105 + k) || substr(area_id, 10),
           ST_Translate(polygon, k * 0.06, 0)
    FROM grid_cell, generate_series(1, $1 - 1) k WHERE code LIKE '310115105%';
"""
_PLACES = """
    INSERT INTO place (kind, name, address, road_name, house_number, area_id, grid_cell_id, loc, raw_lng, raw_lat,
        raw_datum, dataset, source_key)
    SELECT kind, name, address, road_name, house_number, '310115' || (105 + k) || substr(area_id, 10),
           '310115' || (105 + k) || substr(grid_cell_id, 10), ST_Translate(loc::geometry, k * 0.06, 0)::geography,
           raw_lng + k * 0.06, raw_lat, raw_datum, 'bench', k || ':' || id
    FROM place, generate_series(1, $1 - 1) k WHERE area_id LIKE '310115105%';
"""
_UNITS = """
    INSERT INTO org_unit (code, name_zh, name_en, unit_type, area_code)
    SELECT code || '-' || k, name_zh || k, name_en || ' ' || k, unit_type, '310115' || (105 + k)
    FROM org_unit, generate_series(1, $1 - 1) k;
"""
_PEOPLE = """
    INSERT INTO account (kind, username, password_hash, display_name, unit_id, created_at)
    SELECT 'staff', 'bench-' || u.id || '-' || n, '!', '处置' || n, u.id, now()
    FROM org_unit u, generate_series(1, 5) n;
    INSERT INTO role_grant (account_id, role, area_code)
    SELECT a.id, 'handler', u.area_code FROM account a JOIN org_unit u ON u.id = a.unit_id
    WHERE a.username LIKE 'bench-%';
"""
_DRAWERS = """
    CREATE TABLE bench_place AS
    SELECT row_number() OVER (PARTITION BY left(area_id, 9) ORDER BY id) - 1 AS nr, left(area_id, 9) AS town,
           id, area_id AS area_code, coalesce(grid_cell_id, '') AS grid_code, loc FROM place WHERE length(area_id) = 12;
    CREATE UNIQUE INDEX ON bench_place (town, nr);
    CREATE TABLE bench_town AS SELECT town, count(*) AS places FROM bench_place GROUP BY town;
    CREATE TABLE bench_item AS
    SELECT row_number() OVER (ORDER BY code) - 1 AS nr, code, priority FROM item WHERE is_open;
    CREATE TABLE bench_hand AS
    SELECT row_number() OVER (PARTITION BY left(u.area_code, 9) ORDER BY a.id) - 1 AS nr, left(u.area_code, 9) AS town,
           a.id AS handler, u.id AS unit
    FROM account a JOIN org_unit u ON u.id = a.unit_id WHERE a.username LIKE 'bench-%';
    CREATE UNIQUE INDEX ON bench_hand (town, nr);
    ALTER TABLE bench_town ADD hands bigint;
    UPDATE bench_town t SET hands = (SELECT count(*) FROM bench_hand h WHERE h.town = t.town);
    ANALYZE bench_place, bench_town, bench_item, bench_hand;
"""
# $1 first and $2 last number of the batch, $3 of how many in all, $4 the reporter, $5 now, $6 days back
_ORDERS = f"""
    INSERT INTO work_order (id, number, state, item_id, priority, place_id, area_code, grid_code, loc, description,
        source_kind, opened_by_id, unit_id, handler_id, opened_at, respond_by, resolve_by, accepted_at, arrived_at,
        finished_at, closed_at, cancelled_at, rework_count, hop_count, verify_by, ladder_at)
    SELECT d.id, 'YM' || to_char(d.opened_at AT TIME ZONE 'Asia/Shanghai', 'YYMMDD') || '-' || d.id,
        d.state, i.code, i.priority, p.id, p.area_code, p.grid_code, p.loc, '占用人行道,影响通行', d.source,
        $4, CASE WHEN NOT d.central THEN h.unit END, CASE WHEN d.state <> 'dispatched' THEN h.handler END, d.opened_at,
        greatest(d.opened_at, d.due_at), greatest(d.opened_at, d.due_at) + interval '30 minutes',
        CASE WHEN d.state NOT IN ('dispatched', 'cancelled') THEN d.opened_at + interval '4 minutes' END,
        CASE WHEN d.state IN ('on_site', 'handled', 'closed') THEN d.opened_at + interval '9 minutes' END,
        CASE WHEN d.state IN ('handled', 'closed') THEN d.opened_at + interval '20 minutes' END,
        CASE WHEN d.state = 'closed' THEN d.opened_at + interval '50 minutes' END,
        CASE WHEN d.state = 'cancelled' THEN d.opened_at + interval '50 minutes' END,
        (d.dice % 23 = 0)::int, (d.dice % 19 = 0)::int,
        CASE WHEN d.state = 'handled' THEN greatest(d.opened_at, d.due_at) END,
        CASE WHEN d.state IN ('closed', 'cancelled', 'suspended') THEN NULL ELSE '-infinity'::timestamptz END
    FROM (
        SELECT 1000000 + n AS id, dice,
            $5::timestamptz - $6::int * interval '1 day' * (1 - n / $3::float8) AS opened_at,
            CASE WHEN is_open THEN $5::timestamptz + interval '1 minute' * (dice % 4320 - 700) END AS due_at,
            CASE WHEN is_open THEN (ARRAY['dispatched', 'accepted', 'accepted', 'on_site', 'handled', 'suspended'])
                [1 + dice % 6] WHEN dice % 25 = 0 THEN 'cancelled' ELSE 'closed' END AS state,
            is_open AND dice % 91 = 0 AS central,
            CASE {_DICE.format(seed=9)} % 40 WHEN 0 THEN 'root_cause' WHEN 1 THEN 'co_handling' ELSE 'report' END
                AS source,
            '310115' || (105 + CASE WHEN {_DICE.format(seed=10)} % 4 = 0 THEN 0
                ELSE {_DICE.format(seed=5)} % {TOWNS} END) AS town,
            {_DICE.format(seed=6)} AS place_dice, {_DICE.format(seed=7)} AS item_dice,
            {_DICE.format(seed=8)} AS hand_dice
        FROM (SELECT n, {_DICE.format(seed=3)} AS dice, n > $3 - 4 * {OPEN_ONES} AND {_DICE.format(seed=4)} % 4 = 0
              AS is_open FROM generate_series($1::bigint, $2::bigint) n) drawn
    ) d
    JOIN bench_town t ON t.town = d.town
    JOIN bench_place p ON p.town = d.town AND p.nr = d.place_dice % t.places
    JOIN bench_item i ON i.nr = d.item_dice % (SELECT count(*) FROM bench_item)
    JOIN bench_hand h ON h.town = d.town AND h.nr = d.hand_dice % t.hands
    ORDER BY d.id
"""
_REST = """
    INSERT INTO order_request (order_id, kind, minutes, reason, asked_by_id, asked_at)
    SELECT id, 'extension', 60, '人手不足', handler_id, now() FROM work_order WHERE state = 'accepted' AND id % 20 = 0;
    INSERT INTO order_step (order_id, move, from_state, to_state, actor_id, actor_role, at)
    SELECT o.id, m.move, CASE m.move WHEN 'open' THEN NULL ELSE 'dispatched' END, 'dispatched', o.opened_by_id,
           'reporter', o.opened_at
    FROM work_order o, (VALUES ('open'), ('urge')) m(move)
    WHERE o.state NOT IN ('closed', 'cancelled', 'merged') AND (m.move = 'open' OR o.id % 10 = 0);
    INSERT INTO follow_up (order_id, listed_at) SELECT id, closed_at FROM work_order
    WHERE state = 'closed' AND id % 500 = 0;
    UPDATE follow_up SET result = 'satisfied', called_at = listed_at, called_by_id = (SELECT min(id) FROM account)
    WHERE order_id % 5000 <> 0;
"""


async def fill(connection: asyncpg.Connection, orders: int, days: int = DAYS) -> int:
    """Fill an empty, prepared database as its superuser with the orders of so many days. Returns how many there are."""
    await connection.execute("SET session_replication_role = replica; SET synchronous_commit = off; SET jit = off")
    for statement in (_TOWNS, _CELLS, _PLACES, _UNITS):
        await connection.execute(statement, TOWNS, timeout=600)
    await connection.execute(_PEOPLE + _DRAWERS, timeout=600)
    indexes = await connection.fetch(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'work_order' AND indexname NOT IN"
        " (SELECT conname FROM pg_constraint WHERE conrelid = 'work_order'::regclass)"
    )
    await _without(connection, indexes, orders, days)
    await connection.execute(_REST, timeout=600)
    await connection.execute("SELECT setval(pg_get_serial_sequence('work_order', 'id'), 1000001 + $1)", orders)
    await connection.execute("VACUUM (ANALYZE) work_order", timeout=3600)
    await connection.execute("ANALYZE; RESET session_replication_role", timeout=600)
    return orders


async def _without(connection: asyncpg.Connection, indexes: Sequence[asyncpg.Record], orders: int, days: int) -> None:
    for index in indexes:
        await connection.execute(f"DROP INDEX {index['indexname']}")
    resident = await connection.fetchval("SELECT id FROM account WHERE username = 'resident'")
    now = await connection.fetchval("SELECT now()")
    for first in range(1, orders + 1, _BATCH):
        last = min(first + _BATCH - 1, orders)
        await connection.execute(_ORDERS, first, last, orders, resident, now, days, timeout=1800)
    await connection.execute("SET maintenance_work_mem = '1GB'; SET max_parallel_maintenance_workers = 1")
    for index in indexes:
        await connection.execute(index["indexdef"], timeout=3600)
