"""Patrols on the demo street: routes for the committee of the card, walks to be claimed, and some that were walked."""

from backend import db
from backend.calendars.rules import shanghai_date
from backend.committees.patrols.coverage import list_coverage, share_proved
from backend.demo import committees, patrols, people, street, volunteers
from backend.demo.ground import TOWN_CODE
from backend.demo.people import COMMITTEE

_STATES = "SELECT state, count(*) AS tasks FROM patrol_task GROUP BY state"


async def test_the_demo_committee_has_walks_to_claim_and_its_neighbours_have_walked(database, now):
    await street.load_street()
    await people.load_people(now)
    await volunteers.load_volunteers(now)
    left = await db.fetchval("SELECT id FROM account WHERE username = 'volunteer7'")
    for table in ("role_grant", "on_call"):
        await db.execute(f"DELETE FROM {table} WHERE account_id = $1", left)
    await volunteers.load_volunteers(now)  # as at the next start of a demonstration in which one left
    await committees.load_committees(now)
    for _ in range(2):
        await patrols.load_patrols(now)

    today = shanghai_date(now)
    states = {row["state"]: row["tasks"] for row in await db.fetch(_STATES)}
    assert states["open"] == len(patrols.ROUTES) - 1, "each of its routes is to be walked on whatever day one looks"
    assert states["finished"] == len(patrols.NEIGHBOURS) + 1
    walked = await list_coverage([TOWN_CODE], today, today)
    covered = {each.committee_code: share_proved([each]) for each in walked}
    assert covered[COMMITTEE] == 1
    assert [covered[code] for code in patrols.NEIGHBOURS] == [1, 1, 1, 2 / 3]
    names = {
        row["name"] for row in await db.fetch("SELECT name FROM patrol_route WHERE committee_code = $1", COMMITTEE)
    }
    assert names == {name for name, _ in patrols.ROUTES.values()}
