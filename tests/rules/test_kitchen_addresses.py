"""To which addresses a shop's page may lead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.words import WordsTooLong
from shops.public.addresses import read_address
from shops.public.errors import KitchenLinkUnfit, LinkFault

_HAN = "厨.中国".encode("idna").decode()


@pytest.mark.parametrize(
    ("typed", "url", "host"),
    [
        ("https://kitchen.example.cn/live/1?cam=2", "https://kitchen.example.cn/live/1?cam=2", "kitchen.example.cn"),
        (" HTTPS://Kitchen.Example.CN ", "https://kitchen.example.cn/", "kitchen.example.cn"),
        ("https://kitchen.example.cn:443/a#b", "https://kitchen.example.cn/a", "kitchen.example.cn"),
        ("https://厨.中国/后厨", f"https://{_HAN}/%E5%90%8E%E5%8E%A8", _HAN),
        ("https://a.cn/%E5%90%8E", "https://a.cn/%E5%90%8E", "a.cn"),
    ],
)
def test_an_address_has_one_form(typed: str, url: str, host: str) -> None:
    found = read_address(typed)

    assert (found.url, found.host) == (url, host)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("http://kitchen.cn/", LinkFault.NOT_HTTPS),
        ("javascript:alert(1)", LinkFault.NOT_HTTPS),
        ("kitchen.cn/live", LinkFault.NOT_HTTPS),
        ("//kitchen.cn", LinkFault.NOT_HTTPS),
        ("https://user:word@kitchen.cn/", LinkFault.HAS_ACCOUNT),
        ("https://bank.cn@evil.cn/", LinkFault.HAS_ACCOUNT),
        ("https://kitchen.cn:8443/", LinkFault.OTHER_PORT),
        ("https://kitchen.cn:99999/", LinkFault.UNREADABLE),
        ("https://kitchen.cn/a b", LinkFault.UNREADABLE),
        ("https://kitchen.cn\\@evil.cn/", LinkFault.UNREADABLE),
        ("https://kitchen.cn/\x00", LinkFault.UNREADABLE),
        ("https://[::1]/", LinkFault.NO_HOST),
        ("https://[::1/", LinkFault.UNREADABLE),
        ("https://192.168.1.2/", LinkFault.NO_HOST),
        ("https://2130706433/", LinkFault.NO_HOST),
        ("https://0x7f.1/", LinkFault.NO_HOST),
        ("https://localhost/", LinkFault.NO_HOST),
        ("https://camera.local/", LinkFault.NO_HOST),
        ("https://nvr/", LinkFault.NO_HOST),
        ("https:///live", LinkFault.NO_HOST),
        ("https://-a.cn/", LinkFault.NO_HOST),
        (f"https://{'a' * 64}.cn/", LinkFault.NO_HOST),
    ],
)
def test_what_hides_where_it_leads_is_refused(typed: str, fault: LinkFault) -> None:
    with pytest.raises(KitchenLinkUnfit) as refused:
        read_address(typed)

    assert refused.value.extra["fault"] == fault


@given(st.text(max_size=80))
def test_whatever_is_typed_is_refused_or_leads_to_a_public_name_by_https(typed: str) -> None:
    for text in (typed, f"https://{typed}", f"https://a.cn/{typed}"):
        try:
            found = read_address(text)
        except (KitchenLinkUnfit, WordsTooLong):
            continue
        assert found.url.startswith(f"https://{found.host}/") and found.url.isascii() and found.url.isprintable()
        assert read_address(found.url) == found
