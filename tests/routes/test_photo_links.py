"""A link to a photo dies at once when the photo is taken from somebody's sight, and every act on it has a reason."""

from datetime import datetime
from uuid import UUID

import pytest

from backend import clock, db
from backend.orders import verbs as orders
from backend.orders.cases.merging import Merge
from backend.orders.model.inputs import Reassign
from backend.orders.transitions.transition import TransitionContext
from backend.structs import Write
from tests.makers.accounts import bearer
from tests.makers.orders import make_order
from tests.makers.photos import make_photo
from tests.makers.town import SmallTown, make_staffed_unit, make_town

REASON = {"reason": "no faces in it"}


class Scene(Write, frozen=True, kw_only=True):
    town: SmallTown
    order_id: int
    photo_id: UUID
    now: datetime

    @property
    def path(self) -> str:
        return f"/api/v1/orders/{self.order_id}/photos/{self.photo_id}"


@pytest.fixture
async def scene(client) -> Scene:
    now = clock.now()
    town = await make_town(now)
    photo = await make_photo(town.resident.account_id, now=now)
    order_id = (await make_order(town, now, photo_ids=[photo.id])).receipt.order_id
    return Scene(town=town, order_id=order_id, photo_id=photo.id, now=now)


async def links(client, scene: Scene, who) -> list[str]:
    order = (await client.get(f"/api/v1/orders/{scene.order_id}", headers=bearer(who))).json()
    photo = next(photo for photo in order["photos"] if photo["id"] == str(scene.photo_id))
    return [photo["thumb_url"], photo["large_url"]]


async def statuses(client, urls: list[str]) -> set[int]:
    return {(await client.get(url)).status_code for url in urls}


async def test_links_to_a_withheld_photo_are_dead_at_once_and_its_readers_get_new_ones(client, scene):
    verifier = scene.town.verifier
    released = (await client.post(f"{scene.path}/release", json=REASON, headers=bearer(verifier))).json()
    public = [released["thumb_url"], released["large_url"]]
    assert await statuses(client, public) == {200}
    tag = (await client.get(public[0])).headers["etag"]

    withheld = (await client.post(f"{scene.path}/withhold", json=REASON, headers=bearer(verifier))).json()

    assert await statuses(client, public) == {410}
    assert (await client.get(public[0], headers={"If-None-Match": tag})).status_code == 410
    assert await statuses(client, [withheld["thumb_url"], *await links(client, scene, scene.town.resident)]) == {200}


async def test_a_link_that_is_still_remembered_is_asked_about_again_within_a_minute(client, scene):
    (url, _) = await links(client, scene, scene.town.verifier)

    kept = (await client.get(url)).headers["cache-control"]

    assert kept == "private, max-age=60, must-revalidate"


async def test_links_of_the_former_unit_die_when_an_order_goes_to_another(client, scene):
    before = await links(client, scene, scene.town.handlers[0])
    dispatcher, other_unit = scene.town.dispatcher, await make_staffed_unit("sanitation_contractor")

    await orders.reassign(
        scene.order_id,
        Reassign(unit_id=other_unit, reason="not theirs"),
        TransitionContext(actor=dispatcher, now=scene.now),
    )

    assert await statuses(client, before) == {410}
    assert await statuses(client, await links(client, scene, dispatcher)) == {200}


async def test_links_to_a_case_die_for_those_who_part_from_it(client, scene):
    town, by = scene.town, TransitionContext(actor=scene.town.dispatcher, now=scene.now)
    other = (await make_order(town, scene.now)).receipt.order_id
    await orders.merge(other, Merge(into_id=scene.order_id, reason="one case"), by)
    before = await links(client, scene, town.resident)

    await orders.unmerge(other, "two after all", by)

    assert await statuses(client, before) == {410}


@pytest.mark.parametrize("act", ["release", "withhold", "redaction"])
@pytest.mark.parametrize("said", [{}, {"reason": ""}, {"reason": "   "}, {"reason": "x"}], ids=str)
async def test_no_act_on_a_photo_goes_without_a_reason(client, scene, act, said):
    boxes = {"boxes": [{"x": 0.1, "y": 0.1, "width": 0.2, "height": 0.2}]} if act == "redaction" else {}

    answer = await client.post(f"{scene.path}/{act}", json={**boxes, **said}, headers=bearer(scene.town.verifier))

    assert answer.status_code in (400, 422)
    assert "reason" in answer.text
    assert await db.fetchval("SELECT count(*) FROM photo_act") == 0


async def test_the_reason_of_each_act_is_in_the_log(client, scene):
    headers = bearer(scene.town.verifier)
    for act in ("release", "withhold"):
        await client.post(f"{scene.path}/{act}", json={"reason": f" because of {act} "}, headers=headers)

    rows = await db.fetch("SELECT act, reason FROM photo_act ORDER BY id")

    assert [tuple(row) for row in rows] == [("release", "because of release"), ("withhold", "because of withhold")]
