"""What in a published answer a person could be found by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.consultations import personal


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("招牌要先备案吗?", []),
        ("请拨打 12345,2026-11-28 前办理,收费 60 元", []),
        ("我的手机 138 0013 8000", ["number"]),
        ("身份证 310101199001011234", ["number"]),
        ("+86-13800138000", ["number"]),
        ("写信到 a.b@c.cn", ["address"]),
        ("沪A·12345 停在门口", ["plate"]),
        ("我住 3 号楼 502 室", ["door"]),
        ("１３８００１３８０００", ["number"]),
    ],
)
def test_what_has_a_form_is_found(text: str, kinds: list[str]) -> None:
    assert personal.kinds_in(text) == kinds


def test_the_telephone_of_an_office_is_for_everybody() -> None:
    answer = "请致电 021-58881234 或 400-820-8820"

    assert personal.kinds_in(answer, of_offices=True) == []
    assert personal.kinds_in(answer) == ["number"]
    assert personal.kinds_in("经办人 13800138000", of_offices=True) == ["number"]


@given(st.text(max_size=60), st.sampled_from(["13800138000", "310101199001011234", "a@b.cn", "502室"]))
def test_a_draft_holds_nothing_of_what_was_found(before: str, secret: str) -> None:
    assert secret not in personal.hide(f"{before} {secret}。")
