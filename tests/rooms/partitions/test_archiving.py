"""Old months go into files, and come back; what is still read stays."""

import gzip
from datetime import datetime, timedelta

import pytest

from backend import db
from backend.events import queries as events
from backend.events.deliverer import Deliverer
from backend.events.queries import Cursor
from backend.orders import verbs as orders
from backend.orders.model.errors import MoveForbidden
from backend.orders.reads.detail import get_order
from backend.orders.transitions.transition import TransitionContext
from backend.partitions import queries
from backend.partitions.archiving import TooRecent
from backend.partitions.files import FileDamaged, checksum_file
from backend.partitions.months import SHANGHAI, Month
from backend.partitions.restoring import NotArchivedHere, restore
from backend.reports import queries as reports
from tests.makers.cases import merge
from tests.makers.facts import Noted, delivery_to
from tests.makers.months import archive_log, archive_steps, laid, names_of, record_at
from tests.makers.orders import make_accepted, make_closed, make_order
from tests.makers.town import make_town

pytestmark = pytest.mark.usefixtures("database", "photo_room")
JULY, AUGUST, SEPTEMBER = Month(2021, 7), Month(2021, 8), Month(2021, 9)
LATER = datetime(2022, 6, 1, tzinfo=SHANGHAI)
STEPS = "SELECT count(*) FROM order_step WHERE order_id = $1"


@pytest.fixture(autouse=True)
async def summer(database):
    """July and August 2021 have partitions; all later months share one."""
    async with laid(JULY, SEPTEMBER):
        yield


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "archive"


async def put_back(file, now=LATER):
    async with db.connection() as connection:
        return await restore(connection, file, now)


async def test_a_closed_order_goes_into_a_file_and_its_page_says_so(now, folder):
    town = await make_town(now)
    order_id = await make_closed(town, now)
    steps = await db.fetchval(STEPS, order_id)
    token = await db.fetchval("SELECT tracking_token FROM report WHERE order_id = $1", order_id)

    (taken,) = await archive_steps(AUGUST, folder, LATER, drops=True)
    order = await get_order(order_id, town.verifier, LATER)
    tracking = await reports.get_tracking(token, LATER)

    assert (taken.name, taken.rows, taken.is_dropped) == ("order_step_2021_07", steps, True)
    assert await names_of("order_step") == ["before_2021_08", "2021_08", "from_2021_09"]
    assert await db.fetchval(STEPS, order_id) == 0
    assert (order.state, order.is_archived, order.steps) == ("closed", True, [])
    assert (tracking.state, tracking.is_archived, tracking.closed_at) == ("closed", True, now)


async def test_the_file_holds_every_row_and_its_checksum_stands_beside_it(now, folder):
    town = await make_town(now)
    order_id = await make_closed(town, now)
    ids = [str(row["id"]) for row in await db.fetch("SELECT id FROM order_step ORDER BY id")]

    (taken,) = await archive_steps(AUGUST, folder, LATER)
    file = folder / "order_step_2021_07.csv.gz"
    head, *lines = gzip.decompress(file.read_bytes()).decode().splitlines()

    assert taken.file == str(file)
    assert head.startswith("id,order_id,move,")
    assert [line.split(",")[:2] for line in lines] == [[step_id, str(order_id)] for step_id in ids]
    assert file.stat().st_mode & 0o077 == 0
    assert checksum_file(file).read_text().endswith("  order_step_2021_07.csv.gz\n")
    assert await db.fetchval("SELECT count(*) FROM order_step_2021_07") == len(ids), "left apart until it is dropped"


async def test_an_open_order_keeps_its_whole_story(now, folder):
    town = await make_town(now)
    open_id, closed_id = await make_accepted(town, now), await make_closed(town, now)
    steps = await db.fetchval(STEPS, open_id)

    await archive_steps(AUGUST, folder, LATER, drops=True)
    order = await get_order(open_id, town.verifier, LATER)

    assert (len(order.steps), order.is_archived) == (steps, False)
    assert await db.fetchval(STEPS, closed_id) == 0


async def test_a_merged_order_stays_for_as_long_as_the_one_that_it_goes_on_as(now, folder):
    town = await make_town(now)
    survivor_id, merged_id = await make_accepted(town, now), (await make_order(town, now)).receipt.order_id
    await merge(town, merged_id, survivor_id, now)

    await archive_steps(AUGUST, folder, LATER, drops=True)
    order = await get_order(survivor_id, town.verifier, LATER)

    assert not order.is_archived
    assert [len(part.step_ids) for part in order.merged] == [1]


async def test_an_order_that_ended_after_the_month_stays_until_its_end_is_old_too(now, folder):
    town = await make_town(now)
    order_id = await make_closed(town, now)
    end = AUGUST.begins_at + timedelta(days=3)
    await db.execute("UPDATE work_order SET closed_at = $2 WHERE id = $1", order_id, end)

    await archive_steps(AUGUST, folder, LATER, drops=True)
    stayed = await db.fetchval(STEPS, order_id)
    await archive_steps(SEPTEMBER, folder, LATER, drops=True)

    assert stayed > 0
    assert await db.fetchval(STEPS, order_id) == 0
    assert await names_of("order_step") == ["before_2021_09", "from_2021_09"]


async def test_what_is_still_needed_is_not_taken_out_again_until_it_no_longer_is(now, folder):
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    await archive_steps(AUGUST, folder, LATER, drops=True)

    again = await archive_steps(AUGUST, folder, LATER, drops=True)
    names = await names_of("order_step")
    await db.execute("UPDATE work_order SET state = 'cancelled', cancelled_at = $1", now)
    (taken,) = await archive_steps(AUGUST, folder, LATER, drops=True)

    assert again == []
    assert names[0] == "before_2021_08"
    assert taken.name == "order_step_before_2021_08"
    assert (await names_of("order_step"))[0] == "before_2021_08_2"
    assert await db.fetchval(STEPS, order_id) == 0


async def test_steps_whose_photos_are_held_stay(now, folder):
    town = await make_town(now)
    order_id = await make_closed(town, now)
    await db.execute("UPDATE photo SET hold_reason = '争议' WHERE id IN (SELECT photo_id FROM photo_attachment)")

    await archive_steps(AUGUST, folder, LATER, drops=True)

    assert await db.fetchval(STEPS, order_id) > 0


async def test_who_acts_on_an_archived_order_is_told_how_it_ended(now, folder):
    town = await make_town(now)
    order_id = await make_closed(town, now)
    await archive_steps(AUGUST, folder, LATER, drops=True)

    with pytest.raises(MoveForbidden) as refused:
        await orders.accept(order_id, TransitionContext(actor=town.handlers[0], now=LATER))

    assert refused.value.extra["state"] == "closed"
    assert refused.value.extra["changed_at"] == now


async def test_months_in_use_are_not_archived(now, folder):
    with pytest.raises(TooRecent) as refused:
        await archive_steps(Month(2022, 1), folder, datetime(2022, 7, 31, tzinfo=SHANGHAI))

    assert refused.value.extra["latest"] == "2021-12"
    assert not folder.exists()


async def test_archived_steps_come_back_from_the_file(now, folder):
    town = await make_town(now)
    order_id = await make_closed(town, now)
    earlier = await get_order(order_id, town.verifier, now)
    (taken,) = await archive_steps(AUGUST, folder, LATER, drops=True)

    back = await put_back(folder / "order_step_2021_07.csv.gz")
    again = await put_back(folder / "order_step_2021_07.csv.gz")
    later = await get_order(order_id, town.verifier, now)

    assert (back.rows, again.rows) == (taken.rows, 0)
    assert later.steps == earlier.steps
    assert not later.is_archived


async def test_a_damaged_or_foreign_file_is_not_put_back(now, folder):
    await make_closed(await make_town(now), now)
    await archive_steps(AUGUST, folder, LATER, drops=True)
    file = folder / "order_step_2021_07.csv.gz"
    foreign = folder / "foreign.csv.gz"
    foreign.write_bytes(gzip.compress(b"id,order_id\n1,2\n", mtime=1))
    checksum_file(foreign).write_text(f"{checksum_file(file).read_text().split()[0]}  foreign.csv.gz\n")

    with pytest.raises(FileDamaged):
        await put_back(foreign)
    file.write_bytes(file.read_bytes()[:-4] + b"abcd")
    with pytest.raises(FileDamaged):
        await put_back(file)
    assert await db.fetchval("SELECT count(*) FROM order_step") == 0


async def test_a_file_of_another_database_is_not_put_back(now, folder):
    await make_closed(await make_town(now), now)
    await archive_steps(AUGUST, folder, LATER, drops=True)
    await db.execute("DELETE FROM archived_part")

    with pytest.raises(NotArchivedHere):
        await put_back(folder / "order_step_2021_07.csv.gz")


async def test_an_archiving_that_could_not_write_changes_nothing_and_can_be_repeated(now, folder):
    town = await make_town(now)
    order_id = await make_closed(town, now)
    folder.write_bytes(b"in the way")

    with pytest.raises(OSError, match="archive"):
        await archive_steps(AUGUST, folder, LATER)
    steps = await db.fetchval(STEPS, order_id)
    folder.unlink()
    (taken,) = await archive_steps(AUGUST, folder, LATER)

    assert steps == taken.rows


async def test_one_that_stopped_after_the_month_was_taken_out_goes_on(now, folder):
    town = await make_town(now)
    await make_closed(town, now)
    await archive_steps(AUGUST, folder, LATER)
    await db.execute("DELETE FROM archived_part")
    for file in folder.iterdir():
        file.unlink()

    (taken,) = await archive_steps(AUGUST, folder, LATER, drops=True)

    assert taken.name == "order_step_2021_07"
    assert len(await queries.list_archived()) == 1
    assert await db.fetchval("SELECT to_regclass('order_step_2021_07') IS NULL")


async def test_what_was_left_apart_is_dropped_later(now, folder):
    await make_closed(await make_town(now), now)
    await archive_steps(AUGUST, folder, LATER)

    await archive_steps(AUGUST, folder, LATER, drops=True)

    (archived,) = await queries.list_archived()
    assert archived.dropped_at == LATER
    assert await db.fetchval("SELECT to_regclass('order_step_2021_07') IS NULL")


async def test_the_log_goes_too_and_who_comes_back_from_so_long_ago_asks_everything_again(now, folder):
    old, new = [await record_at(now, each) for each in (1, 2, 3)], await record_at(LATER, 4)

    (taken,) = await archive_log(AUGUST, folder, LATER, drops=True)

    assert (taken.name, taken.rows) == ("event_log_2021_07", 3)
    assert await events.list_since(Cursor(old[1], 1)) is None
    assert [fact.id for fact in await events.list_since(Cursor(old[2], 2**40)) or []] == [new]
    await put_back(folder / "event_log_2021_07.csv.gz")
    assert [fact.id for fact in await events.list_since(Cursor(old[1], 2**40)) or []] == [old[2], new]


async def test_a_fact_that_nobody_was_told_of_stays_and_is_told_however_old(now, folder):
    noted = Noted()
    await record_at(now, 1)
    waiting = await record_at(now, 2, waits=True)

    await archive_log(AUGUST, folder, LATER, drops=True)
    await Deliverer(delivery_to(noted=noted)).deliver_once()

    assert noted.facts == [(2, 1)]
    assert [fact.id for fact in await events.list_by_ids([waiting])] == [waiting]
