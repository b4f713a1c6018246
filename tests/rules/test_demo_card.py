"""The card in the terminal: a symbol that a phone reads where it can get there, and the way to that where it cannot."""

import re
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from backend.accounts.structs import Actor, Grant, Role
from backend.demo import symbol_text
from backend.demo.card_text import text_of
from backend.web.i18n.catalogue import LANGUAGES, say
from backend.web.views.homes import home_of
from qr import links

README = Path(__file__).parents[2] / "README.md"
ADDRESS = "http://192.168.1.23:8000/q/0NAJ6B9CT5G6"
_HALVES = {" ": (255, 255), "▀": (0, 255), "▄": (255, 0), "█": (0, 0)}


def card(door: str) -> dict[str, Any]:
    codes = [
        {"kind": kind, "url": door, "code": "0NAJ6B9CT5G6", "place": place}
        for kind, place in (("doorplate", "莲安东路100号"), ("storefront", "阿宝面馆"))
    ]
    named = [{"username": "somebody"}]
    return {
        "base_url": "http://192.168.1.23:8000",
        "codes": codes,
        "password": "secret",
        "accounts": {role.value: {"username": f"the-{role}", "home": "/somewhere"} for role in Role},
        "photos": [{"path": f"/demo-photos/{name}", "file": f"/state/{name}"} for name in ("before.jpg", "after.jpg")],
        "shop_owners": named,
        "volunteers": named,
        "unclaimed_shop": {"code": "0NAJ6B9CT5G6", "licence": "91310115MA1K35J18E"},
    }


def read(lines: list[str]) -> list[str]:
    """What a camera reads from lines of a terminal, blocks taken for pixels."""
    rows = [line.removeprefix("\x1b[30;107m").removesuffix("\x1b[0m") for line in lines]
    shades = [[_HALVES[letter][half] for letter in row] for row in rows for half in (0, 1)]
    image = Image.new("L", (len(shades[0]), len(shades)))
    image.putdata([shade for row in shades for shade in row])
    return [found.text for found in zxingcpp.read_barcodes(image.resize((image.width * 6, image.height * 6)))]


def test_a_phone_reads_the_symbol_off_the_terminal() -> None:
    shown = [line.strip() for line in text_of(card(ADDRESS)).splitlines() if "\x1b[" in line]

    assert read(shown) == read(symbol_text.lines_of(links.symbol_of(ADDRESS))) == [ADDRESS]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_where_no_phone_gets_there_the_card_says_how_to_listen_for_them(host: str) -> None:
    text = text_of(card(f"http://{host}:8000/q/0NAJ6B9CT5G6"))

    assert "\x1b[" not in text
    assert "HOST=0.0.0.0 make run" in text


def test_the_readme_says_where_each_account_begins() -> None:
    lines = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \| `(/[\w-]*)` \|", README.read_text("utf-8"), re.MULTILINE)
    said = {name: home for names, home in lines for name in re.findall(r"`(\w+)`", names)}

    assert said == {role.value: home_of(Actor(account_id=1, name="", grants=(Grant(role, ""),))) for role in Role}


def test_the_card_says_who_has_what_how_to_arrive_and_what_to_photograph() -> None:
    text = text_of(card(ADDRESS))

    for role in Role:
        (line,) = (each for each in text.splitlines() if f"the-{role} " in each)
        assert "/somewhere" in line
        assert "demo." not in line
    assert text.count("0NAJ-6B9C-T5G6") == 3
    assert all(say(lang, "act.check_in_here") in text for lang in LANGUAGES)
    assert "http://192.168.1.23:8000/demo-photos/after.jpg  (/state/after.jpg)" in text
    assert max(map(len, text.splitlines())) < 130
