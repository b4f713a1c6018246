"""Who would get an order, asked over HTTP: what cannot be a question is answered with 400."""

import httpx
import pytest

from backend import clock
from tests.makers.accounts import bearer
from tests.makers.town import TOWN, make_town


@pytest.mark.parametrize("where", [{"lng": 999, "lat": 1}, {"lng": 121, "lat": -91}, {"lng": "nan", "lat": 31}])
async def test_a_point_off_the_globe_cannot_be_read(client: httpx.AsyncClient, where: dict[str, object]) -> None:
    town = await make_town(clock.now())
    query = {"item": "A101", "area": TOWN, **where}

    answer = await client.get("/api/v1/responsibility", params=query, headers=bearer(town.dispatcher))

    assert (answer.status_code, answer.json()["code"]) == (400, "validation-failed")
