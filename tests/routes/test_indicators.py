"""Pages and API of indicators: who reads which figures, what is behind them, and a town's own definitions."""

import httpx
import pytest

from backend.accounts.structs import Role
from backend.committees.patrols import proving
from backend.indicators.measures import CODES
from backend.indicators.measures.percentiles import PERCENTILES
from backend.indicators.registry import service as registry
from backend.web.i18n import catalogue
from tests.makers.accounts import bearer, make_staff
from tests.makers.indicators import count_what_happened
from tests.makers.orders import make_closed, make_order
from tests.makers.patrols import Beat, make_claimed, proof_at
from tests.makers.town import COMMITTEE, TOWN, SmallTown, make_town

HTML = {"accept": "text/html"}
DAYS = "first=2021-07-01&last=2021-07-31"
FAR = "310104003"
OWN = {
    "code": "parking_share",
    "area_code": TOWN,
    "name_zh": "停车占比",
    "name_en": "Share of parking",
    "numerator": "closed[item=A1]",
    "denominator": "closed",
    "unit": "share",
    "direction": "neutral",
}


@pytest.fixture
async def town(client: httpx.AsyncClient, now) -> SmallTown:
    """One order closed and one open, counted."""
    made = await make_town(now)
    await make_closed(made, now)
    await make_order(made, now)
    await count_what_happened()
    return made


@pytest.fixture
async def desk() -> dict[str, str]:
    return HTML | bearer(await make_staff(Role.DISPATCHER, area=TOWN))


async def test_a_reader_is_shown_figures_with_their_n_and_the_orders_behind_them(client, town, desk):
    listed = await client.get(f"/indicators?{DAYS}", headers=desk)
    one = await client.get(f"/indicators/filing_rate?{DAYS}", headers=desk)
    orders = await client.get(f"/indicators/closed_on_time_rate/orders?{DAYS}&part=denominator", headers=desk)

    assert listed.status_code == one.status_code == orders.status_code == 200
    assert "100.0%" in one.text and "n = 2" in one.text and "<svg" in one.text
    assert '<dt class="expression">filed</dt><dd>立案数</dd>' in one.text
    assert orders.text.count('href="/o/') == 1


async def test_an_indicator_is_found_by_a_word_and_by_its_family(client, town, desk):
    by_word = await client.get(f"/indicators?q=返工率&{DAYS}", headers=desk)
    by_family = await client.get(f"/indicators?family=filing_rate&{DAYS}", headers=desk)
    nothing = await client.get(f"/indicators?q=不存在的&{DAYS}", headers=desk)

    assert "返工率·停放秩序" in by_word.text
    assert "filing_rate.hotline" in by_family.text and "rework_rate" not in by_family.text
    assert catalogue.say("zh", "indicators.none") in nothing.text


async def test_figures_come_as_a_file(client, town, desk):
    by_area = await client.get(f"/indicators/closed_orders/table.csv?{DAYS}", headers=desk)
    by_day = await client.get(f"/indicators/closed_orders/table.csv?{DAYS}&by=day", headers=desk)

    assert [line.split(",")[0] for line in by_area.text.splitlines()[1:]] == [TOWN, COMMITTEE]
    assert len(by_day.text.splitlines()) == 32
    assert "2021-07-18,2021-07-18,1,–,1" in by_day.text


async def test_figures_over_the_wire(client, town, desk):
    answer = await client.get(
        f"/api/v1/indicators/figures?codes=filing_rate,closed_orders&area={COMMITTEE}&{DAYS}", headers=desk
    )
    by_item = await client.get(f"/api/v1/indicators/figures?codes=closed_orders&grain=item&{DAYS}", headers=desk)

    assert answer.json()["items"] == [
        {"code": "filing_rate", "subject": COMMITTEE, "numerator": 2.0, "denominator": 2.0, "value": 1.0, "n": 2},
        {"code": "closed_orders", "subject": COMMITTEE, "numerator": 1.0, "denominator": None, "value": 1.0, "n": 1},
    ]
    assert [each["subject"] for each in by_item.json()["items"]] == ["A101"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/indicators?area={FAR}", 403),
        (f"/indicators/filing_rate?area={FAR}&{DAYS}", 403),
        (f"/indicators/filing_rate/orders?area={FAR}", 403),
        (f"/api/v1/indicators/figures?codes=filing_rate&area={FAR}", 403),
        ("/api/v1/indicators/figures?codes=filing_rate&grain=person", 403),
        ("/indicators?area=31011510500%00", 403),
        ("/indicators/nonsense", 404),
        ("/indicators/%00", 404),
        ("/api/v1/indicators/figures?codes=filing_rate,nonsense", 404),
        ("/indicators/filing_rate?first=0001-01-01&last=9999-12-31", 400),
        ("/indicators?first=2026-02-30", 400),
        ("/indicators?first=2026-03-01&last=2026-02-01", 400),
        ("/indicators?first=20260301%00", 400),
        ("/api/v1/indicators/figures?codes=filing_rate&first=x", 400),
        ("/indicators/filing_rate/orders?before=99999999999999999999&part=x", 200),
        ("/indicators?q=%00%F0%9F%98%80" + "x" * 500, 200),
    ],
)
async def test_what_is_not_the_readers_or_cannot_be_read_is_refused_in_words(client, town, desk, path, status):
    answer = await client.get(path, headers=desk)

    assert answer.status_code == status, answer.text[:300]


async def test_who_does_not_read_the_desk_reads_no_indicators(client, town):
    handler = HTML | bearer(town.handlers[0])

    assert (await client.get("/indicators", headers=handler)).status_code == 403
    assert (await client.get("/indicators", headers=HTML)).status_code in (302, 303, 401)


async def test_a_town_makes_an_indicator_changes_and_retires_it(client, town, desk):
    made = await client.post("/own-indicators", data=OWN, headers=desk)
    first = await client.get(f"/indicators/parking_share?{DAYS}", headers=desk)
    same = await client.post("/own-indicators", data=OWN, headers=desk)
    changed = await client.post("/own-indicators", data=OWN | {"numerator": "closed[item=B|C]"}, headers=desk)
    second = await client.get(f"/indicators/parking_share?{DAYS}", headers=desk)
    retired = await client.post("/own-indicators/parking_share/retire", headers=desk)
    listed = await client.get("/api/v1/indicators?q=parking_share", headers=desk)

    assert made.status_code == changed.status_code == retired.status_code == 303
    assert "100.0%" in first.text
    assert same.status_code == 409
    assert "closed[item=B|C]" in second.text and "closed[item=A1]" in second.text and "0.0%" in second.text
    assert listed.json()["items"] == []


@pytest.mark.parametrize(
    ("changes", "status", "said"),
    [
        ({"numerator": "clsed[item=A1]"}, 422, "第 1 个字符"),
        ({"denominator": "closed +"}, 422, "第 9 个字符"),
        ({"numerator": "closed[item=Z9]"}, 422, "Z9"),
        ({"denominator": ""}, 400, ""),
        ({"unit": "count"}, 400, ""),
        ({"code": "filing_rate"}, 409, ""),
        ({"code": "A B"}, 400, ""),
        ({"area_code": FAR}, 403, ""),
        ({"name_zh": "长" * 61}, 400, ""),
        ({"numerator": "\x00"}, 422, ""),
    ],
    ids=str,
)
async def test_a_wrong_definition_comes_back_with_the_reason_and_what_was_typed(
    client, town, desk, changes, status, said
):
    answer = await client.post("/own-indicators", data=OWN | changes, headers=desk)

    assert answer.status_code == status, answer.text[:500]
    assert said in answer.text
    assert 'value="Share of parking"' in answer.text


async def test_a_town_sees_and_changes_no_other_towns_definitions(client, town, desk):
    await client.post("/own-indicators", data=OWN, headers=desk)
    far = HTML | bearer(await make_staff(Role.DISPATCHER, area=FAR))

    assert (await client.get("/indicators/parking_share", headers=far)).status_code == 404
    assert (await client.get("/own-indicators?code=parking_share", headers=far)).status_code == 404
    assert (await client.get("/api/v1/indicators/figures?codes=parking_share", headers=far)).status_code == 404
    assert (await client.post("/own-indicators/parking_share/retire", headers=far)).status_code == 403
    assert (await client.post("/own-indicators", data=OWN | {"area_code": FAR}, headers=far)).status_code == 409


async def test_the_form_lists_every_measure(client, town, desk):
    shown = await client.get("/own-indicators", headers=desk)

    assert all(f">{code}<" in shown.text for code in (*CODES, *PERCENTILES))


async def test_a_percentile_is_shown_with_its_cases_and_the_orders_behind_it(client, town, desk):
    one = await client.get(f"/indicators/handling_time_median?{DAYS}", headers=desk)
    behind = await client.get(f"/indicators/handling_time_median/orders?{DAYS}", headers=desk)
    own = OWN | {"code": "slow_parking", "numerator": "handling_p90[item=A1]", "denominator": "", "unit": "minutes"}
    made = await client.post("/own-indicators", data=own, headers=desk)
    shown = await client.get(f"/indicators/slow_parking?{DAYS}", headers=desk)

    assert "n = 1" in one.text and behind.text.count('href="/o/') == 1
    assert made.status_code == 303 and "n = 1" in shown.text


@pytest.fixture
async def patrolled(client, town, now) -> Beat:
    beat = await make_claimed(now)
    await proving.prove(beat.task_id, 1, proof_at(1), beat.volunteer, now)
    await count_what_happened()
    return beat


async def test_patrols_behind_a_figure_are_named_to_those_who_may_see_them(client, patrolled, desk):
    path = f"/indicators/patrol_attendance_rate/orders?{DAYS}"
    for_desk = await client.get(path, headers=desk)
    committee = HTML | bearer(await make_staff(Role.COMMITTEE, area=COMMITTEE))
    for_committee = await client.get(path, headers=committee)

    assert "消防通道一线" not in for_desk.text and f">{patrolled.task_id}<" in for_desk.text
    assert "消防通道一线" in for_committee.text and f'href="/patrols/{patrolled.task_id}"' in for_committee.text


async def test_an_area_has_so_many_indicators_and_each_so_many_versions(client, town, desk, monkeypatch):
    monkeypatch.setattr(registry, "INDICATORS_MOST", 1)
    monkeypatch.setattr(registry, "VERSIONS_MOST", 2)
    await client.post("/own-indicators", data=OWN, headers=desk)

    another = await client.post("/own-indicators", data=OWN | {"code": "another_one"}, headers=desk)
    second = await client.post("/own-indicators", data=OWN | {"denominator": "filed"}, headers=desk)
    third = await client.post("/own-indicators", data=OWN | {"denominator": "due"}, headers=desk)
    await client.post("/own-indicators/parking_share/retire", headers=desk)
    in_its_place = await client.post("/own-indicators", data=OWN | {"code": "another_one"}, headers=desk)

    assert (another.status_code, "最多同时有 1 项" in another.text) == (409, True)
    assert second.status_code == in_its_place.status_code == 303
    assert (third.status_code, "最多 2 个版本" in third.text) == (409, True)
