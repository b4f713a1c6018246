"""Evidence before done: photos through the gate, with what a camera writes, held against a real order."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from msgspec import json

from backend import db
from backend.accounts.structs import Role
from backend.geo.lonlat import LonLat
from backend.orders import reads
from backend.orders import verbs as orders
from backend.orders.model.inputs import CheckInInput, Finish, SelfHandled, Verify
from backend.orders.transitions.transition import TransitionContext
from backend.orders.verifying.errors import EvidenceNotSound
from backend.reports import service as reports
from backend.reports.structs import Submission
from bench.parts.outside import PHONE_PHOTOS
from media import service as media
from media.errors import PhotosNotUsable
from tests.makers.orders import BASE_URL, make_arrived, make_order, make_photos, state_of
from tests.makers.photos import camera_exif, make_photo
from tests.makers.refusals import en, zh
from tests.makers.town import DOOR, TOWN, SmallTown, make_actor, make_town

pytestmark = pytest.mark.usefixtures("database", "photo_room")
TEN_MINUTES = timedelta(minutes=10)
ITALY = PHONE_PHOTOS / "DSCN0010.jpg"
MARKET = LonLat(DOOR.lng + 0.01, DOOR.lat)


async def shot(
    town: SmallTown, now: datetime, *, taken_at: datetime | None = None, at: LonLat | None = DOOR, shade: int = 1
) -> UUID:
    """A photo of the handler's, sent ten minutes after `now`, taken just then and there unless said otherwise."""
    sent_at = now + TEN_MINUTES
    exif = camera_exif(taken_at or sent_at, at=at, accuracy_m=6)
    return (await make_photo(town.handlers[0].account_id, shade=shade, now=sent_at, exif=exif)).id


async def finish(town: SmallTown, order_id: int, now: datetime, after: list[UUID], before: UUID | None = None) -> None:
    (other,) = await make_photos(town.handlers[0])
    evidence = Finish(photo_ids=after, before_photo_ids=[before or other])
    await orders.finish(order_id, evidence, TransitionContext(actor=town.handlers[0], now=now + TEN_MINUTES))


async def refusal(town: SmallTown, order_id: int, now: datetime, after: list[UUID], before: UUID | None = None):
    with pytest.raises(EvidenceNotSound) as refused:
        await finish(town, order_id, now, after, before)
    return refused.value


async def test_a_photo_taken_here_and_now_is_sound_and_says_so_to_the_verifier(now):
    town = await make_town(now)
    order_id = await make_arrived(town, now)
    photo_id = await shot(town, now)

    await finish(town, order_id, now, [photo_id])

    order = await reads.get_order(order_id, town.verifier, now)
    (after,) = [photo for photo in order.photos if photo.role == "after"]
    assert after.proof is not None
    assert (after.proof.verdict, after.proof.captured_at) == ("sound", now + TEN_MINUTES)
    assert after.proof.distance_m == pytest.approx(0, abs=1)


async def test_a_photo_from_before_the_check_in_is_named_and_nothing_is_half_done(now):
    town = await make_town(now)
    order_id = await make_arrived(town, now)
    good, old = await shot(town, now), await shot(town, now, taken_at=now - timedelta(hours=3), shade=2)

    refused = await refusal(town, order_id, now, [good, old])

    (told,) = refused.extra["photos"]
    assert (told["photo_id"], told["number"], told["reason"]) == (old, 2, "older_than_check_in")
    assert (told["captured_at"], told["since"]) == (now - timedelta(hours=3), now)
    assert zh(refused) == ("第 2 张处置后照片拍摄于 07-18 05:52,早于到场打卡(07-18 08:52)。请去掉后在现场重新拍照")
    assert "After photo 2 was taken at 07-18 05:52, before the check-in" in en(refused)
    assert await state_of(order_id) == "on_site"
    await finish(town, order_id, now, [good])
    assert await state_of(order_id) == "handled"


async def test_a_photo_from_another_street_is_refused_with_the_distance(now):
    town = await make_town(now)
    order_id = await make_arrived(town, now)

    refused = await refusal(town, order_id, now, [await shot(town, now, at=MARKET)])

    assert refused.extra["photos"][0]["reason"] == "taken_elsewhere"
    assert refused.extra["photos"][0]["distance_m"] == pytest.approx(953.3, abs=1)
    assert "953 米" in zh(refused)


@pytest.mark.outside_data
@pytest.mark.skipif(not ITALY.is_file(), reason=f"no {ITALY} (YIMA_DATA names another folder)")
async def test_a_real_camera_s_old_photo_from_abroad_is_refused(now):
    town = await make_town(now)
    order_id = await make_arrived(town, now)
    handler, sent_at = town.handlers[0].account_id, now + TEN_MINUTES
    received = await media.receive(handler, ITALY.read_bytes(), idempotency_key=None, now=sent_at)

    refused = await refusal(town, order_id, now, [received.photo.id])

    assert refused.extra["photos"][0]["reason"] == "older_than_check_in"
    assert refused.extra["photos"][0]["captured_at"].year == 2008


async def test_the_before_photo_sent_again_is_refused_also_when_it_was_made_anew(now):
    town = await make_town(now)
    order_id = await make_arrived(town, now)
    before = await shot(town, now, shade=3)
    exif = camera_exif(now + TEN_MINUTES, at=DOOR)
    again = (await make_photo(town.handlers[0].account_id, shade=3, now=now + TEN_MINUTES, exif=exif, quality=40)).id

    refused = await refusal(town, order_id, now, [again], before)

    (told,) = refused.extra["photos"]
    assert (told["reason"], told["like_photo_id"], told["like_role"]) == ("same_as_before", before, "before")


async def test_the_reporter_s_own_photo_is_no_proof_of_the_work(now):
    town = await make_town(now)
    reported = await make_photo(town.resident.account_id, shade=4, now=now)
    order_id = await make_arrived(town, now, photo_ids=[reported.id])
    forwarded = (await make_photo(town.handlers[0].account_id, shade=4, now=now + TEN_MINUTES)).id

    refused = await refusal(town, order_id, now, [forwarded])

    assert refused.extra["photos"][0]["like_role"] == "report"


async def test_the_photo_of_a_fix_that_failed_does_not_prove_the_next_one(now):
    town = await make_town(now)
    order_id = await make_arrived(town, now)
    await finish(town, order_id, now, [await shot(town, now, shade=5)])
    await orders.verify(
        order_id, Verify(result="fail", note="没扫"), TransitionContext(actor=town.verifier, now=now + TEN_MINUTES)
    )
    await orders.check_in(
        order_id, CheckInInput(code=town.code), TransitionContext(actor=town.handlers[0], now=now + TEN_MINUTES)
    )

    refused = await refusal(town, order_id, now, [await shot(town, now, shade=5)])

    assert refused.extra["photos"][0]["like_role"] == "after"


async def test_a_photo_that_was_here_before_the_check_in_is_older_whatever_it_says(now):
    town = await make_town(now)
    order_id = await make_arrived(town, now)
    early = (await make_photo(town.handlers[0].account_id, shade=6, now=now - timedelta(minutes=1))).id

    refused = await refusal(town, order_id, now, [early])

    assert zh(refused).startswith("第 1 张处置后照片在到场打卡(07-18 08:52)之前已上传")


async def test_a_check_in_that_was_made_without_a_network_counts_from_when_it_was_made(now):
    town = await make_town(now)
    order_id = (await make_order(town, now)).receipt.order_id
    handler, later = town.handlers[0], now + timedelta(minutes=40)
    await orders.accept(order_id, TransitionContext(actor=handler, now=now))
    await orders.check_in(
        order_id, CheckInInput(code=town.code), TransitionContext(actor=handler, now=later, captured_at=now)
    )

    await finish(town, order_id, now, [await shot(town, now)])

    assert await state_of(order_id) == "handled"


async def test_where_nobody_need_arrive_the_acceptance_counts(now):
    town = await make_town(now)
    await db.execute("UPDATE item SET checkin_required = false WHERE code = 'A101'")
    try:
        order_id = (await make_order(town, now)).receipt.order_id
        await orders.accept(order_id, TransitionContext(actor=town.handlers[0], now=now))

        refused = await refusal(town, order_id, now, [await shot(town, now, taken_at=now - timedelta(hours=1))])

        assert refused.extra["photos"][0]["since_move"] == "accept"
        assert "早于接单" in zh(refused)
    finally:
        await db.execute("UPDATE item SET checkin_required = true WHERE code = 'A101'")


async def test_doubts_are_kept_with_the_step_and_shown_to_staff_alone(now):
    town = await make_town(now)
    order_id = await make_arrived(town, now)
    silent = (await make_photo(town.handlers[0].account_id, shade=7, now=now + TEN_MINUTES)).id

    await finish(town, order_id, now, [silent])

    kept = json.decode(await db.fetchval("SELECT detail::text FROM order_step WHERE move = 'finish'"))
    assert kept["proofs"][0]["doubts"] == ["time_unknown", "place_unknown"]
    seen = {actor: await reads.get_order(order_id, actor, now) for actor in (town.verifier, town.resident)}
    proofs = {actor: [p.proof for p in order.photos if p.role == "after"] for actor, order in seen.items()}
    assert proofs[town.verifier][0].doubts == ["time_unknown", "place_unknown"]
    assert proofs[town.resident] == [None]


async def test_nothing_is_told_of_a_photo_that_is_somebody_else_s(now):
    town = await make_town(now)
    order_id = await make_arrived(town, now)
    foreign = (await make_photo(town.verifier.account_id, shade=8, now=now - timedelta(days=1))).id

    with pytest.raises(PhotosNotUsable):
        await finish(town, order_id, now, [foreign])


async def test_an_inspector_s_own_fix_needs_two_pictures_too(now):
    town = await make_town(now)
    inspector = await make_actor("网格员", Role.INSPECTOR, TOWN)
    seen, before, after = [(await make_photo(inspector.account_id, shade=n, now=now)).id for n in (9, 10, 10)]
    submission = Submission(idempotency_key="client-0001", code=town.code, item="A101", photo_ids=[seen])
    receipt = (await reports.submit(submission, inspector, base_url=BASE_URL, now=now)).receipt

    with pytest.raises(EvidenceNotSound):
        fixed = SelfHandled(before_photo_ids=[before], after_photo_ids=[after])
        await orders.self_handle(receipt.order_id, fixed, TransitionContext(actor=inspector, now=now))

    assert await state_of(receipt.order_id) == "dispatched"
