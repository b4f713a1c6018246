"""The page of an order whose steps are archived: its result, and where the rest is, for staff and for the reporter."""

from datetime import datetime
from pathlib import Path

import httpx
import pytest

from backend import db
from backend.partitions.months import SHANGHAI, Month
from tests.makers.accounts import bearer
from tests.makers.months import archive_steps, laid
from tests.makers.orders import make_closed
from tests.makers.town import make_town

HTML = {"accept": "text/html"}
LATER = datetime(2022, 6, 1, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("language", "said", "state"),
    [("zh-CN", "较早的经过和照片已归档", "已结案"), ("en", "The earlier steps and photos are archived", "Closed")],
)
async def test_staff_and_reporter_are_told_where_the_rest_is(
    client: httpx.AsyncClient, now: datetime, tmp_path: Path, language: str, said: str, state: str
) -> None:
    town = await make_town(now)
    async with laid(Month(2021, 7), Month(2021, 9)):
        order_id = await make_closed(town, now)
        token = await db.fetchval("SELECT tracking_token FROM report WHERE order_id = $1", order_id)
        headers, staff = HTML | {"accept-language": language}, bearer(town.verifier)
        before = await client.get(f"/o/{order_id}", headers=headers | staff)
        await archive_steps(Month(2021, 8), tmp_path / "archive", LATER, drops=True)

        pages = [
            await client.get(f"/o/{order_id}", headers=headers | staff),
            await client.get(f"/r/{token}", headers=headers),
        ]
        answer = await client.get(f"/api/v1/orders/{order_id}", headers=staff)

    assert said not in before.text
    assert [page.status_code for page in pages] == [200, 200]
    assert [said in page.text for page in pages] == [True, True]
    assert [state in page.text for page in pages] == [True, True]
    assert (answer.json()["state"], answer.json()["is_archived"], answer.json()["steps"]) == ("closed", True, [])
