"""The web is killed after the last byte of a photo, before the photo is made: the phone goes on and loses nothing."""

import asyncio
import os
import signal
import time
from pathlib import Path
from uuid import uuid4

import httpx

from backend import clock
from tests.fixtures.server import running_server
from tests.makers.accounts import bearer
from tests.makers.photos import jpeg
from tests.makers.town import make_town

PIECE = {"Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream"}


async def test_a_photo_whose_last_byte_arrived_before_the_kill_is_there_after_it(database, tmp_path):
    town, photo = await make_town(clock.now()), jpeg(800, 600, 3)
    phone = bearer(town.resident)
    with running_server(database, tmp_path) as (url, process):
        async with httpx.AsyncClient(base_url=url, headers=phone, timeout=60) as web:
            files = {"file": ("a.jpg", jpeg(320, 240, 4), "image/jpeg")}
            assert (await web.post("/api/v1/photos", files=files)).status_code == 201  # now the decoder runs
            begun = await web.post("/api/v1/uploads", headers={**PIECE, "Upload-Length": str(len(photo))})
            where = begun.headers["location"]
            decoders = children_of(process.pid)
            for child in decoders:
                os.kill(child, signal.SIGSTOP)
            last = asyncio.create_task(web.patch(where, content=photo, headers={**PIECE, "Upload-Offset": "0"}))
            await asyncio.to_thread(whole, tmp_path / "media" / "partial" / where.rsplit("/", 1)[1], len(photo))
            process.kill()
            process.wait()
            for child in decoders:
                os.kill(child, signal.SIGKILL)
            assert isinstance((await asyncio.gather(last, return_exceptions=True))[0], httpx.TransportError)

    with running_server(database, tmp_path) as (url, _):
        async with httpx.AsyncClient(base_url=url, headers=phone, timeout=60) as web:
            photo_id = where.rsplit("/", 1)[1]
            report = {"client_id": uuid4().hex, "code": town.code, "item": "A101", "photo_ids": [photo_id]}
            early = await web.post("/api/v1/reports", json=report)
            asked = await web.head(where, headers={"Tus-Resumable": "1.0.0"})
            sent = await web.post("/api/v1/reports", json=report)

    assert (early.status_code, early.json()["code"]) == (503, "photo-under-way")
    assert (asked.status_code, asked.headers["upload-offset"]) == (200, str(len(photo)))
    assert sent.status_code == 201, sent.text


def children_of(process_id: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process_id}/task/{process_id}/children").read_text().split()]


def whole(partial: Path, size: int) -> None:
    """Look until all bytes have arrived; the web is then held up by the decoder."""
    ends_at = time.monotonic() + 60
    while not partial.exists() or partial.stat().st_size < size:
        assert time.monotonic() < ends_at, "the bytes did not arrive"
        time.sleep(0.005)
