"""The page of a door is the same whether its template was rendered for it or its words were put into what it makes."""

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from markupsafe import Markup

from backend.orders.model.names import ItemName
from backend.reports.structs import Candidate
from backend.web.views import door_page, page
from backend.web.views.door_page import DoorWords
from backend.web.views.door_view import DoorView
from backend.web.views.frames import PageFrame, mark
from backend.web.views.page import PageContext
from backend.web.views.reported_here import reported_here

NOW = datetime(2026, 11, 28, 4, tzinfo=UTC)
HOSTILE = "WORD0code0WORD \"'><script>&amp; 莲安东路{{ 12 }}"


def reader(lang: str = "zh", *, big: bool = False, sdk: str = "") -> PageContext:
    path = "/q/00PN0V9197JP?from=a&b=\"'<街"
    return PageContext(lang=lang, big=big, path=path, now=NOW, hotline="12345", wechat_sdk=sdk, is_in_wechat=bool(sdk))


def words(subtitle: str) -> DoorWords:
    return DoorWords(
        title=HOSTILE,
        subtitle=subtitle,
        code="00PN0V9197JP",
        grouped="00PN-0V91-97JP",
        lng="121.576627",
        lat="31.193323",
        reported=Markup("<details>"),
        chips=Markup("<label>WORD0nonce0WORD</label>"),
        options=Markup("<option>"),
        key="e85bcfb0",
        nonce="AGsKUUQdocBdFYHquEo7",
    )


def rendered_for(reader: PageContext, door: DoorWords, *, is_shop: bool, grade: str) -> str:
    facts: dict[str, Any] = {name: getattr(door, name) for name in ("reported", "chips", "options")}
    draft = {"item": "", "description": "", "photos": {}, "problem": None}
    return page.render(
        door_page.TEMPLATE,
        reader,
        place=door._asdict() | {"is_shop": is_shop, "is_lift": False},
        grade=grade,
        face=DoorView([], [], {}, None, keeps_plate=False, self_handles=False),
        walks=[],
        shop_page="",
        is_rare=False,
        draft=draft | {"idempotency_key": door.key, "nonce": door.nonce},
        **facts,
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_words_that_are_put_in_make_the_page_that_is_rendered_for_them(lang: str):
    looks = product((False, True), ("", "/wechat/sdk.js"), (HOSTILE, ""), (False, True), ("", "C"))
    for big, sdk, subtitle, is_shop, grade in looks:
        who = reader(lang, big=big, sdk=sdk)
        door = words(subtitle)

        assert door_page.door_page(who, door, is_shop=is_shop, grade=grade) == rendered_for(
            who, door, is_shop=is_shop, grade=grade
        )


def test_a_word_is_escaped_and_never_taken_for_another_words_mark():
    frame = PageFrame(f"<b>{mark('one')}</b>{mark('two')}{mark('one')}")

    assert (
        frame.filled(one="<WORD0two0WORD>", two=Markup("<i>")) == "<b>&lt;WORD0two0WORD&gt;</b><i>&lt;WORD0two0WORD&gt;"
    )


def test_a_word_that_is_missing_is_noticed():
    with pytest.raises(KeyError):
        PageFrame(mark("one")).filled(two="2")


def test_whose_report_it_is_follows_it_and_everybody_else_joins():
    cases = [case(7, "B101", thumb=None), case(8, "A101", thumb="/media/a?x=1&y=2")]
    face = DoorView([], cases, {8: "token"}, None, keeps_plate=False, self_handles=False)

    shown = reported_here(reader(), face)

    assert "(2) · 您已上报" in shown
    assert '<button class="btn" form="join" name="order" value="7">' in shown
    assert 'href="/r/token"' in shown and 'value="8"' not in shown
    assert '<img src="/media/a?x=1&amp;y=2"' in shown and shown.count("<img") == 1
    assert "2 小时前" in shown and "3 人上报" in shown


def test_where_nothing_is_reported_nothing_is_listed():
    assert reported_here(reader(), DoorView([], [], {}, None, keeps_plate=False, self_handles=False)) == ""


def case(order_id: int, item: str, *, thumb: str | None) -> Candidate:
    return Candidate(
        order_id=order_id,
        number=f"YM-{order_id}",
        state="dispatched",
        item=ItemName(code=item, name_zh=f"<{item}>", name_en=item),
        opened_at=NOW - timedelta(hours=2),
        closed_at=None,
        age_min=120,
        distance_m=0,
        is_here=True,
        reporters=3,
        thumb_url=thumb,
    )
