"""A database that the chain of migrations before made is adopted where it agrees, and left untouched where it does not.

`before.sql` is such a database as pg_dump told it on the last commit of that chain, with the rows of its migrations.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator

import asyncpg
import pytest

from backend.routes.http.readiness import Readiness
from backend.schema import adoption
from tests.fixtures.database import ROOT
from tests.makers.commands import type_all
from tests.makers.databases import ask, before, dump, made, type_in

pytestmark = [
    pytest.mark.usefixtures("pool"),
    pytest.mark.skipif(not shutil.which("pg_dump"), reason="pg_dump is not on the PATH"),
]

PREPARE = ("prepare", "--without-demo")
MIGRATE = ("migrate",)
_LOSE_A_LINE = """
import os, sys
from backend import cli
from backend.schema import first
makes = first.FirstMigration.run
async def run(self, backwards=False):
    await makes(self, backwards)
    if self.app_name == "orders":
        os._exit(9)
first.FirstMigration.run = run
cli.main(["migrate"])
"""
"""Ends as a machine does that loses its power: the tables of orders are made, and nobody has written that down yet."""
_STOP_HALFWAY = """
from backend import cli
from backend.schema import adoption
adoption._RECORD = "SELECT 1 / 0, $1::text, $2::text[]"
cli.main(["migrate"])
"""
_ADOPT = """
import asyncio
from backend import db
from backend.schema import adoption
async def adopt():
    async with db.pool(1, 2), db.connection() as connection:
        await adoption.adopt(connection)
asyncio.run(adopt())
"""
DISAGREEING = {
    "an index is missing": "DROP INDEX message_unread",
    "a check is missing": "ALTER TABLE work_order DROP CONSTRAINT work_order_state_known",
    "a column is wider": "ALTER TABLE account ALTER COLUMN phone TYPE varchar(80)",
    "a column must be filled": "ALTER TABLE photo ALTER COLUMN device SET NOT NULL",
    "a default is another": "ALTER TABLE work_order ALTER COLUMN version SET DEFAULT 7",
    "a trigger does nothing": "ALTER TABLE order_step DISABLE TRIGGER order_step_append_only",
    "a function says otherwise": "CREATE OR REPLACE FUNCTION place_pairs(folded text) RETURNS text[]"
    " LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT NULL::text[]'",
    "a table is logged": "ALTER TABLE quota_use SET LOGGED",
    "there is a table more": "CREATE TABLE somebodys (id int)",
    "a migration of rows has not run": f"DELETE FROM migration WHERE name = '{adoption.LAST_BEFORE['places']}'",
}


@pytest.fixture(scope="module")
async def of_before(pool: None) -> AsyncIterator[asyncpg.Connection]:
    async with made(*before()) as url:
        connection = await asyncpg.connect(url)
        yield connection
        await connection.close()


async def recorded(url: str) -> set[tuple[str, str]]:
    return set(await ask(url, "SELECT app_name, name FROM migration"))


async def adopt(url: str) -> None:
    """What `migrate` does to a database of before, without the migrations that came since."""
    done, said = await type_in(url, ("-c", _ADOPT))
    assert done == 0, said


def firsts() -> set[tuple[str, str]]:
    return {(app_name, adoption.FIRST_ID) for app_name in adoption.LAST_BEFORE}


async def test_a_database_of_before_that_agrees_is_adopted_and_works():
    someone = "INSERT INTO account (kind, display_name, created_at) VALUES ('device', '莲溪路', now())"
    async with made(*before(), someone) as url:
        rows = ("--exclude-table-data=migration", "--exclude-table-data=migration_id_seq")
        schema = dump(url, *rows)
        unsure = await Readiness(url, ROOT, 0).look()
        await adopt(url)
        adopted = dump(url, *rows)
        (migrated,) = type_all(url, [("migrate",)], YIMA_MODE="demo")
        known = await recorded(url)
        prepared, doctor = type_all(url, [PREPARE, ("doctor",)], YIMA_MODE="demo")
        names = await ask(url, "SELECT display_name FROM account")
        items = await ask(url, "SELECT count(*) FROM item")

    assert [(each.code, each.en) for each in unsure] == [("migrations", adoption.UNDECIDED_EN)]
    assert (migrated.code, prepared.code) == (0, 0), migrated.err + prepared.err
    assert adopted == schema
    assert known >= firsts()
    assert {name for _, name in known if name < adoption.FIRST_ID} == set()
    assert "ok     migrations" in doctor.out
    assert names == [("莲溪路",)]
    assert items[0][0] > 0


async def test_one_that_disagrees_is_left_as_it_is_and_everybody_says_what_to_do():
    async with made(*before(), "DROP INDEX message_unread") as url:
        earlier = dump(url)
        migrated, prepared, doctor = type_all(url, [("migrate",), PREPARE, ("doctor",)], YIMA_MODE="demo")
        ready = await Readiness(url, ROOT, 0).look()
        later = dump(url)

    assert later == earlier
    assert (migrated.code, prepared.code, doctor.code) == (2, 2, 1)
    for said in (migrated.err, prepared.err, doctor.out):
        assert adoption.REFUSED_ZH in said
        assert adoption.REFUSED_EN in said
    assert "- index CREATE INDEX message_unread ON message" in prepared.err
    assert "WRONG  migrations" in doctor.out
    assert [(each.code, each.zh) for each in ready] == [("migrations", adoption.UNDECIDED_ZH)]


async def test_a_database_of_before_agrees_to_the_last_name(of_before):
    assert await adoption.list_differences(of_before) == []


@pytest.mark.parametrize("change", DISAGREEING.values(), ids=DISAGREEING.keys())
async def test_every_kind_of_disagreement_is_found(of_before, change):
    transaction = of_before.transaction()
    await transaction.start()
    await of_before.execute(change)
    found = await adoption.list_differences(of_before)
    await transaction.rollback()

    assert found


async def test_an_adoption_that_breaks_off_leaves_the_database_of_before_and_can_be_repeated():
    async with made(*before()) as url:
        earlier = dump(url)
        broken, _ = await type_in(url, ("-c", _STOP_HALFWAY))
        later = dump(url)
        repeated, said = await type_in(url, MIGRATE)
        known = await recorded(url)

    assert broken != 0
    assert later == earlier
    assert repeated == 0, said
    assert known >= firsts()


async def test_two_that_adopt_at_once_do_not_collide():
    async with made(*before()) as url:
        answers = await asyncio.gather(type_in(url, MIGRATE), type_in(url, MIGRATE))
        known = await ask(url, "SELECT app_name, name FROM migration")

    assert [code for code, _ in answers] == [0, 0], answers
    assert firsts() <= set(known)
    assert len(known) == len(set(known))


async def test_an_empty_database_is_made_and_one_that_broke_off_is_finished():
    async with made() as url, made() as other:
        whole, _ = await type_in(url, MIGRATE)
        broken, _ = await type_in(other, ("-c", _LOSE_A_LINE))
        half = await recorded(other)
        finished, said = await type_in(other, MIGRATE)
        again, _ = await type_in(other, MIGRATE)
        wanted, found = dump(url, "--schema-only"), dump(other, "--schema-only")

    assert (whole, broken, finished, again) == (0, 9, 0, 0), said
    assert ("accounts", adoption.FIRST_ID) in half
    assert ("orders", adoption.FIRST_ID) not in half
    assert found == wanted


async def test_two_that_prepare_an_empty_database_at_once_do_not_collide():
    async with made() as url:
        answers = await asyncio.gather(type_in(url, PREPARE), type_in(url, PREPARE))
        known = await ask(url, "SELECT app_name, name FROM migration")

    assert [code for code, _ in answers] == [0, 0], answers
    assert len(known) == len(set(known))
