"""Open311 GeoReport v2 over HTTP: what strangers read, what a source files with its key, what it hears afterwards."""

from collections.abc import Mapping
from datetime import timedelta
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

from backend import clock, db
from backend.geo.points import Fix
from backend.intake.records import deciding
from backend.intake.records.structs import RecordDecision
from backend.intake.sources.structs import SourceKind
from tests.makers.intake import make_credential
from tests.makers.orders import make_closed, make_order, make_photos
from tests.makers.photos import jpeg
from tests.makers.town import DOOR, TOWN, SmallTown, make_town

PATH = "/open311/v2"
STOOD = {"lng": DOOR.lng + 0.0007437, "lat": DOOR.lat + 0.0002871}


class There(NamedTuple):
    town: SmallTown
    key: str
    account_id: int


@pytest.fixture
async def there(client) -> There:
    now = clock.now()
    town = await make_town(now)
    made = await make_credential(now, kind=SourceKind.OPEN311)
    return There(town, f"{made.source.name}.{made.key}", made.source.account_id)


async def get(client, path: str, **query: str) -> list[dict[str, str]]:
    """The rows of an answer, the same in JSON and in XML."""
    answer = await client.get(f"{PATH}/{path}.json", params=query)
    assert answer.status_code == 200, answer.text
    xml = await client.get(f"{PATH}/{path}.xml", params=query)
    assert xml.headers["content-type"] == "text/xml; charset=utf-8"
    rows = answer.json()
    elements = list(ElementTree.fromstring(xml.content))
    assert [[each.tag for each in element] for element in elements] == [list(row) for row in rows]
    return rows


async def refused(client, method: str, path: str, **sent: Mapping[str, str]) -> tuple[int, str]:
    """The status of a refusal and the code of its first error, the same in both formats."""
    answer = await client.request(method, f"{PATH}/{path}.json", **sent)
    xml = await client.request(method, f"{PATH}/{path}.xml", **sent)
    [error] = answer.json()
    assert ElementTree.fromstring(xml.content).findtext("error/code") == error["code"]
    assert xml.status_code == answer.status_code
    assert error["description"]
    return answer.status_code, error["code"]


def form(there: There, **changes: str) -> dict[str, str]:
    at_door = {"lat": str(DOOR.lat), "long": str(DOOR.lng)}
    return {"api_key": there.key, "service_code": "A101", "description": "路口\n三辆车", **at_door, **changes}


async def post(client, there: There, **changes: str) -> dict[str, str]:
    answer = await client.post(f"{PATH}/requests.json", data=form(there, **changes))
    assert answer.status_code == 200, answer.text
    [row] = answer.json()
    return row


async def test_discovery_names_two_endpoints_and_both_formats(client, there):
    said = (await client.get(f"{PATH}/discovery.json")).json()

    assert [each["type"] for each in said["endpoints"]] == ["production", "test"]
    assert said["endpoints"][0]["formats"] == ["text/xml", "application/json"]
    xml = ElementTree.fromstring((await client.get(f"{PATH}/discovery.xml")).content)
    assert xml.findtext("endpoints/endpoint/specification") == "http://wiki.open311.org/GeoReport_v2"
    assert len(xml.findall("endpoints/endpoint/formats/format")) == 4


async def test_services_are_what_residents_may_report_in_the_language_that_is_spoken(client, there):
    rows = {row["service_code"]: row for row in await get(client, "services")}

    assert rows["A101"]["service_name"] == "非机动车乱停放"
    assert rows["A101"]["metadata"] is True
    assert "private" in rows["B302"]["keywords"]
    assert "private" not in rows["A101"]["keywords"]
    assert "D101" not in rows
    english = await client.get(f"{PATH}/services.json", headers={"accept-language": "en"})
    assert english.json()[0]["service_name"].startswith("Badly parked")
    assert await get(client, "services", jurisdiction_id=TOWN)
    assert await refused(client, "GET", "services", params={"jurisdiction_id": "310115999"}) == (404, "404")


async def test_a_definition_lists_its_attributes_in_order(client, there):
    said = (await client.get(f"{PATH}/services/A501.json")).json()

    assert [each["order"] for each in said["attributes"]] == list(range(1, len(said["attributes"]) + 1))
    by_code = {each["code"]: each for each in said["attributes"]}
    assert by_code["PHOTOS"]["variable"] is False
    assert by_code["TRAFFIC"]["required"] is True
    assert {"key": "yard", "name": "小区内"} in by_code["TRAFFIC"]["values"]
    assert by_code["fixmystreet_id"]["automated"] == "server_set"
    xml = ElementTree.fromstring((await client.get(f"{PATH}/services/A501.xml")).content)
    assert [each.findtext("code") for each in xml.findall("attributes/attribute")] == list(by_code)
    assert await refused(client, "GET", "services/Z999") == (404, "404")


async def test_a_request_is_filed_under_the_sources_account_and_read_back_by_it_alone(client, there):
    filed = await post(client, there, first_name="王", phone="13800000000", **{"attribute[AMOUNT]": "some"})

    number = filed["service_request_id"]
    assert "token" not in filed
    order = await db.fetchrow("SELECT opened_by_id, source_kind, description, item_id FROM work_order")
    assert tuple(order) == (there.account_id, "open311", "路口\n三辆车\n大概多少:5到20辆", "A101")
    [own] = await get(client, f"requests/{number}", api_key=there.key)
    assert own["description"].startswith("路口")
    [public] = await get(client, f"requests/{number}")
    assert public["description"] is None
    assert public["status"] == "open"
    assert public["service_code"] == "A101"
    assert public["address"]
    assert public["expected_datetime"].endswith("Z")
    assert [row["service_request_id"] for row in await get(client, "requests")] == [number]


async def test_the_same_request_sent_again_is_the_same_one(client, there):
    first = await post(client, there, client_request_id="fms-7")
    again = await post(client, there, client_request_id="fms-7", description="anders")
    assert again == first
    as_attribute = await post(client, there, **{"attribute[fixmystreet_id]": "fms-7"})
    assert as_attribute == first

    nameless = await post(client, there, description="ohne Nummer")
    assert nameless != first
    assert await post(client, there, description="ohne Nummer") == nameless
    assert await db.fetchval("SELECT count(*) FROM work_order") == 2


async def test_an_address_that_no_machine_finds_gets_a_token_until_a_person_has_decided(client, there):
    where = {"lat": "", "long": "", "address_string": "那个老地方"}
    filed = await post(client, there, **where)

    token = filed["token"]
    assert "service_request_id" not in filed
    assert await refused(client, "GET", f"tokens/{token}") == (404, "404")
    decision = RecordDecision(item_code="A101", place_id=there.town.place_id)
    record_id = await db.fetchval("SELECT id FROM intake_record")
    decided = await deciding.decide(record_id, decision, there.town.dispatcher, clock.now())
    assert await get(client, f"tokens/{token}") == [{"service_request_id": decided.number, "token": token}]


async def test_pictures_go_through_the_gate_and_addresses_of_pictures_stay_words(client, there):
    answer = await client.post(
        f"{PATH}/requests.xml",
        data=form(there) | {"media_url": ["https://fms.example/1.jpg", "http://169.254.169.254/latest"]},
        files=[("media", ("1.jpg", jpeg(), "image/jpeg")), ("photo2", ("2.jpg", jpeg(shade=2), "image/jpeg"))],
    )

    assert answer.status_code == 200, answer.text
    assert await db.fetchval("SELECT count(*) FROM photo WHERE owner_id = $1", there.account_id) == 2
    assert "https://fms.example/1.jpg" in await db.fetchval("SELECT description FROM work_order")
    [public] = await get(client, "requests")
    assert public["media_url"] is None
    [own] = await get(client, "requests", api_key=there.key)
    assert (await client.get(own["media_url"])).status_code == 200
    await db.execute("UPDATE photo SET visibility = 'released'")
    [public] = await get(client, "requests")
    assert public["media_url"].startswith("http")
    wrong = await client.post(f"{PATH}/requests.xml", data=form(there), files={"media": ("x.jpg", b"no picture")})
    assert wrong.status_code == 400


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"api_key": ""}, 403),
        ({"api_key": "nobody.x"}, 403),
        ({"service_code": ""}, 400),
        ({"service_code": "Z9"}, 404),
        ({"service_code": "A501"}, 400),
        ({"service_code": "A501", "attribute[TRAFFIC]": "sky"}, 400),
        ({"lat": "", "long": ""}, 400),
        ({"lat": "121.5", "long": "31.1"}, 400),
        ({"lat": "x"}, 400),
        ({"long": ""}, 400),
        ({"description": "啊" * 4001}, 400),
        ({"jurisdiction_id": "999999"}, 404),
        ({"attribute[SEEN_AT]": "gestern"}, 400),
    ],
)
async def test_what_is_wrong_is_said_in_the_format_that_was_asked_for(client, there, changes, status):
    said, _ = await refused(client, "POST", "requests", data=form(there, **changes))

    assert said == status
    assert await db.fetchval("SELECT count(*) FROM intake_record") == 0


async def test_the_endpoint_for_trials_checks_and_files_nothing(client, there):
    answer = await client.post(f"{PATH}/test/requests.json", data=form(there))

    assert answer.json()[0]["service_request_id"] == "test"
    assert (await client.post(f"{PATH}/test/requests.json", data=form(there, lat="x"))).status_code == 400
    assert await db.fetchval("SELECT count(*) FROM work_order") == 0


async def test_strangers_read_rough_positions_and_nothing_of_what_is_nobodys_business(client, there):
    now = clock.now()
    await make_order(there.town, now, code=None, point=Fix(**STOOD, accuracy_m=8))
    photo_ids = await make_photos(there.town.resident, 2)
    hidden = (await make_order(there.town, now, item="B302", photo_ids=photo_ids)).receipt.number

    [row] = await get(client, "requests")
    assert (row["lat"], row["long"]) == (round(STOOD["lat"], 3), round(STOOD["lng"], 3))
    assert row["address"] is None
    assert row["address_id"] is None
    assert await refused(client, "GET", f"requests/{hidden}") == (404, "404")
    near = {"lat": str(STOOD["lat"]), "long": str(STOOD["lng"])}
    assert await get(client, "requests", **near, radius="120")
    shown = {"lat": str(row["lat"]), "long": str(row["long"])}
    assert await get(client, "requests", **shown, radius="1"), "it is looked for where it is shown"
    assert await get(client, "requests", **near, radius="20") == []


async def test_requests_are_filtered_and_paged(client, there):
    now = clock.now()
    closed_id = await make_closed(there.town, now)
    open_number = (await make_order(there.town, now)).receipt.number
    closed_number = await db.fetchval("SELECT number FROM work_order WHERE id = $1", closed_id)

    async def numbers(**query: str) -> list[str]:
        return [row["service_request_id"] for row in await get(client, "requests", **query)]

    assert await numbers() == [open_number, closed_number]
    assert await numbers(status="open") == [open_number]
    assert await numbers(status="closed,open", page_size="1") == [open_number]
    assert await numbers(page="2", page_size="1") == [closed_number]
    assert await numbers(page="3", page_size="1") == []
    assert await numbers(page="1000000", page_size="1000") == []
    assert await numbers(service_code="A102,A201") == []
    assert await numbers(service_request_id=f"{closed_number},x", status="open") == [closed_number]
    assert await numbers(jurisdiction_id=TOWN, status="") == [open_number, closed_number]
    tomorrow = (now + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%S+08:00")
    assert await numbers(start_date=tomorrow) == []
    assert await numbers(updated_after=tomorrow) == []
    assert await numbers(end_date=tomorrow) == [open_number, closed_number]
    [row] = (await client.get(f"{PATH}/requests/{closed_number}.json?extensions=true")).json()
    assert row["status"] == "closed"
    for query in ({"status": "half"}, {"start_date": "heute"}, {"page": "0"}, {"lat": "1"},
                  {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-11-01T00:00:00Z"}):  # fmt: skip
        assert await refused(client, "GET", "requests", params=query) == (400, "400")


async def test_a_source_hears_how_its_own_go_on_and_says_things_once(client, there):
    number = (await post(client, there))["service_request_id"]
    await make_closed(there.town, clock.now())
    assert await refused(client, "GET", "servicerequestupdates") == (403, "403")
    order_id = await db.fetchval("SELECT id FROM work_order WHERE number = $1", number)
    said = {"api_key": there.key, "service_request_id": number, "update_id": "u1", "status": "OPEN"}
    said |= {"updated_datetime": clock.now().strftime("%Y-%m-%dT%H:%M:%S+00:00"), "description": "还在"}

    [row] = (await client.post(f"{PATH}/servicerequestupdates.json", data=said)).json()
    assert row["update_id"]
    again = await client.post(f"{PATH}/servicerequestupdates.xml", data=said)
    assert again.status_code == 400
    assert "already exists" in again.text
    steps = "SELECT note FROM order_step WHERE order_id = $1 AND move = 'urge'"
    assert await db.fetchval(steps, order_id) == "还在"
    wrong = said | {"update_id": "u2", "status": "VANISHED"}
    assert await refused(client, "POST", "servicerequestupdates", data=wrong) == (400, "400")
    assert await get(client, "servicerequestupdates", api_key=there.key) == []


async def test_a_strangers_form_is_read_no_further_than_words_may_go(client, there):
    long = "x" * 300_000
    for sent in ({"data": {"description": long}}, {"files": {"description": (None, long)}}):
        assert await refused(client, "POST", "requests", **sent) == (413, "413")
    files = [("media", (f"{number}.jpg", b"x")) for number in range(11)]
    assert (await client.post(f"{PATH}/requests.json", files=files)).status_code == 413


async def test_a_source_files_no_more_in_a_minute_than_it_may_and_refusals_are_counted(client, there):
    await db.execute("UPDATE intake_source SET per_minute = 1")
    assert (await client.post(f"{PATH}/requests.json", data=form(there))).status_code == 200
    for path in ("requests", "servicerequestupdates"):
        assert (await client.post(f"{PATH}/{path}.json", data=form(there))).status_code == 429
    name = there.key.partition(".")[0]
    assert (await client.post(f"{PATH}/requests.json", data=form(there, api_key=f"{name}.x"))).status_code == 403

    counted = {row["reason"]: row["refusals"] for row in await db.fetch("SELECT reason, refusals FROM source_refusal")}
    assert counted == {"quota-used-up": 2, "open311-key-refused": 1}
