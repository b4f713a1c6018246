"""A check-in with what the server gave at the scan proves that the code was scanned just then."""

import pytest

from backend import clock
from tests.makers.accounts import bearer
from tests.makers.orders import make_accepted
from tests.makers.town import make_town


@pytest.mark.parametrize("has_nonce", [True, False])
async def test_a_check_in_with_the_nonce_of_its_scan_is_marked_fresh(client, has_nonce):
    now = clock.now()
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    scanned = (await client.get(f"/api/v1/codes/{town.code}")).json()
    arrival = {"code": town.code, **({"nonce": scanned["nonce"]} if has_nonce else {})}

    answer = await client.post(f"/api/v1/orders/{order_id}/check-in", json=arrival, headers=bearer(town.handlers[0]))

    assert answer.status_code == 200, answer.text
    check_in = next(step for step in answer.json()["steps"] if step["move"] == "check_in")
    assert check_in["is_fresh"] is has_nonce
