"""到场 on a real database: what is kept of an arrival, what lowers its grade, and what an appeal does."""

from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from backend import db
from backend.geo.points import Datum, Fix, FixSource
from backend.orders import reads
from backend.orders import verbs as orders
from backend.orders.arrivals.errors import (
    AppealReasonMissing,
    CapturedTooEarly,
    CapturedTooLongAgo,
    TooFarAway,
    WrongCode,
)
from backend.orders.arrivals.grades import ArrivalDoubt, ArrivalGrade, Method
from backend.orders.arrivals.sightings import get_accepted_at
from backend.orders.model.errors import EvidenceMissing, MoveForbidden
from backend.orders.model.inputs import Appeal, CheckInInput, Verify
from backend.orders.transitions.transition import TransitionContext
from media.errors import PhotosNotUsable
from qr import presence, runtime
from qr.payload import Payload
from tests.makers.orders import make_accepted, make_handled, make_order, make_photos, state_of
from tests.makers.town import DEMO_SECRET, DOOR, FAR_AWAY, make_town

pytestmark = pytest.mark.usefixtures("database", "photo_room", "code_runtime")
NEAR = Fix(lng=DOOR.lng + 0.0003, lat=DOOR.lat, accuracy_m=8)
FAR = Fix(lng=FAR_AWAY.lng, lat=FAR_AWAY.lat, accuracy_m=8)


@pytest.fixture
async def code_runtime():
    async with runtime.start(DEMO_SECRET, "", Payload("https://yima.example")):
        yield


def nonce_of(town, at):
    """What the server gives with a scan of the town's code."""
    return presence.issue(runtime.current_runtime().presence_key, town.code, at)


async def check_in(town, order_id, now, said, *, captured_at=None):
    await orders.check_in(order_id, said, TransitionContext(actor=town.handlers[0], now=now, captured_at=captured_at))
    return await db.fetchrow("SELECT * FROM check_in WHERE order_id = $1 ORDER BY id DESC LIMIT 1", order_id)


async def seen_by(actor, order_id, now):
    steps = (await reads.get_order(order_id, actor, now)).steps
    return next(step.arrival for step in reversed(steps) if step.move == "check_in")


async def make_appeal(town, *, reason="地库没有信号", photos=1):
    return Appeal(reason=reason, photo_ids=await make_photos(town.handlers[0], photos))


async def test_a_code_just_scanned_is_the_stronger_proof(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)

    kept = await check_in(town, order_id, now, CheckInInput(code=town.code, nonce=nonce_of(town, now), point=NEAR))

    assert (kept["method"], kept["grade"], kept["doubts"]) == ("code", "strong", [])
    assert kept["raw_lng"] == NEAR.lng


async def test_a_position_within_the_radius_is_fair(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)

    kept = await check_in(town, order_id, now, CheckInInput(point=NEAR))

    assert (kept["method"], kept["grade"], kept["doubts"]) == ("gps", "fair", [])


async def test_the_fix_is_kept_as_the_phone_gave_it_and_the_step_in_wgs84(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    said = Fix(
        lng=121.557955, lat=31.176415, accuracy_m=5, datum=Datum.GCJ02, source=FixSource.WECHAT, age_s=30, is_mock=False
    )

    kept = await check_in(town, order_id, now, CheckInInput(point=said))

    raw = ("raw_lng", "raw_lat", "raw_datum", "accuracy_m", "source", "age_s", "is_mock")
    assert tuple(kept[name] for name in raw) == (121.557955, 31.176415, "gcj02", 5, "wechat", 30, False)
    assert kept["fixed_at"] == now - timedelta(seconds=30)
    away = await db.fetchval(
        "SELECT ST_Distance(point, ST_MakePoint($2, $3)::geography) FROM order_step WHERE id = $1",
        *(kept["step_id"], DOOR.lng, DOOR.lat),
    )
    assert away < 1


async def test_an_old_client_that_says_less_is_served_as_before(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)

    kept = await check_in(town, order_id, now, CheckInInput(point=Fix(lng=DOOR.lng, lat=DOOR.lat)))

    assert (kept["grade"], kept["doubts"]) == ("weak", ["vague"])
    assert (kept["source"], kept["age_s"], kept["is_mock"]) == (None, None, None)
    assert await state_of(order_id) == "on_site"


async def test_a_handler_who_was_elsewhere_a_minute_ago_is_let_in_with_a_doubt(now):
    town = await make_town(now)
    first, second = await make_accepted(town, now), await make_accepted(town, now)
    elsewhere = CheckInInput(point=FAR, appeal=await make_appeal(town))
    await check_in(town, first, now, elsewhere)

    kept = await check_in(town, second, now + timedelta(minutes=1), CheckInInput(point=NEAR))

    assert (kept["grade"], kept["doubts"]) == ("weak", ["impossible_speed"])
    assert await state_of(second) == "on_site"


async def test_the_time_between_two_arrivals_is_that_of_their_capture(now):
    """Both are sent in one minute, but made an hour apart: nobody was fast."""
    town = await make_town(now)
    first, second = await make_accepted(town, now), await make_accepted(town, now)
    sent = now + timedelta(hours=2)
    elsewhere = CheckInInput(point=FAR, appeal=await make_appeal(town))
    await check_in(town, first, sent, elsewhere, captured_at=now + timedelta(hours=1))

    kept = await check_in(town, second, sent, CheckInInput(point=NEAR), captured_at=sent)

    assert kept["doubts"] == []


@pytest.mark.parametrize(("whose", "doubts"), [(0, ["impossible_speed"]), (1, [])], ids=["own", "somebody else's"])
async def test_a_step_of_any_order_says_where_its_maker_was_and_nobody_else(now, whose, doubts):
    town = await make_town(now)
    order_id, other_id = await make_accepted(town, now), await make_accepted(town, now)
    await db.execute(
        "INSERT INTO order_step (order_id, move, from_state, to_state, actor_id, actor_role, at, captured_at, point)"
        " VALUES ($1, 'urge', 'accepted', 'accepted', $2, 'handler', $3, $4, ST_MakePoint($5, $6)::geography)",
        *(other_id, town.handlers[whose].account_id, now, now - timedelta(minutes=1), FAR_AWAY.lng, FAR_AWAY.lat),
    )

    kept = await check_in(town, order_id, now, CheckInInput(point=NEAR))

    assert kept["doubts"] == doubts


async def test_an_offline_check_in_counts_from_its_capture_and_is_marked(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    made, sent = now + timedelta(minutes=4), now + timedelta(hours=1)

    kept = await check_in(town, order_id, sent, CheckInInput(point=NEAR), captured_at=made)

    step = await db.fetchrow("SELECT at, captured_at FROM order_step WHERE id = $1", kept["step_id"])
    assert (kept["grade"], kept["doubts"], kept["fixed_at"]) == ("weak", ["offline"], made)
    assert await db.fetchval("SELECT arrived_at FROM work_order WHERE id = $1", order_id) == made
    assert (step["at"], step["captured_at"]) == (sent, made)
    assert (await seen_by(town.verifier, order_id, sent)).arrived_at == made


async def test_a_code_scanned_before_the_network_went_is_fresh_as_of_its_capture(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    nonce = nonce_of(town, now + timedelta(minutes=1))
    scanned = CheckInInput(code=town.code, nonce=nonce)

    kept = await check_in(town, order_id, now + timedelta(hours=5), scanned, captured_at=now + timedelta(minutes=4))

    assert kept["doubts"] == ["offline"]


async def test_a_check_in_from_before_the_order_was_accepted_is_refused(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)

    with pytest.raises(CapturedTooEarly):
        await check_in(
            town, order_id, now + timedelta(hours=1), CheckInInput(point=NEAR), captured_at=now - timedelta(minutes=3)
        )

    assert await state_of(order_id) == "accepted"


async def test_after_rework_the_first_rounds_arrival_does_not_count_again(now):
    town = await make_town(now)
    order_id = await make_handled(town, now)
    sent_back = now + timedelta(hours=1)
    await orders.verify(
        order_id, Verify(result="fail", note="没好"), TransitionContext(actor=town.verifier, now=sent_back)
    )

    with pytest.raises(CapturedTooEarly):
        await check_in(
            town,
            order_id,
            sent_back + timedelta(hours=1),
            CheckInInput(point=NEAR),
            captured_at=now + timedelta(minutes=5),
        )

    assert await get_accepted_at(order_id) == sent_back


async def test_a_check_in_of_two_days_ago_is_refused(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)

    with pytest.raises(CapturedTooLongAgo):
        await check_in(
            town, order_id, now + timedelta(days=2), CheckInInput(point=NEAR), captured_at=now + timedelta(hours=1)
        )


@pytest.mark.parametrize("ahead", [timedelta(minutes=5), datetime.max.replace(tzinfo=UTC) - datetime.now(UTC)])
async def test_a_phone_whose_clock_runs_ahead_is_taken_at_the_servers_time(now, ahead):
    town = await make_town(now)
    order_id = await make_accepted(town, now)

    kept = await check_in(town, order_id, now, CheckInInput(point=NEAR), captured_at=now + ahead)

    assert (kept["grade"], kept["doubts"]) == ("weak", ["clock_wrong"])
    assert await db.fetchval("SELECT arrived_at FROM work_order WHERE id = $1", order_id) == now


async def test_of_two_offline_check_ins_the_second_is_told_of_the_first(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    sent = now + timedelta(hours=1)
    await check_in(town, order_id, sent, CheckInInput(point=NEAR), captured_at=now + timedelta(minutes=4))

    with pytest.raises(MoveForbidden):
        await check_in(town, order_id, sent, CheckInInput(point=NEAR), captured_at=now + timedelta(minutes=3))


async def test_a_code_scanned_far_from_its_plate_is_taken_with_a_doubt(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)

    kept = await check_in(town, order_id, now, CheckInInput(code=town.code, nonce=nonce_of(town, now), point=FAR))

    assert (kept["method"], kept["grade"], kept["doubts"]) == ("code", "weak", ["code_elsewhere"])
    assert kept["distance_m"] > 10_000


async def test_an_appeal_lets_in_with_its_photo_and_the_distance(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)

    kept = await check_in(town, order_id, now, CheckInInput(point=FAR, appeal=await make_appeal(town)))

    seen = await seen_by(town.verifier, order_id, now)
    photos = (await reads.get_order(order_id, town.verifier, now)).photos
    assert await state_of(order_id) == "on_site"
    assert (seen.method, seen.grade, seen.appeal_reason) == (Method.APPEAL, ArrivalGrade.APPEALED, "地库没有信号")
    assert seen.distance_m == kept["distance_m"] > 10_000
    assert [photo.step_id for photo in photos if photo.role == "arrival"] == [kept["step_id"]]


async def test_an_appeal_without_any_position_stands_by_its_photo(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)

    kept = await check_in(town, order_id, now, CheckInInput(appeal=await make_appeal(town)))

    assert (kept["grade"], kept["distance_m"], kept["raw_lng"]) == ("appealed", None, None)


async def test_an_appeal_that_was_not_needed_changes_nothing_but_its_photos_stay(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)

    kept = await check_in(town, order_id, now, CheckInInput(point=NEAR, appeal=await make_appeal(town)))

    photos = (await reads.get_order(order_id, town.verifier, now)).photos
    assert (kept["method"], kept["grade"], kept["appeal_reason"]) == ("gps", "fair", None)
    assert [photo.role for photo in photos if photo.step_id == kept["step_id"]] == ["arrival"]
    assert await db.fetchval("SELECT count(*) FROM event_log WHERE name = 'ArrivalAppealed'") == 0


@pytest.mark.parametrize(
    ("reason", "photos", "error"),
    [("地库", 0, EvidenceMissing), ("", 1, AppealReasonMissing), (" ", 1, AppealReasonMissing)],
)
async def test_an_appeal_needs_a_reason_and_a_photo(now, reason, photos, error):
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    appeal = await make_appeal(town, reason=reason, photos=photos)

    with pytest.raises(error):
        await check_in(town, order_id, now, CheckInInput(point=FAR, appeal=appeal))

    assert await state_of(order_id) == "accepted"


async def test_somebody_elses_photo_is_no_appeal_and_nothing_is_half_done(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    appeal = Appeal(reason="地库", photo_ids=await make_photos(town.resident))

    with pytest.raises(PhotosNotUsable):
        await check_in(town, order_id, now, CheckInInput(point=FAR, appeal=appeal))

    assert await state_of(order_id) == "accepted"
    assert await db.fetchval("SELECT count(*) FROM check_in") == 0


async def test_an_appeal_does_not_make_a_wrong_code_right(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    await db.execute("UPDATE work_order SET place_id = NULL WHERE id = $1", order_id)

    with pytest.raises(WrongCode):
        await check_in(town, order_id, now, CheckInInput(code=town.code, appeal=await make_appeal(town)))


async def test_without_an_appeal_far_away_stays_refused(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)

    with pytest.raises(TooFarAway):
        await check_in(town, order_id, now, CheckInInput(point=FAR))


async def test_the_reporter_hears_nothing_of_an_appeal(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    await check_in(town, order_id, now, CheckInInput(point=FAR, appeal=await make_appeal(town)))

    told = await reads.get_order(order_id, town.resident, now)

    assert [(step.arrival, step.method, step.distance_m) for step in told.steps] == [(None, None, None)] * len(
        told.steps
    )
    assert [photo.role for photo in told.photos] == ["report"]


async def test_an_arrival_from_before_grades_is_shown_without_one(now):
    """What the code before this version writes is still taken, and read."""
    town = await make_town(now)
    order_id = (await make_order(town, now)).receipt.order_id
    step_id = await db.fetchval("SELECT id FROM order_step WHERE order_id = $1", order_id)

    await db.execute(
        "INSERT INTO check_in (step_id, order_id, account_id, method, distance_m, accuracy_m, radius_m, qr_code)"
        " VALUES ($1, $2, $3, 'gps', 12, 8, 80, NULL)",
        *(step_id, order_id, town.handlers[0].account_id),
    )

    kept = await db.fetchrow("SELECT grade, doubts FROM check_in WHERE order_id = $1", order_id)
    steps = (await reads.get_order(order_id, town.verifier, now)).steps
    assert (kept["grade"], kept["doubts"]) == (None, [])
    assert [step.arrival for step in steps] == [None]


@pytest.mark.parametrize(
    ("change", "check"),
    [
        ("doubts = '{lucky}'", "check_in_doubts_known"),
        ("grade = 'strong'", "check_in_strong_by_code"),
        ("grade = 'appealed'", "check_in_appeal_graded"),
        ("method = 'appeal', grade = 'appealed'", "check_in_method_proved"),
        ("raw_lat = NULL", "check_in_fix_whole"),
        ("raw_lng = 'NaN'", "check_in_fix_on_globe"),
        ("raw_datum = 'mars'", "check_in_datum_known"),
        ("source = 'stars'", "check_in_source_known"),
        ("age_s = -1", "check_in_age_of_a_day"),
    ],
)
async def test_the_database_keeps_no_arrival_that_makes_no_sense(now, change, check):
    town = await make_town(now)
    await check_in(town, await make_accepted(town, now), now, CheckInInput(point=NEAR))

    with pytest.raises(asyncpg.CheckViolationError, match=check):
        await db.execute(f"UPDATE check_in SET {change}")


async def test_every_doubt_can_be_stored(now):
    town = await make_town(now)
    await check_in(town, await make_accepted(town, now), now, CheckInInput(point=NEAR))

    await db.execute("UPDATE check_in SET grade = 'weak', doubts = $1", [doubt.value for doubt in ArrivalDoubt])

    assert await db.fetchval("SELECT cardinality(doubts) FROM check_in") == len(ArrivalDoubt)
