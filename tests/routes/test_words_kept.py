"""Nothing that a person wrote is cut or lost: a form that is refused comes back with every word and says why."""

from collections.abc import Callable
from datetime import datetime

import httpx
import pytest

from backend import db
from backend.accounts.structs import Role
from tests.makers.accounts import bearer
from tests.makers.orders import make_accepted, make_closed, make_handled, make_on_site, make_order
from tests.makers.photos import jpeg
from tests.makers.town import TOWN, SmallTown, make_actor, make_town

HTML = {"accept": "text/html"}
IN_25_LINES = "\n".join(["二十字一行的说明写了又写还要再写一写"] * 24 + ["完"])
assert 430 < len(IN_25_LINES) <= 499
AS_SENT = IN_25_LINES.replace("\n", "\r\n")
TOO_LONG = "太" * 1001


@pytest.fixture
async def town(client: httpx.AsyncClient, now: datetime) -> SmallTown:
    return await make_town(now)


async def test_a_report_in_many_lines_is_kept_whole(client: httpx.AsyncClient, town: SmallTown) -> None:
    padded = AS_SENT + "足" * (1000 - len(IN_25_LINES))

    answer = await _report(client, town, padded)

    assert answer.status_code == 303
    assert await db.fetchval("SELECT description FROM work_order") == padded.replace("\r\n", "\n")


async def test_the_api_counts_as_the_form_does(client: httpx.AsyncClient, town: SmallTown, now: datetime) -> None:
    token = (await make_order(town, now)).receipt.tracking_token
    said = AS_SENT + "足" * (1000 - len(IN_25_LINES))

    kept = await client.post(f"/api/v1/tracking/{token}/urge", json={"note": said})
    refused = await client.post(f"/api/v1/tracking/{token}/urge", json={"note": said + "足"})

    assert kept.status_code == 200, kept.text
    assert (refused.status_code, refused.json()["extra"]) == (400, {"field": "note", "most": 1000, "length": 1001})


async def test_what_is_too_long_is_told_with_every_word_kept(client: httpx.AsyncClient, town: SmallTown) -> None:
    answer = await _report(client, town, TOO_LONG)

    assert answer.status_code == 400
    assert "最多 1000 字,现在 1001 字" in answer.text and TOO_LONG in answer.text
    assert await db.fetchval("SELECT count(*) FROM report") == 0


@pytest.mark.parametrize("form", ["rating", "urge", "reopen", "dispute"])
async def test_a_reporters_words_come_back_when_they_are_refused(
    client: httpx.AsyncClient, town: SmallTown, now: datetime, form: str
) -> None:
    if form == "urge":
        token = (await make_order(town, now)).receipt.tracking_token
    else:
        order_id = await make_closed(town, now)
        token = await db.fetchval("SELECT tracking_token FROM report WHERE order_id = $1", order_id)
    field = {"rating": "comment", "urge": "note"}.get(form, "reason")

    answer = await client.post(f"/r/{token}/{form}", data={field: TOO_LONG, "score": "2"}, headers=HTML)

    assert 400 <= answer.status_code < 500
    assert TOO_LONG in answer.text
    assert 'value="2" required checked' in answer.text or form != "rating"


async def _verdict(town: SmallTown, now: datetime) -> tuple[str, dict[str, str], str]:
    order_id = await make_handled(town, now)
    return f"/o/{order_id}/verify", {"result": "fail"}, "verifier"


async def _finish(town: SmallTown, now: datetime) -> tuple[str, dict[str, str], str]:
    return f"/o/{await make_on_site(town, now)}/finish", {}, "handler"


async def _give_back(town: SmallTown, now: datetime) -> tuple[str, dict[str, str], str]:
    return f"/o/{await make_accepted(town, now)}/moves/return", {"reason": "not_ours", "sure": "1"}, "handler"


async def _call(town: SmallTown, now: datetime) -> tuple[str, dict[str, str], str]:
    order_id = await make_closed(town, now)
    await db.execute("UPDATE work_order SET rating = 1 WHERE id = $1", order_id)
    return f"/desk/calls/{order_id}", {"result": "satisfied"}, "dispatcher"


@pytest.mark.parametrize("of", [_verdict, _finish, _give_back, _call])
async def test_what_staff_wrote_comes_back_when_it_is_refused(
    client: httpx.AsyncClient, town: SmallTown, now: datetime, of: Callable[..., object]
) -> None:
    path, data, who = await of(town, now)  # type: ignore[misc]
    people = {"verifier": town.verifier, "handler": town.handlers[0], "dispatcher": town.dispatcher}

    answer = await client.post(path, data=data | {"note": TOO_LONG}, headers=HTML | bearer(people[who]))

    assert answer.status_code == 400, answer.text
    assert "最多 1000 字,现在 1001 字" in answer.text and TOO_LONG in answer.text


async def test_ticks_unit_and_reason_of_the_desk_come_back_when_they_are_refused(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    order_id = await make_accepted(town, now)
    version = await db.fetchval("SELECT version FROM work_order WHERE id = $1", order_id)
    data = {"id": f"{order_id}-{version}", "to": str(town.unit_id), "reason": "长" * 501}

    answer = await client.post("/desk/reassign?q=莲安", data=data, headers=HTML | bearer(town.dispatcher))

    assert answer.status_code == 400
    assert "最多 500 字,现在 501 字" in answer.text and "长" * 501 in answer.text
    assert f'value="{town.unit_id}" selected' in answer.text


async def test_what_was_put_right_at_once_comes_back_into_its_own_form(
    client: httpx.AsyncClient, town: SmallTown
) -> None:
    inspector = await make_actor("监督员", Role.INSPECTOR, TOWN)
    data = {"client_id": "self-handled-1", "item": "A101", "note": TOO_LONG, "where": f"code:{town.code}"}
    files = [(f"{when}_photo_ids", (f"{when}.jpg", jpeg(), "image/jpeg")) for when in ("before", "after")]

    answer = await client.post("/self-handling", data=data, files=files, headers=HTML | bearer(inspector))

    assert answer.status_code == 400
    assert f'name="note" data-max-length="1000">{TOO_LONG}</textarea>' in answer.text
    assert answer.text.count('type="checkbox" name="before_photo_ids"') == 1


async def _report(client: httpx.AsyncClient, town: SmallTown, words: str) -> httpx.Response:
    data = {"client_id": "many-lines-1", "item": "A101", "description": words}
    files = {"photo": ("street.jpg", jpeg(), "image/jpeg")}
    return await client.post(f"/q/{town.code}/report", data=data, files=files, headers=HTML)
