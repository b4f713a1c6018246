"""Whatever a message says, a template takes what we make of it: by the fake, which reads the vendor on its own."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from push import kinds
from push.gateways.wechat.phrases import PHRASES
from push.gateways.wechat.sources import said
from push.gateways.wechat.values import KINDS, fit, kind_of
from tests.fakes.wechat_values import is_taken
from tests.makers.outgoing import make_outgoing

AT = datetime(2026, 11, 21, 0, 52, tzinfo=UTC)
SAID = st.one_of(
    st.text(max_size=80),
    st.text("非机动车乱停放abcXYZ 0123456789-+.年月日:~¥元!😀\n\x00\u200b", max_size=80),
    st.integers(-(10**40), 10**40),
    st.datetimes(timezones=st.just(UTC)).filter(lambda at: 2000 <= at.year < 2101),
)


@pytest.mark.parametrize(
    ("kind", "said", "value"),
    [
        ("thing", "莲安东路 非机动车乱停放", "莲安东路 非机动车乱停放"),
        ("thing", "一二三四五六七八九十一二三四五六七八九十", "一二三四五六七八九十一二三四五六七八九十"),
        ("thing", "一二三四五六七八九十一二三四五六七八九十一", "一二三四五六七八九十一二三四五六七八九…"),
        ("thing", "第一行\n第二行\t完", "第一行 第二行 完"),
        ("thing", "", "无"),
        ("thing", "😀" * 11, "😀" * 9 + "…"),
        ("number", 12, "12"),
        ("number", "约 12.5 米", "12.5"),
        ("number", "没有", ""),
        ("letter", "ab-12-CD", "abCD"),
        ("symbol", "a!?b", "!?"),
        ("character_string", "BC20261121-000123", "BC20261121-000123"),
        ("character_string", "单号 BC-1", "BC-1"),
        ("character_string", "x" * 40, "x" * 32),
        ("time", AT, "2026年11月21日 08:52"),
        ("time", "15:01", "15:01"),
        ("time", "明天", ""),
        ("time", "0:60", ""),
        ("time", "99:30", ""),
        ("time", "24:00", ""),
        ("number", "１２", ""),
        ("date", AT, "2026年11月21日"),
        ("amount", "共 ¥60.00元", "¥60.00元"),
        ("phone_number", "电话 021-12345", "021-12345"),
        ("car_number", "沪A·12345", "沪A12345"),
        ("name", "张三(网格员)", "张三网格员"),
        ("name", "Zhang San 3", "Zhang San"),
        ("phrase", "处置中!", "处置中"),
        ("phrase", "接单时限已用 80%", "接单时限已"),
        ("phrase", "done", "无"),
        ("enum", "待处理", "待处理"),
    ],
)
def test_a_value_is_cut_to_what_its_field_takes(kind, said, value):
    assert fit(kind, said) == value


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"enum"}))
@given(said=SAID)
def test_what_is_made_of_anything_is_taken_or_nothing(kind, said):
    value = fit(kind, said)

    assert value == "" or is_taken(f"{kind}1", value), value


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("thing1", "x" * 21),
        ("thing1", ""),
        ("thing1", "第一行\n第二行"),
        ("character_string1", "单号"),
        ("phrase1", "处置中!"),
        ("phrase1", "处置中已派单"),
        ("number1", "十二"),
        ("time1", "25:00"),
        ("time1", "明天"),
        ("letter1", "a1"),
        ("thing1", 12),
    ],
)
def test_the_fake_refuses_what_the_vendor_refuses(key, value):
    assert not is_taken(key, value)


@pytest.mark.parametrize(
    ("key", "kind"),
    [("thing2", "thing"), ("character_string13", "character_string"), ("thing", ""), ("2", ""), ("", "")],
)
def test_the_type_of_a_key_is_what_stands_before_its_number(key, kind):
    assert kind_of(key) == kind


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_every_kind_of_message_has_a_phrase_that_a_template_takes(kind):
    assert is_taken("phrase1", PHRASES[kind])


@pytest.mark.parametrize(
    ("language", "item", "stage"), [("zh", "占道经营", "新工单"), ("en", "Street vending", "New order")]
)
def test_a_template_says_item_and_stage_in_the_language_of_who_reads_it(language, item, stage):
    message = make_outgoing("openid", language=language)

    assert (said(message, "item", AT), said(message, "stage", AT)) == (item, stage)
