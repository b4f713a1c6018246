"""What every answer carries, what is logged of it and what is not, and what is measured."""

import asyncio
import json

import pytest

from tests.fixtures.client import running_client
from tests.makers.accounts import bearer, make_device
from tests.makers.logged import logged

ME = "/api/v1/me"


def lines_of(capfd):
    return lines_of_text(logged(capfd))


def lines_of_text(told):
    return [json.loads(line) for line in told.splitlines() if line.startswith("{")]


async def test_a_request_gets_an_id(client):
    first, second = [(await client.get("/health")).headers["x-request-id"] for _ in range(2)]

    assert len(first) == 16
    assert first != second


async def test_a_sane_id_from_outside_is_kept(client):
    answer = await client.get("/health", headers={"x-request-id": "trace-0123456789"})

    assert answer.headers["x-request-id"] == "trace-0123456789"


@pytest.mark.parametrize("strange", ["short", "x" * 65, "has space 12", 'quote"quote"', "new\tline-123"])
async def test_a_strange_id_is_replaced(client, strange):
    answer = await client.get("/health", headers={"x-request-id": strange})

    assert answer.headers["x-request-id"] != strange


async def test_a_page_carries_the_policies_of_pages(client):
    headers = (await client.get("/reference")).headers

    assert "default-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "geolocation=(self)" in headers["permissions-policy"]
    assert headers.get_list("cache-control") == ["public, max-age=300"]


async def test_an_answer_of_the_api_is_kept_by_nobody(client):
    headers = (await client.get(ME)).headers

    assert headers["cache-control"] == "no-store"
    assert headers["content-security-policy"] == "frame-ancestors 'none'"


@pytest.mark.parametrize(
    "path",
    ["/api/v1/reports/candidates", "/api/v1/responsibility", "/here", "/here/map.svg", "/nowhere", "/q/7K3M9QXW2F5T"],
)
async def test_no_line_tells_of_a_position(client, capfd, path):
    await client.get(path, params={"lng": 121.503178, "lat": 31.220455, "near": "121.503178,31.220455"})

    told = logged(capfd)
    assert lines_of_text(told)
    assert "121.5" not in told and "31.22" not in told


async def test_one_line_tells_of_a_request(client, capfd):
    device = await make_device()
    logged(capfd)

    answer = await client.get(f"{ME}?phone=13800138000", headers=bearer(device))

    (line,) = lines_of(capfd)
    assert line["event"] == "request"
    assert (line["method"], line["path"], line["status"]) == ("GET", ME, 200)
    assert line["account_id"] == device.account_id
    assert line["request_id"] == answer.headers["x-request-id"]
    assert "13800138000" not in json.dumps(line)


async def test_a_sign_in_leaves_no_name_and_no_password_in_the_logs(client, capfd):
    await client.post("/api/v1/sessions", json={"username": "wang-secret", "password": "pass-secret"})

    assert "secret" not in logged(capfd)


async def test_an_address_that_does_not_exist_is_measured_without_its_path(client):
    await client.get("/wp-login.php")

    metrics = (await client.get("/metrics")).text
    assert 'http_requests_total{method="GET",path="unmatched",status="404"} 1.0' in metrics
    assert "wp-login" not in metrics


async def test_requests_are_measured_by_template(client):
    await client.get("/api/v1/orders/12345", headers=bearer(await make_device()))

    metrics = (await client.get("/metrics")).text
    assert 'path="/api/v1/orders/{order_id}"' in metrics
    assert "12345" not in metrics
    assert 'db_pool_connections{state="idle"}' in metrics


async def test_health_asks_nothing(client):
    assert (await client.get("/health")).json() == {"status": "ok"}


@pytest.mark.parametrize("path", ["/health", "/reference", "/api/v1/items"])
async def test_head_is_answered_wherever_get_is(client, path):
    got, head = await client.get(path), await client.head(path)

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == got.headers["content-length"]


async def test_head_of_what_is_not_there_is_not_found(client):
    assert (await client.head("/nowhere")).status_code == 404


@pytest.mark.parametrize("path", ["/sign-in", "/q/NOPE", "/health"])
async def test_a_head_leaves_its_connection_whole(database, server_url, path):
    host, port = server_url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))

    answers = []
    for method in ("HEAD", "HEAD", "GET"):
        writer.write(f"{method} {path} HTTP/1.1\r\nhost: {host}\r\n\r\n".encode())
        answers.append(await reader.readuntil(b"\r\n\r\n"))
    writer.close()

    assert len({answer.split(b"\r\n")[0] for answer in answers}) == 1


async def test_measurements_are_for_whoever_holds_the_token(database, tmp_path):
    async with running_client(database, tmp_path, YIMA_METRICS_TOKEN="measure-me") as client:
        said = [{}, {"authorization": "Bearer guess"}, {"authorization": "Bearer measure-me"}]
        answers = [(await client.get("/metrics", headers=each)).status_code for each in said]

    assert answers == [404, 404, 200]


async def test_in_production_nobody_measures_without_a_token(database, tmp_path):
    named = {"YIMA_MODE": "production", "YIMA_SECRET": "a secret of more than thirty letters"}
    async with running_client(database, tmp_path, **named) as client:
        assert (await client.get("/metrics")).status_code == 404
