"""Every error is a problem document, in the asker's language, without internals; a person gets a page."""

import asyncpg
import pytest
from asyncpg.exceptions import InternalClientError

from backend.accounts import queries
from backend.errors import Conflict
from backend.routes.http.database_errors import translate
from tests.makers.accounts import bearer, make_device, make_staff
from tests.makers.logged import logged
from tests.makers.refusals import en

SESSIONS, ME = "/api/v1/sessions", "/api/v1/me"
MEMBERS = {"type", "title", "status", "detail", "detail_zh", "detail_en", "code", "instance", "request_id"}


def is_problem(answer, status, code):
    body = answer.json()
    assert answer.status_code == body["status"] == status
    assert body["code"] == code
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(body) >= MEMBERS
    assert body["request_id"] == answer.headers["x-request-id"]
    return body


async def test_an_unknown_address_is_not_found(client):
    body = is_problem(await client.get("/api/v1/nowhere"), 404, "not-found")

    assert body["instance"] == "/api/v1/nowhere"


async def test_a_method_that_is_not_answered_names_those_that_are(client):
    answer = await client.put(SESSIONS)

    is_problem(answer, 405, "method-not-allowed")
    assert answer.headers["allow"] == "OPTIONS, POST"


@pytest.mark.parametrize(
    ("sent", "fields"),
    [
        ({"username": "wang"}, ["data"]),
        ({"username": "wang", "password": 1}, ["password"]),
        ({"username": "", "password": "x"}, ["username"]),
        ({"username": "w", "password": "x", "admin": True}, ["data"]),
        (["wang"], ["data"]),
    ],
)
async def test_what_cannot_be_read_names_its_fields(client, sent, fields):
    body = is_problem(await client.post(SESSIONS, json=sent), 400, "validation-failed")

    assert [each["field"] for each in body["errors"]] == fields
    assert all(each["source"] == "body" and each["message"] for each in body["errors"])


async def test_broken_json_is_a_bad_request(client):
    answer = await client.post(SESSIONS, content=b'{"username":', headers={"content-type": "application/json"})

    assert "truncated" in is_problem(answer, 400, "bad-request")["detail_en"].lower()


@pytest.mark.parametrize("body", [b'{"username":"\xe9"}', b"[" * 100_000, b'{"username":' * 50_000])
async def test_json_that_breaks_the_parser_is_a_bad_request(client, body):
    answer = await client.post(SESSIONS, content=body, headers={"content-type": "application/json"})

    is_problem(answer, 400, "bad-request")


async def test_a_body_that_is_too_large_is_refused(client):
    is_problem(await client.post(SESSIONS, json={"username": "x" * 1_100_000, "password": "x"}), 413, "too-large")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("", "请先登录"),
        ("zh-CN,zh;q=0.9", "请先登录"),
        ("en-GB,en;q=0.8,zh;q=0.5", "Please sign in"),
        ("fr", "请先登录"),
    ],
)
async def test_the_detail_speaks_the_askers_language(client, asked, words):
    body = (await client.get(ME, headers={"accept-language": asked})).json()

    assert body["detail"] == words
    assert (body["detail_zh"], body["detail_en"]) == ("请先登录", "Please sign in")


async def test_a_surprise_is_a_500_without_internals(client, monkeypatch, capfd):
    async def surprise(_):
        raise RuntimeError("secret internals")

    monkeypatch.setattr(queries, "get_me", surprise)
    answer = await client.get(ME, headers=bearer(await make_device()))

    body = is_problem(answer, 500, "internal")
    assert "secret" not in answer.text
    told = logged(capfd)
    assert "RuntimeError" in told
    assert body["request_id"] in told


@pytest.mark.parametrize("gone", [ConnectionResetError, TimeoutError, asyncpg.CannotConnectNowError])
async def test_a_database_that_is_away_is_a_503_that_says_when_to_come_back(client, monkeypatch, gone):
    async def away(_):
        raise gone("away")

    monkeypatch.setattr(queries, "get_me", away)
    answer = await client.get(ME, headers=bearer(await make_device()))

    if gone is ConnectionResetError:
        is_problem(answer, 500, "internal")
    else:
        is_problem(answer, 503, "unavailable")
        assert answer.headers["retry-after"] == "2"


async def test_a_socket_that_is_not_there_is_the_databases_absence():
    with pytest.raises(OSError) as absent:
        await asyncpg.connect("postgresql://yima@/yima?host=/nowhere&port=1")

    problem = translate(absent.value)
    assert problem is not None
    assert problem.status == 503
    assert translate(FileNotFoundError("a photo")) is None


@pytest.mark.parametrize(
    "broken_off",
    [
        asyncpg.InterfaceError("cannot call Connection.terminate(): connection has been released back to the pool"),
        asyncpg.InterfaceError("cannot perform operation: another operation is cancelling"),
        InternalClientError("cannot switch to state 12; another operation (2) is in progress"),
        InternalClientError("PoolConnectionHolder.release() called on a free connection holder"),
        asyncpg.UndefinedFileError('could not access file "$libdir/postgis-3": No such file or directory'),
        asyncpg.InvalidCatalogNameError('database "yima" does not exist'),
        asyncpg.StatementCompletionUnknownError("the server went away during COMMIT"),
    ],
    ids=str,
)
def test_whatever_the_client_says_of_a_connection_that_broke_off_is_the_databases_absence(broken_off):
    problem = translate(broken_off)

    assert problem is not None
    assert problem.status == 503


def test_two_statements_at_once_on_one_connection_are_our_mistake():
    mistake = asyncpg.InterfaceError("cannot perform operation: another operation is in progress")

    assert translate(mistake) is None


async def test_a_broken_constraint_is_told_in_our_words(database):
    await make_staff(username="wang")
    with pytest.raises(asyncpg.UniqueViolationError) as broken:
        await make_staff(username="wang")

    problem = translate(broken.value)

    assert isinstance(problem, Conflict)
    assert (problem.code, en(problem)) == ("username-taken", "The username is taken")


async def test_a_person_gets_a_page(client):
    answer = await client.get("/nowhere", headers={"accept": "text/html,*/*;q=0.8"})

    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["x-request-id"] in answer.text


async def test_a_person_who_is_not_signed_in_is_led_to_the_sign_in(client):
    answer = await client.get("/work", headers={"accept": "text/html"})

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")
