"""走访: what a visit wrote down, before each of those who come by it: one table, one rule for each audience."""

import msgspec
import pytest

from backend import clock, db
from backend.accounts.structs import Actor, Role
from backend.campaigns.records.sealing import TargetContact
from backend.campaigns.targets import adding
from backend.campaigns.targets.structs import NewTarget
from tests.makers.accounts import bearer, signed_in
from tests.makers.campaigns import SEAL, file, make_running
from tests.makers.patrols import make_places
from tests.makers.town import COMMITTEE, TOWN, make_actor, make_town

HTML = {"accept": "text/html"}
PHONE, CONTACT, LABEL = "13812345678", "13900001111", "三号楼 201 室"
SAID = {"met": "met", "drains": "no", "water": "20", "fever": "yes", "phone": PHONE}
SEES = {
    #                 record  opened  contact  order  file   list
    "stranger":      ("no",   "no",   "no",    "no",  "no",  "no"),
    "other_desk":    ("no",   "no",   "no",    "no",  "cut", "cut"),
    "handler":       ("no",   "no",   "no",    "yes", "no",  "no"),
    "centre":        ("yes",  "no",   "no",    "yes", "yes", "yes"),
    "named_role":    ("yes",  "told", "no",    "yes", "yes", "yes"),
    "visitor":       ("yes",  "told", "told",  "yes", "no",  "no"),
    "same_beat":     ("no",   "no",   "told",  "yes", "no",  "no"),
    "own_committee": ("yes",  "no",   "no",    "yes", "yes", "yes"),
}  # fmt: skip
"""`yes`: the page without anything sealed; `told`: with it, and that is on record; `cut`: without this household."""


@pytest.mark.usefixtures("client")
async def test_what_each_audience_sees_of_a_visit(client):
    now = clock.now()
    town = await make_town(now)
    running = await make_running(town, now, personal_roles=[Role.STREET_ADMIN])
    [place] = await make_places(1, first=90)
    home = NewTarget(place_id=place, label=LABEL, contact=TargetContact(name="王阿姨", phone=CONTACT))
    await adding.add_targets(running.campaign_id, [home], town.dispatcher, SEAL, now)
    task = await db.fetchval("SELECT max(id) FROM campaign_task")

    filed = await file(msgspec.structs.replace(running, tasks=[task]), SAID, now)
    other_home = NewTarget(place_id=place, label="三号楼 202 室", contact=TargetContact(phone=CONTACT))
    await adding.add_targets(running.campaign_id, [other_home], town.dispatcher, SEAL, now)
    open_task = await db.fetchval("SELECT max(id) FROM campaign_task")
    order = filed.orders[0].order_id
    handler = await db.fetchval(
        "SELECT a.id FROM work_order o JOIN account a ON a.unit_id = o.unit_id WHERE o.id = $1", order
    )
    people: dict[str, Actor] = {
        "stranger": town.resident,
        "other_desk": await make_actor("别处居委", Role.COMMITTEE, f"{TOWN}002"),
        "handler": await signed_in(handler),
        "centre": town.dispatcher,
        "named_role": await make_actor("街道", Role.STREET_ADMIN, TOWN),
        "visitor": running.inspector,
        "same_beat": await make_actor("另一网格员", Role.INSPECTOR, COMMITTEE),
        "own_committee": await make_actor("本居委", Role.COMMITTEE, COMMITTEE),
    }
    own = f"/campaigns/{running.campaign_id}"
    asked = (
        ("GET", f"/campaign-records/{filed.id}"),
        ("POST", f"/campaign-records/{filed.id}/open"),
        ("POST", f"/checks/{open_task}/contact"),
        ("GET", f"/o/{order}"),
        ("GET", f"{own}/export/csv"),
        ("GET", f"{own}/records"),
    )

    found = {name: tuple([await _see(client, who, *each) for each in asked]) for name, who in people.items()}

    assert found == SEES
    opened = await db.fetch("SELECT account_id, record_id IS NULL AS contact FROM campaign_reading ORDER BY id")
    names = {who.account_id: name for name, who in people.items()}
    assert sorted((names[row["account_id"]], row["contact"]) for row in opened) == [
        ("named_role", False), ("same_beat", True), ("visitor", False), ("visitor", True),
    ]  # fmt: skip


async def _see(client, who: Actor, method: str, path: str) -> str:
    headers = HTML | bearer(await signed_in(who.account_id)) | {"origin": str(client.base_url)}
    answer = await client.request(method, path, headers=headers)
    assert answer.status_code in (200, 403, 404), answer.text
    if answer.status_code != 200:
        assert PHONE not in answer.text and CONTACT not in answer.text
        assert method == "POST" or LABEL not in answer.text, "whoever may read the record stays on its page"
        return "no"
    if PHONE in answer.text or CONTACT in answer.text:
        return "told"
    assert "有发热" not in answer.text or "/report" in path
    return "yes" if LABEL in answer.text or path.startswith("/o/") else "cut"
