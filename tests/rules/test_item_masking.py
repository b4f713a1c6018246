"""What is kept to learn from has no number by which a person is found, and still says what the matter is."""

import pytest

from backend.intake.items.masking import mask


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("请打13800001234找我", "请打0找我"),
        ("电话１３８ ００００ １２３４", "电话0"),
        ("电话021-55551234，谢谢", "电话0,谢谢"),
        ("+86 13800001234", "0"),
        ("身份证31010119900101123X。", "身份证0。"),
        ("沪A12345乱停", "0乱停"),
        ("沪A·D12345乱停", "0乱停"),
        ("写信a.b@example.org或看https://example.org/x", "写信0或看0"),
        ("莲安东路12弄3号，2020年10月", "莲安东路12弄3号,2020年10月"),
    ],
)
def test_numbers_of_persons_go_and_those_of_streets_stay(typed, kept):
    assert mask(typed) == kept
