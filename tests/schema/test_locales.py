"""Words are found and areas have their index whatever the locale of the database."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from backend.commands import database_locale
from backend.geo.area_sql import within
from backend.places import sql
from backend.places.piccolo_migrations import places_2026_11_27t13_00_00_000000 as grams
from tests.fixtures.database import SERVICE
from tests.fixtures.dropping import drop
from tests.fixtures.names import base_url, with_database

FUNCTIONS = Path(grams.__file__).with_name("first") / "functions.sql"
LOCALES = {
    "C": "LC_COLLATE 'C' LC_CTYPE 'C'",
    "C.UTF-8": "LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'",
    "ICU": "LOCALE_PROVIDER icu ICU_LOCALE 'zh-Hans-CN' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'",
}
TABLE = """
    CREATE TABLE place (id bigserial, area_id varchar(12), name text, words text NOT NULL
        GENERATED ALWAYS AS (place_fold(name)) STORED);
    CREATE INDEX place_area_prefix ON place (area_id varchar_pattern_ops, id);
    CREATE INDEX place_words_pairs ON place USING gin (place_pairs(words));
    INSERT INTO place (area_id, name) VALUES ('310115105001', '莲安东路１２弄 ３号'), ('310115106001', 'Ｌａｎｅ 7');
"""

FINDING = {
    "12弄": [1],
    "１２ 弄": [1],
    "十二弄3号": [1],
    "安东": [1],
    "莲": [1],
    "LANE": [2],
    "x": [],
    " ": [],
}
LEADING = (
    (within("area_id", "$1::text"), "310115105", "place_area_prefix"),
    (sql.called("$1"), "弄", "place_words_grams"),
    (sql.called("$1"), "安东", "place_words_grams"),
)


@pytest.fixture(params=LOCALES)
async def elsewhere(request: pytest.FixtureRequest) -> AsyncIterator[asyncpg.Connection]:
    """A database of another locale with the words of places in it, as the migrations make them."""
    name = f"yima_locale_{uuid4().hex}"
    server = await asyncpg.connect(with_database(base_url(), SERVICE))
    await server.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' {LOCALES[request.param]}")
    connection = await asyncpg.connect(with_database(base_url(), name))
    try:
        await connection.execute(FUNCTIONS.read_text("utf-8") + TABLE + grams.FORWARDS)
        yield connection
    finally:
        await connection.close()
        await drop(server, name)
        await server.close()


async def test_words_are_found(elsewhere):
    found = {
        words: [row["id"] for row in await elsewhere.fetch(f"SELECT id FROM place WHERE {sql.called('$1')}", words)]
        for words in FINDING
    }

    assert found == FINDING


async def test_an_index_leads_to_words_and_areas(elsewhere):
    await elsewhere.execute("SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan")

    for condition, value, index in LEADING:
        plan = await elsewhere.fetch(f"EXPLAIN SELECT id FROM place WHERE {condition}", value)
        assert any(index in row[0] for row in plan), condition


async def test_the_doctor_finds_nothing_wrong_with_it(elsewhere):
    said, todo = database_locale.judge(await database_locale.ask(elsewhere))

    assert "UTF8" in said
    assert todo == ""
