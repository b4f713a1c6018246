"""What plates on walls say opens their page, however the town spells it."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from qr import runtime
from qr import service as qr
from tests.fixtures.client import running_client
from tests.makers.qr import make_codes, make_doors


async def make_hanging(now: datetime) -> str:
    [door], [code] = await make_doors(1), await make_codes(1, now)
    await qr.bind(code, door, actor=None, now=now)
    return code


@pytest.fixture
async def town(database: str, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[httpx.AsyncClient]:
    async with running_client(database, tmp_path, **request.param) as opened:
        yield opened


SPELLINGS = [
    {},
    {"YIMA_CODE_CASE": "upper"},
    {"YIMA_CODE_PREFIX": "https://q.example.cn/wx/d/"},
    {"YIMA_CODE_PREFIX": "https://q.example.cn/wx/d", "YIMA_CODE_CASE": "upper"},
    {"YIMA_CODE_PREFIX": "https://q.example.cn"},
    {"YIMA_CODE_PREFIX": "https://q.example.cn/codes/"},
    {"YIMA_CODE_PREFIX": "https://q.example.cn/q/wx"},
]


@pytest.mark.parametrize("town", SPELLINGS, indirect=True)
async def test_what_is_printed_opens_the_page_of_its_door(town: httpx.AsyncClient, now: datetime) -> None:
    code = await make_hanging(now)
    printed = urlsplit(runtime.current_runtime().payload.url(code)).path

    answers = [await town.get(path) for path in (printed, printed.lower(), f"{printed}/", f"/q/{code}", f"/Q/{code}")]

    assert [answer.status_code for answer in answers] == [200] * 5
    assert all("莲安东路0号" in answer.text for answer in answers)


@pytest.mark.parametrize(
    "town", [{"YIMA_CODE_PREFIX": "https://n.cn/b/", "YIMA_CODE_EARLIER_PREFIXES": "https://o.cn/a"}], indirect=True
)
async def test_earlier_plates_still_open_theirs(town: httpx.AsyncClient, now: datetime) -> None:
    code = await make_hanging(now)

    assert (await town.get(f"/a/{code}")).status_code == 200
    assert (await town.get(f"/z/{code}")).status_code == 404


EVERYWHERE = {
    "YIMA_CODE_PREFIX": "https://q.example.cn/q/wx",
    "YIMA_CODE_EARLIER_PREFIXES": "https://old.cn/D/ https://q.example.cn/a/b",
}


@pytest.mark.parametrize("town", [EVERYWHERE], indirect=True)
async def test_a_check_file_lies_beside_the_codes_of_every_prefix_and_hides_none(
    town: httpx.AsyncClient, tmp_path: Path, now: datetime
) -> None:
    code, folders = await make_hanging(now), ("/q/wx", "/D", "/d", "/a/b", "/q", "")
    (tmp_path / "verification").mkdir()
    for name in ("MP_verify_a1B2", code):
        (tmp_path / "verification" / f"{name}.txt").write_text("a1B2")

    answers = [await town.get(f"{folder}/MP_verify_a1B2.txt") for folder in folders]
    pages = [await town.get(f"{folder}/{code}") for folder in folders if folder]
    elsewhere = [await town.get(f"{folder}/MP_verify_a1B2.txt") for folder in ("/q/wx/d", "/a", "/static")]

    assert [(answer.status_code, answer.text) for answer in answers] == [(200, "a1B2")] * len(folders)
    assert ["莲安东路0号" in page.text for page in pages] == [True] * len(pages)
    assert [answer.status_code for answer in elsewhere] == [404] * 3


@pytest.mark.parametrize("town", [{"YIMA_CODE_PREFIX": "https://q.example.cn"}], indirect=True)
async def test_other_pages_stay_where_they_are_when_codes_hang_below_the_root(town: httpx.AsyncClient) -> None:
    for path in ("/", "/sign-in", "/health", "/reference"):
        assert (await town.get(path)).status_code == 200
