"""Whoever we ask over HTTP has so much time for all of its answer and so many bytes, and sends us nowhere else."""

import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from backend import http_client
from backend.http_client import AnswerTooLarge
from tests.fakes.server import Answer, Asked, Server, Trouble

PRODUCT = Path(__file__).parents[2]
OWN_WAYS = {
    "backend/intake/outgoing/posting.py": "reads no byte of the answer, within a time of its own",
    "backend/intake/open311/pictures.py": "the gate for photos counts bytes, within a time for all pictures",
}
"""Clients that hold to it without `http_client`."""
PATIENT_S = 20.0


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    """Says how large the answer is to be; `/zipped` packs it, `/away` leads elsewhere."""

    async def handle(asked: Asked) -> Answer:
        body = b"x" * int(asked.query.get("bytes", "10"))
        if asked.path == "/zipped":
            return Answer(body=gzip.compress(body), headers={"content-encoding": "gzip"})
        if asked.path == "/away":
            return Answer(body=b"", status=302, headers={"location": "/secret"})
        return Answer(body=body, headers={"x-own": "1"})

    one = Server(handle)
    await one.start()
    yield one
    await one.close()


async def test_an_answer_comes_whole_as_it_was_sent(server):
    async with httpx.AsyncClient(base_url=server.url) as client:
        plain = await http_client.ask(client, "POST", "/", patience_s=PATIENT_S, content=b"said")
        zipped = await http_client.ask(client, "GET", "/zipped?bytes=5000", patience_s=PATIENT_S)

    assert (plain.status_code, plain.content, plain.headers["x-own"]) == (200, b"x" * 10, "1")
    assert zipped.content == b"x" * 5000
    assert plain.raise_for_status() is plain
    assert server.asked[0].body == b"said"


async def test_one_that_sends_a_byte_now_and_then_is_waited_for_no_longer(server):
    server.troubles.planned.append(Trouble(byte_s=0.05, done=True))

    async with httpx.AsyncClient(base_url=server.url, timeout=PATIENT_S) as client:
        with pytest.raises(TimeoutError):
            await http_client.ask(client, "GET", "/", patience_s=0.3)


@pytest.mark.parametrize("path", ["/", "/zipped"])
async def test_of_an_answer_without_end_no_more_is_read_than_was_to_come(server, path):
    async with httpx.AsyncClient(base_url=server.url) as client:
        with pytest.raises(AnswerTooLarge):
            await http_client.ask(client, "GET", f"{path}?bytes=1001", patience_s=PATIENT_S, most=1000)
        whole = await http_client.ask(client, "GET", f"{path}?bytes=1000", patience_s=PATIENT_S, most=1000)
    assert len(whole.content) == 1000


async def test_what_is_said_of_a_page_is_known_before_its_bytes(server):
    server.troubles.planned.append(Trouble(byte_s=0.001, done=True))
    async with httpx.AsyncClient(base_url=server.url, follow_redirects=True) as client:
        assert await http_client.status_of(client, "/?bytes=100000", patience_s=PATIENT_S) == 200
        assert await http_client.status_of(client, "/away", patience_s=PATIENT_S) == 302

    assert [asked.path for asked in server.asked] == ["/", "/away"]


async def test_a_redirect_is_an_answer_and_leads_nowhere(server):
    async with httpx.AsyncClient(base_url=server.url, follow_redirects=True) as client:
        answer = await http_client.ask(client, "POST", "/away", patience_s=PATIENT_S, content=b"secret")

    assert answer.status_code == 302
    assert [asked.path for asked in server.asked] == ["/away"]


async def test_a_client_that_a_vendors_package_made_reads_no_more_either(server):
    async with httpx.AsyncClient(base_url=server.url) as client:
        assert http_client.bound(client, 1000) is client
        assert len((await client.get("/?bytes=1000")).content) == 1000
        with pytest.raises(AnswerTooLarge):
            await client.get("/?bytes=1001")


def test_every_client_of_ours_holds_to_it():
    files = [
        file
        for folder in ("backend", "push", "shops", "grab_orders", "media", "qr")
        for file in (PRODUCT / folder).rglob("*.py")
        if "httpx.AsyncClient(" in file.read_text("utf-8")
    ]
    by_it = ("http_client.ask(", "http_client.status_of(")
    loose = {
        str(file.relative_to(PRODUCT)) for file in files if not any(way in file.read_text("utf-8") for way in by_it)
    }

    assert loose - OWN_WAYS.keys() == set()
    assert len(files) > len(OWN_WAYS)
