"""Who writes and who reads which table, read out of every statement of the product (docs/decisions/0043).

A table is written by its owner alone. Others read it only where `READS` says so and why; whoever needs a row more may
call the owner's verbs and queries, or take in a piece of SQL that the owner publishes (`accounts/sql.py`).
"""

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.house.product import ROOT, name_of, package_of, sources, tree
from tests.house.sql_tables import UNKNOWN, Tables, tables_of
from tests.house.sql_texts import product_texts, texts_of
from tests.house.table_uses import foreign_uses, owners

READS = {
    "backend/campaigns": {
        "account": "who filled in a record, and to whom a target is given, beside it",
        "area": "the name of the committee beside its targets; whole committees become targets in one statement",
        "place": "the places of a filter become targets in one statement, however many; where a committee lies",
        "work_order": "the number of an order to which an answer led",
    },
    "backend/committees": {
        "account": "who walks a patrol, and who asked for a change and decided on it, beside these",
        "area": "the name of the committee beside its patrols and requests",
        "place": "name, address and position of a stop, and how far the walker is from it",
        "work_order": "number and state of an order that was found on a patrol",
    },
    "backend/indicators": {
        "area": "the name of the town whose indicator it is, and of areas beside their figures",
        "follow_up": "whether the reporter was called back, and what came of it: counted order by order",
        "hotline_call_back": "what a platform heard from the citizen: counted order by order",
        "hotline_task": "the cases of an order with their deadlines: counted order by order",
        "finding_step": "when a shop said that a finding was put right: counted finding by finding",
        "inspection": "the inspections of shops with their scores: counted one by one",
        "inspection_finding": "the findings of inspections, their limits and ends: counted one by one",
        "order_step": "the acts of an order, each on its day: counted order by order",
        "patrol_finding": "how many orders a patrol led to: counted patrol by patrol",
        "patrol_route": "the name of the route behind a figure, and the task of the list that it is for",
        "patrol_stop": "how many stops of a patrol were visited or missed: counted patrol by patrol",
        "patrol_task": "the patrols of a day: counted one by one",
        "pickup_booking": "what became of the booking behind an order: counted order by order",
        "pickup_slot": "the day of a booking: counted order by order",
        "place": "the road of an order's place and the area of a shop's: counted one by one",
        "shop": "the place of an inspected shop, and its name behind a figure",
        "task_template": "the item of a patrol's task",
        "work_order": "what an order is now: counted order by order, in one statement for thousands",
    },
    "backend/consultations": {
        "item": "the name of the topic beside a question",
        "order_step": "the answer, for whoever decides whether everybody may read it",
        "work_order": "question, area and state of what was asked, for whoever releases the answer",
    },
    "backend/elder_care": {
        "account": "names of visitors, and of those who opened what is sealed, beside the visit",
        "place": "the house of an elder beside the visit",
        "work_order": "the order about a home that goes on, so that there is one of it",
    },
    "backend/emergencies": {
        "account": "names of those who begin, end and answer, and whom a command group reaches, in the statement that "
        "reads them; the number of somebody who stays silent, opened with a trace",
        "area": "the name of the area of an emergency",
        "emergency_stretch": "the limits and the duty list of an emergency, beside it",
        "org_unit": "names of units beside receipts",
        "role_grant": "whom a command group reaches by a role",
    },
    "backend/evaluation": {
        "account": "who made and decided an appeal, and who set what, beside it",
        "area": "the name of the area whose week is sent",
        "order_step": "who gave a verdict on an order, and so decides on no appeal about it",
        "org_unit": "the name of the unit whose case is appealed",
        "work_order": "number, item and area of the order of a case",
    },
    "backend/intake": {
        "photo": "by which generation of its links the first picture of a camera's event is shown",
        "place": "name, address and position of the place where a camera or a device is, beside it; the address of an "
        "order that is sent on to another endpoint",
        "account": "who opened what is sealed of a record, beside it",
        "duplicate_rule": "about which items strangers are shown orders on our own pages: Open311 shows no others",
        "item": "the services of Open311 are the items that residents report",
        "work_order": "words and item of closed orders, from which a town's own model learns; the number of a record's "
        "order, and whether whoever has it in hand may call the person; when the work on a fold's order ended",
    },
    "backend/maps": {
        "area": "borders and names in a tile; where a map looks first",
        "grid_cell": "outlines of cells in a tile",
        "place": "doors and other places in a tile",
        "road": "roads and their names in a tile",
        "work_order": "open orders as points in a tile, found by the index of positions",
    },
    "backend/lifts": {
        "account": "who wrote what into the register, beside it",
        "org_unit": "names of the company and the property beside their lift",
        "place": "where a lift is, beside it",
        "work_order": "the order about a lift that goes on, so that there is one of it",
    },
    "backend/orders": {
        "account": "names of handlers, reporters and deciders beside the order, in the statement that reads it",
        "item": "what the dictionary says of the order's item: names, limits, evidence; one lock reads it all",
        "org_unit": "names of units beside the order",
        "place": "name, address and outline of the order's place; the desk searches by them",
    },
    "backend/public_opinion": {
        "account": "whether anybody is called by a run of characters that would be a word: such a run is never one; "
        "who dealt with a warning",
        "campaign_record": "what somebody wrote into a record, for its words",
        "follow_up": "what a reporter said when called back, for its words",
        "hotline_call_back": "what a citizen said when the hotline called back, for its words",
        "hotline_task": "of which order that was",
        "item": "the name of the item in the list of a word's orders",
        "place": "the place in the list of a word's orders",
        "work_order": "the words that are counted, and the orders that say them, within the reader's scope",
    },
    "backend/reports": {
        "account": "names of those who opened a number, and the number of a reporter who has an account",
        "follow_up": "when a reporter was called back: the number that was left goes after its term",
        "item": "the name of the item in a receipt",
        "order_follower": "which reports of this reporter are on which order",
        "order_step": "what the reporter is told of the order's life",
        "org_unit": "the name of the unit in what the reporter is told",
        "place": "the place's address in a receipt",
        "work_order": "candidates for the same case are found by index, in the statement of every report",
    },
    "grab_orders": {
        "area": "the name of the committee, all that an offer says of its place beside the road",
        "item": "names of the item beside the offer",
        "on_call": "whether whoever grabs is on call, in the one statement that is asked under the person's lock",
        "place": "road of the block, and for whoever has taken it the place itself",
        "work_order": "an offer follows its order: state, holder and deadlines, read while the offer is locked",
    },
    "push": {
        "account": "the phone number to which a text message goes, in the statement that writes a hundred messages",
        "external_identity": "who somebody is at WeChat and WeCom, where messages go",
        "session": "nothing goes to a phone whose session has ended",
    },
    "qr": {
        "account": "names of those who printed, bound and checked plates",
        "area": "the name of the area in which a plate's place lies",
        "place": "the place to which a plate is bound, in the statement of every scan",
    },
    "shops": {
        "account": "names of those who asked and agreed to open an identity, and of staff in a finding's story",
        "place": "the area of a finding's shop, in the statement that locks it; where imported shops lie",
        "org_unit": "names of haulers beside their routes",
        "work_order": "a complaint is found from its order, by the pseudonym that opened it; its area decides who may",
    },
}
_FILLED_IN = {
    *("backend/jobs/queue.py", "backend/jobs/store.py"),
    *(
        f"backend/partitions/{name}.py"
        for name in ("archiving", "converting", "emptying", "locking", "making", "restoring")
    ),
    *(f"backend/indicators/counting/{name}.py" for name in ("differences", "rollups", "sums")),
}
"""Statements on the tables of the queue's library, whose names the library says; on partitions, whose names the
server's catalogue says, and whose rows nobody but their owner adds or alters; and on tables of contributions and sums,
which are the indicators' own and named beside their columns."""
_CATALOGUES = ("pg_", "information_schema")


def test_a_table_is_written_by_its_owner_alone():
    foreign = [f"{use.where}: {use.table}" for use in foreign_uses("writes")]

    assert foreign == [], "call the owner's verb"


def test_tables_of_others_are_read_where_it_is_declared_and_nowhere_else():
    found: dict[str, list[str]] = defaultdict(list)
    for use in foreign_uses("reads"):
        if use.table not in READS.get(use.reader, {}):
            found[f"{use.reader} reads {use.table}"].append(use.where)

    assert found == {}, "ask the owner's queries, take in its SQL, or declare it in READS with a reason"


def test_what_is_declared_is_needed():
    used = {(use.reader, use.table) for use in foreign_uses("reads")}

    assert {(reader, table) for reader, tables in READS.items() for table in tables} - used == set()


def test_every_table_that_is_named_is_known():
    unknown = []
    for each in product_texts():
        tables, defined = tables_of(each.text), _defined_in(each.file)
        for table in (tables.reads | tables.writes) - defined - owners().keys():
            is_free = table == UNKNOWN and name_of(each.file) in _FILLED_IN
            if not is_free and not table.startswith(_CATALOGUES):
                unknown.append(f"{name_of(each.file)}:{each.line}: {table}")

    assert unknown == [], "a table without an owner, or one whose name is filled in where the reader cannot see it"


def test_no_table_is_hidden_behind_an_expression_of_itsname_of():
    hidden = [name_of(each.file) for each in product_texts() if tables_of(each.text).defined & owners().keys()]

    assert hidden == []


def test_table_classes_are_imported_by_their_owner_alone():
    foreign = [
        f"{name_of(file)}: {module}"
        for file in sources()
        for module in _table_modules(tree(file))
        if package_of(ROOT / module.replace(".", "/")) != package_of(file)
    ]

    assert foreign == []


@pytest.mark.parametrize(
    ("text", "reads", "writes"),
    [
        ("SELECT a FROM item i JOIN place p ON p.id = i.id, area", "item place area", ""),
        ("SELECT a FROM (SELECT 1 FROM item) x, LATERAL (SELECT FROM place) y, unnest($1) z", "item place", ""),
        ("WITH old AS (SELECT id FROM item), it (a) AS MATERIALIZED (SELECT 1) SELECT FROM old JOIN it", "item", ""),
        ("SELECT extract(epoch FROM at), trim(both FROM b) FROM item WHERE a IS DISTINCT FROM place", "item", ""),
        ("SELECT 'FROM place' -- FROM area\nFROM ONLY public.item FOR UPDATE OF item", "item", ""),
        ("INSERT INTO item (code) SELECT code FROM place ON CONFLICT (code) DO UPDATE SET a = 1", "place", "item"),
        ("UPDATE item SET a = b.a FROM area b WHERE x IN (SELECT id FROM place)", "area place", "item"),
        ("DELETE FROM item USING area WHERE true", "area", "item"),
        ("SELECT a FROM item x JOIN area y USING (id) WHERE a IN (1, 2)", "item area", ""),
        ("TRUNCATE item", "", "item"),
        ("ALTER TABLE item ADD PRIMARY KEY USING INDEX item_by_code", "", "item"),
        ("COPY item", "", "item"),
        ("CREATE TEMP TABLE incoming ON COMMIT DROP AS SELECT a FROM item; INSERT INTO incoming SELECT 1", "item", ""),
        ("JOIN LATERAL (SELECT FROM item) x ON true", "item", ""),
        ("SELECT a FROM {}", UNKNOWN, ""),
        ("UPDATE {table} SET a = 1", "", UNKNOWN),
        ("SELECT count(*) FROM ", UNKNOWN, ""),
    ],
)
def test_the_tables_of_a_text(text, reads, writes):
    found = tables_of(text)

    assert (found.reads, found.writes) == (set(reads.split()), set(writes.split()))


def test_texts_are_found_however_they_are_put_together():
    module = ast.parse(
        '''
"""SELECT FROM docstring"""
_FROM = "FROM place"
_ALL = f"SELECT id {_FROM}"
_HANDLER = "item WHERE {a}"
def ask(table, other):
    db.fetch(sql("SELECT id FROM area WHERE {visible}", visible=visible))
    db.fetch(f"SELECT FROM {_HANDLER.format(a=1)}")
    db.fetch(f"SELECT FROM {other.TABLE}")
    connection.copy_records_to_table("road", records=[])
'''
    )
    found = [tables_of(text) for _, text in texts_of(module)]

    assert {table for each in found for table in each.reads} == {"place", "area", "item", UNKNOWN}
    assert {table for each in found for table in each.writes} == {"road"}


def test_imports_of_table_classes_are_found():
    module = ast.parse("from backend.items.tables import Item\nfrom qr import tables\nimport media.tables as m")

    assert sorted(_table_modules(module)) == ["backend.items.tables", "media.tables", "qr.tables"]


@cache
def _defined_in(file: Path) -> frozenset[str]:
    found: list[Tables] = [tables_of(text) for _, text in texts_of(tree(file))]
    return frozenset().union(*(each.defined for each in found))


def _table_modules(module: ast.Module) -> Iterator[str]:
    """Modules of tables that a module imports."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        yield from (name for name in names if name.endswith(".tables"))
