"""What is in a symbol: ours is read in every spelling, everybody else's is refused."""

import pytest

from qr import codes
from qr.errors import CodeForeign, CodeUnknown
from qr.payload import payload

CODE = codes.compose(codes.keyring("a secret"), lambda bits: 12345)
TOWN = payload(
    "https://town.example.cn", "https://q.example.cn/q/", earlier="http://old.example.cn/d/ https://older.example.cn"
)


@pytest.mark.parametrize(
    "text",
    [
        f"https://q.example.cn/q/{CODE}",
        f"HTTPS://Q.EXAMPLE.CN/Q/{CODE}",
        f"http://q.example.cn/q/{CODE.lower()}",
        f"https://q.example.cn/q/{CODE}?from=wechat#top",
        f"https://q.example.cn/q/{CODE}/report",
        f" https://q.example.cn/q/{codes.grouped(CODE)}\n",
        f"http://old.example.cn/d/{CODE}",
        f"https://older.example.cn/{CODE}",
    ],
)
def test_our_own_symbols_are_read(text: str) -> None:
    assert TOWN.read(text) == CODE


@pytest.mark.parametrize(
    "text",
    [
        "",
        CODE,
        f"https://evil.example/q/{CODE}",
        f"https://q.example.cn.evil.example/q/{CODE}",
        f"https://q.example.cn@evil.example/q/{CODE}",
        f"https://user@q.example.cn/q/{CODE}",
        f"https://q.example.cn:8443/q/{CODE}",
        f"https://q.example.cn/pay/{CODE}",
        f"javascript://q.example.cn/q/{CODE}",
        f"//q.example.cn/q/{CODE}",
        "WIFI:T:WPA;S=x;;",
        "weixin://dl/business",
        "http://[::1/q/",
    ],
)
def test_foreign_symbols_are_refused(text: str) -> None:
    with pytest.raises(CodeForeign):
        TOWN.read(text)


@pytest.mark.parametrize("prefix", ["q.example.cn/q/", "https:///q/", "https://q.example.cn/?code=", "https://q.cn/#/"])
def test_a_prefix_below_which_no_code_can_lie_is_refused(prefix: str) -> None:
    with pytest.raises(ValueError, match="https://host/path/"):
        payload("https://town.example.cn", prefix)
    with pytest.raises(ValueError, match="https://host/path/"):
        payload("https://town.example.cn", earlier=f"https://old.example.cn {prefix}")


@pytest.mark.parametrize(
    "text", ["WIFI:T:WPA;S=x;;", "tel:12345", "javascript:alert(1)", f"https://evil.example/q/{CODE}"]
)
def test_what_is_scanned_may_be_bare_but_not_anybody_elses(text: str) -> None:
    assert TOWN.parse(f"https://q.example.cn/q/{CODE}") == TOWN.parse(codes.grouped(CODE)) == CODE
    with pytest.raises(CodeForeign):
        TOWN.parse(text)


@pytest.mark.parametrize("path", ["", "ABC", CODE[:-1], CODE[:-1] + ("0" if CODE[-1] != "0" else "1"), "MP_verify.txt"])
def test_our_address_with_a_broken_code_is_unknown(path: str) -> None:
    with pytest.raises(CodeUnknown):
        TOWN.read(f"https://q.example.cn/q/{path}")


def test_a_town_prints_under_its_own_address_unless_told_otherwise() -> None:
    assert payload("https://town.example.cn").url(CODE) == f"https://town.example.cn/q/{CODE}"
    assert payload("https://t.cn", "https://q.cn/c").url(CODE) == f"https://q.cn/c/{CODE}"
    assert payload("https://t.cn", is_upper=True).url(CODE) == f"HTTPS://T.CN/Q/{CODE}"
    assert payload("https://t.cn", is_upper=True).read(f"HTTPS://T.CN/Q/{CODE}") == CODE
