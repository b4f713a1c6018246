"""Behind a proxy: who calls is told by the proxies that are trusted, and by nobody else."""

import pytest

from backend import config
from backend.config import SettingMissing
from tests.fixtures.client import running_client

CODE = "/api/v1/codes/0000-0000-0000"
MISSES = 200


async def tries(client, caller: str, times: int) -> list[int]:
    """The answers to as many invented codes, sent on for `caller`."""
    return [(await client.get(CODE, headers={"X-Forwarded-For": caller})).status_code for _ in range(times)]


async def test_behind_a_trusted_proxy_each_caller_is_counted_alone(database, tmp_path):
    async with running_client(database, tmp_path, YIMA_TRUSTED_PROXIES="10.0.0.0/8, 127.0.0.1") as client:
        guesser = await tries(client, "203.0.113.7", MISSES + 20)
        neighbour = await tries(client, "203.0.113.8", 1)

    assert guesser[-1] == 429
    assert neighbour == [404]


async def test_what_a_caller_forges_in_front_of_the_proxys_word_changes_nothing(database, tmp_path):
    async with running_client(database, tmp_path, YIMA_TRUSTED_PROXIES="127.0.0.1") as client:
        forged = [(await tries(client, f"198.51.100.{n % 250}, 203.0.113.7", 1))[0] for n in range(MISSES + 20)]

    assert forged[-1] == 429


async def test_without_a_trusted_proxy_the_header_is_not_believed(client):
    forged = [(await tries(client, f"198.51.100.{n % 250}", 1))[0] for n in range(MISSES + 20)]

    assert forged[-1] == 429


@pytest.mark.parametrize("text", ["proxy.example", "10.0.0.1/8", "*"])
def test_what_is_neither_address_nor_network_stops_the_start(text):
    with pytest.raises(SettingMissing, match="YIMA_TRUSTED_PROXIES"):
        config.from_environment({"DATABASE_URL": "x", "YIMA_MODE": "demo", "YIMA_TRUSTED_PROXIES": text})
