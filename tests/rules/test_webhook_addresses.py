"""Where webhooks may go: the internet by https, the town's own networks, and nowhere else on any way round."""

import ipaddress
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.intake.outgoing import addresses, retries
from backend.intake.outgoing.errors import AddressRefused
from backend.intake.outgoing.retries import SendResult

OWN = ("10.20.0.0/16", "fd00:20::/32")
INSIDE = (
    *("127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1"),
    *("255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1"),
)


def why(call, *said: object) -> str:
    with pytest.raises(AddressRefused) as refused:
        call(*said)
    return refused.value.extra["why"]


@pytest.mark.parametrize("address", INSIDE)
def test_no_address_of_our_own_machine_or_of_a_private_network_is_allowed_by_itself(address):
    for scheme in ("https", "http"):
        assert why(addresses.require_allowed, ipaddress.ip_address(address), scheme, OWN) == "forbidden-network"


def test_the_internet_is_allowed_by_https_and_a_network_of_the_towns_own_by_either():
    internet = ipaddress.ip_address("8.8.8.8")
    addresses.require_allowed(internet, "https", ())
    assert why(addresses.require_allowed, internet, "http", OWN) == "scheme"
    for own in ("10.20.3.4", "fd00:20::7", "::ffff:10.20.3.4"):
        addresses.require_allowed(ipaddress.ip_address(own), "http", OWN)


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("ftp://example.org/", "scheme"),
        ("file:///etc/passwd", "form"),
        ("https://", "form"),
        ("https://user:pass@example.org/", "form"),
        ("https://example.org/#x", "form"),
        ("https://example.org:0/", "form"),
        ("https://example.org:99999/", "form"),
        ("https://例子.org/", "form"),
        ("https://example.org/\r\nhost: x", "form"),
        ("https://example.org/" + "x" * 500, "form"),
        ("//example.org/", "scheme"),
    ],
)
def test_what_is_no_plain_address_is_refused(url, fault):
    assert why(addresses.parse, url) == fault


@pytest.mark.parametrize(
    "url", ["https://127.1/", "https://0x7f000001/", "https://2130706433/", "https://[::1]/", "https://localhost/"]
)
async def test_other_spellings_of_this_machine_lead_nowhere(url):
    with pytest.raises(AddressRefused):
        await addresses.find_target(url, ())


@given(st.text(max_size=80))
def test_whatever_is_typed_is_an_address_or_refused(text):
    with suppress(AddressRefused):
        assert addresses.parse(text).hostname


def test_an_answer_says_whether_to_come_again():
    results = {200: "delivered", 204: "delivered", 302: "refused", 400: "refused", 404: "refused", 410: "gone"}
    results |= {408: "away", 429: "away", 500: "away", 503: "away"}

    assert {status: retries.result_of(status).value for status in results} == results
    assert retries.result_of(204) is SendResult.DELIVERED
    pauses = [retries.pause(failures).total_seconds() for failures in range(0, 40)]
    assert pauses == sorted(pauses)
    assert (pauses[1], pauses[2], pauses[-1]) == (5, 10, 3600)
