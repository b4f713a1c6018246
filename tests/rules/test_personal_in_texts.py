"""One rule for phones and numbers of papers in texts: found however they are written, and other numbers left alone."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.consultations import personal
from backend.intake.items.masking import mask
from backend.privacy import in_texts
from backend.privacy.in_texts import PersonalKind

FOUND = [
    *("13812345678", "138 1234 5678", "138-1234-5678", "138.1234.5678", "138。1234。5678", "138、1234、5678"),
    *("138·1234·5678", "138/1234/5678", "138_1234_5678", "138*1234*5678", "(138)12345678", "138—1234—5678"),
    *("138 - 1234 - 5678", "138...1234...5678", "1 3 8 1 2 3 4 5 6 7 8", "1.3.8.1.2.3.4.5.6.7.8", "138123.45678"),
    *("１３８１２３４５６７８", "１３８．１２３４．５６７８", "①③⑧①②③④⑤⑥⑦⑧", "١٣٨١٢٣٤٥٦٧٨", "138\u200b1234\u200b5678"),
    *(
        "一三八一二三四五六七八",
        "幺三八 一二三四 五六七八",
        "壹叁捌壹贰叁肆伍陆柒捌",
        "一三8一2三45六七8",
        "138\n1234\n5678",
    ),
    *("+86 13812345678", "0086-138-1234-5678", "86.138.1234.5678"),
    *("021-58881234", "02158881234", "(021)58881234", "021.5888.1234", "〇二一 五八八八一二三四", "0571 8888 1234"),
    *("310101199001011234", "31010119900101123X", "310101 19900101 1234", "310101.19900101.1234"),
    *("310101-1990-0101-1234", "三一〇一〇一一九九〇〇一〇一一二三四"),
    *("58881234", "6222 1380 0138 0001 234", "QQ 123456789"),
]
LEFT = [
    *("12345", "110", "2026-11-28", "2026.11.28", "2026/1/5", "2026年11月28日", "二〇二六年十一月二十八日"),
    *("2026-11-28 14:00-18:00", "14.00-18.00,13.30-17.30", "2026.1.1-2026.12.31", "8:30 至 17:00"),
    *("YM261128-0001", "工单 YM261128-000123", "工单号:20261128000123", "编号 20261128-001", "受理编号:123456789"),
    *("共 1234567 元", "1,234,567.89元", "¥12345678", "13,500,000,000", "12345678 平方米", "3 万", "1-3-5-15"),
    *("每月1、3、5、7、9、11、13、15日", "三三两两", "一二三四五六七", "第一三五条", "莲安东路12弄3号", "3.1415926"),
]


@pytest.mark.parametrize("number", FOUND)
def test_a_number_is_found_however_it_is_written(number: str) -> None:
    for text in (number, f"请打{number},谢谢", f"（{number}）"):
        assert in_texts.kinds_in(text) == [PersonalKind.NUMBER]
        assert personal.kinds_in(text) == ["number"]
        kept = mask(text)
        assert sum(each.isdecimal() for each in kept) <= 3, "at most the country and what stands instead"


@pytest.mark.parametrize("text", LEFT)
def test_days_hours_prices_and_numbers_of_orders_stay(text: str) -> None:
    said = f"按{text}办理"

    assert in_texts.kinds_in(said) == []
    assert mask(said) == in_texts.narrow(said)


@pytest.mark.parametrize(
    "text", ["工单号 13812345678", "13812345678元旦后再打", "编号:310101199001011234", "2026-11-28 138.1234.5678"]
)
def test_a_phone_stays_one_whatever_stands_beside_it(text: str) -> None:
    assert in_texts.kinds_in(text) == [PersonalKind.NUMBER]


def test_what_is_found_is_told_by_its_kind() -> None:
    text = "沪A·12345 停在门口,写信 a.b@c.cn,电话 138.1234.5678"

    assert in_texts.kinds_in(text) == [PersonalKind.ADDRESS, PersonalKind.PLATE, PersonalKind.NUMBER]
    assert in_texts.hide(text, "〇〇") == "〇〇 停在门口,写信 〇〇,电话 〇〇"


@given(st.text(max_size=40), st.sampled_from(["138.1234.5678", "一三八一二三四五六七八", "310101.19900101.1234"]))
def test_nothing_that_stands_before_hides_a_number_from_the_rule(before: str, number: str) -> None:
    hidden = in_texts.hide(f"{before} 电话{number}。", "〇〇")

    assert in_texts.narrow(number) not in hidden


@given(st.text(max_size=80))
def test_spans_lie_within_the_text_and_do_not_overlap(text: str) -> None:
    plain = in_texts.narrow(text)
    spans = in_texts.find(plain)

    assert all(0 <= span.start < span.end <= len(plain) for span in spans)
    assert all(before.end <= after.start for before, after in itertools.pairwise(spans))
