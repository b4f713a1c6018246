"""What patrols, inspections and findings add to the measures, on which day, and how late word of them changes it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from backend import db
from backend.accounts.structs import Role
from backend.committees.patrols import closing, generating, proving, walking
from backend.committees.patrols.structs import EndWalk
from backend.indicators.counting import noting, recount
from backend.indicators.measures import ActivityKind
from backend.indicators.queries import Period, read_figures
from shops.inspections import rectifying
from shops.inspections.states import FindingMove
from shops.inspections.structs import FindingAct
from tests.makers.indicators import activity, count_what_happened, require_counted_rightly
from tests.makers.inspections import inspect, make_checklist
from tests.makers.orders import make_photos
from tests.makers.patrols import make_beat, make_claimed, proof_at
from tests.makers.shops import make_shop, make_shop_person
from tests.makers.town import COMMITTEE, TOWN, make_actor, make_town
from tests.makers.worker import deliver

NOW = datetime(2026, 11, 27, 4, tzinfo=UTC)
A_DAY = timedelta(days=1)
THAT_DAY, NEXT_DAY = date(2026, 11, 27), date(2026, 11, 28)


@pytest.fixture
async def town(database, photo_room):
    return await make_town(NOW)


async def patrol(beat) -> dict[str, int]:
    """What the beat's task adds, on its day alone."""
    await count_what_happened()
    found = await activity(ActivityKind.PATROL, beat.task_id)
    assert set(found) == {beat.due_on}
    return found[beat.due_on]


async def test_a_patrol_is_planned_then_attended_then_ended_all_on_its_day(town):
    beat = await make_beat(NOW)
    stops = len(beat.places)
    assert await patrol(beat) == {"patrols": 1, "patrol_stops": stops}

    await walking.claim(beat.task_id, beat.volunteer, NOW)
    await proving.prove(beat.task_id, 1, proof_at(1), beat.volunteer, NOW)
    went = {"patrols": 1, "patrol_stops": stops, "patrols_attended": 1}
    assert await patrol(beat) == {**went, "patrol_stops_proved": 1, "patrol_stops_over": 1}

    await walking.finish(beat.task_id, EndWalk(), beat.volunteer, NOW + timedelta(minutes=25))
    ended = {"patrols_finished": 1, "patrol_stops_proved": 1, "patrol_stops_over": stops, "patrol_minutes": 25}
    assert await patrol(beat) == {**went, **ended}
    await require_counted_rightly()


async def test_a_stop_that_a_phone_sends_after_the_night_is_missed_no_longer_and_counts_on_the_day_of_its_patrol(town):
    beat = await make_claimed(NOW)
    await closing.close_past(NOW + A_DAY)
    missed = await patrol(beat)
    for seq in range(1, len(beat.places) + 1):
        await proving.prove(
            beat.task_id, seq, proof_at(seq, captured_at=NOW + timedelta(minutes=seq)), beat.volunteer, NOW + A_DAY
        )

    assert "patrols_attended" not in missed and missed["patrol_stops_over"] == len(beat.places)
    assert (await patrol(beat))["patrols_complete"] == 1
    await require_counted_rightly()


async def test_planning_is_heard_of_by_the_wiring_of_the_product(town):
    beat = await make_beat(NOW)
    await deliver()

    assert beat.task_id in await noting.list_noted_activities(ActivityKind.PATROL)
    assert await generating.generate(beat.due_on) == 0


class Shop:
    """A shop with its owner, an inspector, another one, and a panel."""


@pytest.fixture
async def shop(town):
    here = Shop()
    here.id = await make_shop(area_code=COMMITTEE)
    here.owner = await make_actor("店主", Role.SHOP_OWNER, COMMITTEE)
    await make_shop_person(here.id, here.owner.account_id)
    await db.execute("UPDATE shop_person SET since = $1", NOW - A_DAY)
    here.inspector = await make_actor("检查员", Role.INSPECTOR, TOWN)
    here.second = await make_actor("复查员", Role.INSPECTOR, TOWN)
    here.panel = await make_actor("评审", Role.VERIFIER, TOWN)
    here.checklist = await make_checklist(NOW)
    return here


async def inspected(shop, points=(1,)):
    made, _ = await inspect(shop.id, shop.inspector, shop.checklist, NOW, points=points, key=f"inspection {points}")
    return made


async def act(finding_id, move, actor, now, *, photos=False, **said):
    photo_ids = list(await make_photos(actor)) if photos else []
    await rectifying.make_move(finding_id, FindingMove(move), FindingAct(photo_ids=photo_ids, **said), actor, now=now)


async def test_an_inspection_counts_with_its_score_whether_anything_was_found_or_not(shop):
    clean, one = await inspected(shop, ()), await inspected(shop)
    await count_what_happened()

    assert await activity(ActivityKind.INSPECTION, clean.id) == {
        THAT_DAY: {"inspections": 1, "inspections_clean": 1, "inspection_score": 100}
    }
    assert await activity(ActivityKind.INSPECTION, one.id) == {
        THAT_DAY: {"inspections": 1, "inspection_score": one.score}
    }


async def test_a_finding_is_due_on_its_day_and_put_right_in_time_or_not(shop):
    (finding_id,) = (await inspected(shop)).finding_ids
    due_on = await db.fetchval("SELECT (due_at AT TIME ZONE 'Asia/Shanghai')::date FROM inspection_finding")
    await count_what_happened()
    found = await activity(ActivityKind.FINDING, finding_id)
    await act(finding_id, "answer", shop.owner, NOW + timedelta(minutes=30), photos=True)
    await act(finding_id, "pass", shop.second, NOW + timedelta(minutes=90))
    await count_what_happened()

    fixed = await activity(ActivityKind.FINDING, finding_id)

    assert found[THAT_DAY]["findings"] == 1 and found[due_on]["rectify_due"] == 1
    assert "rectified_in_time" not in found[due_on]
    assert fixed[due_on]["rectified_in_time"] == 1
    assert (fixed[THAT_DAY]["findings_fixed"], fixed[THAT_DAY]["fix_minutes"]) == (1, 90)
    await require_counted_rightly()


async def test_a_finding_that_is_struck_out_leaves_its_day_and_its_inspection_clean(shop):
    made = await inspected(shop)
    (finding_id,) = made.finding_ids
    await count_what_happened()
    await act(finding_id, "appeal", shop.owner, NOW, note="不是我店的")
    await count_what_happened()
    waiting = await activity(ActivityKind.FINDING, finding_id)
    await act(finding_id, "strike", shop.panel, NOW + A_DAY, note="撤销")
    await count_what_happened()

    assert not any("rectify_due" in measures for measures in waiting.values())
    assert await activity(ActivityKind.FINDING, finding_id) == {THAT_DAY: {"findings_struck": 1}}
    assert (await activity(ActivityKind.INSPECTION, made.id))[THAT_DAY]["inspections_clean"] == 1
    await require_counted_rightly()


async def test_a_recount_counts_them_all_and_notes_what_was_counted_wrongly(shop):
    beat = await make_claimed(NOW)
    made = await inspected(shop)
    await count_what_happened()
    await recount.recount(NOW)
    await db.execute("UPDATE activity_contribution SET inspection_score = 1 WHERE kind = 'inspection'")
    await db.execute("DELETE FROM activity_contribution WHERE kind = 'patrol'")

    done = await recount.recount(NOW)

    assert (done.activities, done.activity_differences) == (3, 2)
    found = await db.fetch("SELECT kind, subject_id FROM indicator_difference WHERE subject_id IS NOT NULL ORDER BY 1")
    assert [tuple(row) for row in found] == [("inspection", made.id), ("patrol", beat.task_id)]
    await require_counted_rightly()


async def test_what_of_them_is_on_its_way_is_no_difference(shop):
    await recount.recount(NOW)
    await inspected(shop)
    await make_claimed(NOW)

    assert (await recount.recount(NOW)).differences == 0


async def test_their_figures_are_read_like_all_others(shop):
    beat = await make_claimed(NOW)
    await proving.prove(beat.task_id, 1, proof_at(1), beat.volunteer, NOW)
    await inspected(shop)
    await count_what_happened()
    codes = ["patrol_attendance_rate", "shop_inspections", "clean_inspection_rate", "filed_orders"]

    found = await read_figures(codes, [TOWN], Period(THAT_DAY, NEXT_DAY))

    assert [each.value for each in found] == [1.0, 1.0, 0.0, 0.0]
