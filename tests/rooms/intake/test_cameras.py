"""What a camera tells is one event however often it says so; people before orders where the kind says so."""

from datetime import timedelta

import msgspec
import pytest

from backend import db
from backend.accounts.structs import Role
from backend.intake.cameras import importing, queries, registry, retention
from backend.intake.cameras.errors import (
    CameraElsewhere,
    CameraEventUnknown,
    CameraUnknown,
    DetectionStale,
    EventJudged,
)
from backend.intake.cameras.structs import CameraClaim, CameraRows, CameraState, Fate, Spot
from backend.intake.cameras.viid import registrations
from backend.intake.records import webhooks
from media.errors import PhotoRefused, PhotoTypeRefused
from tests.makers.accounts import make_staff
from tests.makers.cameras import CAMERA, make_camera, make_camera_source, seen, tell
from tests.makers.town import COMMITTEE, TOWN, make_actor, make_town
from tests.makers.worker import deliver

pytestmark = pytest.mark.usefixtures("intake", "photo_room")


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


async def test_what_is_said_often_is_one_order_and_what_is_said_again_is_nothing(now):
    town, source = await make_town(now), await make_camera_source(now)
    camera_id = await make_camera(source, town.place_id, town.dispatcher, now)
    first = await tell(source, seen("1", now), now)
    again = await tell(source, seen("1", now), now)
    second = await tell(source, seen("2", now + minutes(30)), now + minutes(30))
    later = await tell(source, seen("3", now + minutes(200)), now + minutes(200))

    assert (first.fate, first.is_new, again.is_new) == (Fate.FILED, True, False)
    assert first.number == again.number == second.number == later.number
    assert (again.detection_count, second.detection_count, later.detection_count) == (1, 2, 1)
    order = await db.fetchrow("SELECT source_kind, item_id, place_id FROM work_order")
    assert order is not None
    assert (order["source_kind"], order["item_id"], order["place_id"]) == ("cameras", "A301", town.place_id)
    assert await db.fetchval("SELECT count(*) FROM photo_attachment") == 1
    detail = await queries.get_camera(camera_id, town.dispatcher, now + minutes(201))
    assert [event.detection_count for event in detail.events] == [1, 2, 1]
    assert detail.camera.seen_at == now + minutes(200)


async def test_an_electric_bike_in_a_lift_is_a_message_to_staff_and_an_order_only_where_it_stays(now):
    town, source = await make_town(now), await make_camera_source(now)
    committee = await make_actor("居委", Role.COMMITTEE, COMMITTEE)
    await make_camera(source, town.place_id, town.dispatcher, now, Spot.LIFT)

    async def tell_at(number: str, after: float, **more: object):
        return await tell(
            source, seen(number, now + minutes(after), kind="ebike_in_lift", **more), now + minutes(after)
        )

    first = await tell_at("1", 0)
    assert (first.fate, first.order_id) == (Fate.NOTIFIED, None)
    assert (await tell_at("2", 1)).fate is Fate.NOTIFIED
    assert (await tell_at("3", 3)).fate is Fate.NOTIFIED
    stayed = await tell_at("4", 5)
    assert (stayed.fate, stayed.detection_count) == (Fate.FILED, 4)
    assert stayed.number

    gone = await tell_at("5", 60, camera_no="lift-2")
    assert gone.fate is Fate.HELD, "of a camera that nobody knows nothing is filed"
    assert await db.fetchval("SELECT count(*) FROM work_order") == 1
    await deliver()
    told = await db.fetch("SELECT account_id, title_zh FROM message WHERE kind = 'CameraEventSeen' ORDER BY id")
    assert [row["account_id"] for row in told].count(committee.account_id) == 2, "at once, and at half the time"
    assert [row["account_id"] for row in told].count(town.dispatcher.account_id) == 1, "the centre at half the time"


async def test_what_goes_away_in_time_is_over_and_the_next_one_begins_anew(now):
    town, source = await make_town(now), await make_camera_source(now)
    await make_camera(source, town.place_id, town.dispatcher, now, Spot.LIFT)
    first = await tell(source, seen("1", now, kind="ebike_in_lift"), now)
    over = await tell(source, seen("2", now + minutes(2), kind="ebike_in_lift", is_over=True), now + minutes(2))
    following = await tell(source, seen("3", now + minutes(6), kind="ebike_in_lift"), now + minutes(6))

    assert (over.event_id, over.fate) == (first.event_id, Fate.OVER)
    assert (following.event_id != first.event_id, following.fate) == (True, Fate.NOTIFIED)


async def test_a_camera_that_nobody_registered_waits_to_be_claimed_by_whoever_dispatches_there(now):
    town, source = await make_town(now), await make_camera_source(now)
    held = await tell(source, seen("1", now), now)
    [unknown] = (await queries.list_cameras(town.dispatcher, now, state=CameraState.UNKNOWN)).items
    assert (held.fate, unknown.camera_no, unknown.events_today) == (Fate.HELD, CAMERA, 1)

    elsewhere = await make_staff(Role.DISPATCHER, area="310115106")
    where = CameraClaim(place_id=town.place_id, name="菜场东门", spot=Spot.STREET)
    with pytest.raises(CameraUnknown):
        await registry.claim(unknown.id, where, elsewhere, now)
    with pytest.raises(CameraUnknown):
        await queries.get_camera(unknown.id, elsewhere, now)
    await registry.claim(unknown.id, where, town.dispatcher, now)
    assert (await tell(source, seen("2", now + minutes(1)), now + minutes(1))).fate is Fate.FILED

    await registry.switch(unknown.id, is_on=False, by=town.dispatcher)
    assert (await tell(source, seen("3", now + minutes(300)), now + minutes(300))).fate is Fate.HELD


async def test_events_that_were_wrong_lower_the_weight_until_nothing_is_filed_alone(now):
    town, source = await make_town(now), await make_camera_source(now)
    camera_id = await make_camera(source, town.place_id, town.dispatcher, now)
    events = [await tell(source, seen(str(n), now + minutes(n * 200)), now + minutes(n * 200)) for n in (1, 2, 3)]
    for event in events:
        await registry.mark_wrong(event.event_id, town.dispatcher)
    with pytest.raises(EventJudged):
        await registry.mark_wrong(events[0].event_id, town.dispatcher)
    with pytest.raises(CameraEventUnknown):
        await registry.mark_wrong(events[0].event_id, await make_staff(Role.DISPATCHER, area="310115106"))
    await registry.judge_closed([event.order_id for event in events if event.order_id])

    camera = (await queries.get_camera(camera_id, town.dispatcher, now)).camera
    assert (camera.right_count, camera.wrong_count, camera.weight) == (0, 3, 0.4)
    assert (await tell(source, seen("9", now + minutes(900)), now + minutes(900))).fate is Fate.WATCHED


async def test_nothing_is_filed_of_a_picture_that_is_none_or_of_what_is_old(now):
    town, source = await make_town(now), await make_camera_source(now)
    await make_camera(source, town.place_id, town.dispatcher, now)
    for picture, error in ((b"GIF89a", PhotoTypeRefused), (b"\xff\xd8\xff broken", PhotoRefused)):
        with pytest.raises(error):
            await tell(source, seen("1", now, pictures=(picture,)), now)
    with pytest.raises(DetectionStale):
        await tell(source, seen("2", now - timedelta(hours=25)), now)

    assert await db.fetchval("SELECT count(*) FROM work_order") == 0
    assert await db.fetchval("SELECT count(*) FROM camera_detection") == 1


async def test_a_number_without_a_time_tells_a_repeat_for_as_long_as_a_webhook_is_remembered(now):
    source = await make_camera_source(now)
    timeless = msgspec.structs.replace(seen("1", now, pictures=()), at=None)
    first = await tell(source, timeless, now)
    await retention.prune(now + webhooks.REMEMBERED_FOR)
    again = await tell(source, timeless, now + webhooks.REMEMBERED_FOR)
    assert (again.is_new, again.event_id, again.detection_count) == (False, first.event_id, 1)

    await retention.prune(now + timedelta(days=91))
    assert await db.fetchval("SELECT count(*) FROM camera_detection") == 0


async def test_a_table_of_cameras_is_read_line_by_line(now):
    town, source = await make_town(now), await make_camera_source(now)
    here = town.place_id
    rows = (f"A1,东门,{here},street", "A2,西门,999999,street", f",无号,{here},", f"A3,梯,{here},roof")
    text = "\n".join(("camera_no,name,place_id,spot", *rows))
    found = await importing.import_cameras(CameraRows(source=source.name, csv=text), town.dispatcher, now)
    again = await importing.import_cameras(CameraRows(source=source.name, csv=text), town.dispatcher, now)

    assert (found.added, found.changed, [line.split(":")[0] for line in found.refused]) == (1, 0, ["3", "4", "5"])
    assert (again.added, again.changed) == (0, 1)
    with pytest.raises(CameraElsewhere):
        table = CameraRows(source=source.name, csv=text)
        await importing.import_cameras(table, await make_staff(Role.DISPATCHER, area="310115106"), now)
    assert TOWN in (await queries.list_cameras(town.dispatcher, now)).items[0].area_code


async def test_what_was_told_long_ago_is_removed_and_what_became_an_order_stays(now):
    town, source = await make_town(now), await make_camera_source(now)
    camera_id = await make_camera(source, town.place_id, town.dispatcher, now)
    await tell(source, seen("1", now), now)
    await registrations.register(source, CAMERA, "192.0.2.1", now)
    await retention.prune(now + timedelta(days=89))
    assert await db.fetchval("SELECT count(*) FROM camera_detection") == 2
    assert await db.fetchval("SELECT count(*) FROM viid_registration") == 0

    for _ in range(2):
        await retention.prune(now + timedelta(days=91))
    assert await db.fetchval("SELECT count(*) FROM camera_detection") == 0
    assert [row["fate"] for row in await db.fetch("SELECT fate FROM camera_event")] == ["filed"]
    assert await db.fetchval("SELECT count(*) FROM camera WHERE id = $1", camera_id) == 1


async def test_a_photo_of_somebody_else_is_none_of_an_event(now):
    await make_town(now)
    one, other = await make_camera_source(now), await make_camera_source(now)
    own = await tell(one, seen("1", now), now)
    photo_id = await db.fetchval("SELECT photo_id FROM camera_event WHERE id = $1", own.event_id)
    taken = await tell(other, seen("1", now, pictures=(), photo_ids=(photo_id,)), now)
    kept = await tell(one, seen("2", now, kind="water", pictures=(), photo_ids=(photo_id,)), now)

    shown = await db.fetch("SELECT id, photo_id FROM camera_event ORDER BY id")
    assert {row["id"]: row["photo_id"] for row in shown} == {
        own.event_id: photo_id,
        taken.event_id: None,
        kept.event_id: photo_id,
    }
