"""人名永不为词: what is cut out of a text, and which runs of characters are never a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.public_opinion.words import clauses, excerpts, names
from backend.public_opinion.words.finding import may_be_word
from backend.public_opinion.words.names import is_name, surnames, without_names

GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英"
TEXTS = [
    # a text, what must be gone from it, what must stay in it
    ("张建国先生反映楼道堆物", "张建国", "楼道堆物"),
    ("联系人:李秀英,电梯停运三天", "李秀英", "电梯停运"),
    ("我叫王小红,住在本小区", "王小红", "本小区"),
    ("本人陈志强反映消防通道被占", "陈志强", "消防通道"),
    ("当事人刘芳称垃圾厢房异味大", "刘芳", "垃圾厢房异味"),
    ("投诉人:欧阳娜娜 反映噪音扰民", "欧阳娜", "噪音扰民"),
    ("居民赵某反映共享单车乱停", "赵某", "共享单车乱停"),
    ("业主周某某多次投诉渗水", "周某", "渗水"),
    ("物业王经理不接电话", "王经理", "不接电话"),
    ("请孙师傅来看看下水道", "孙师傅", "下水道"),
    ("姓名:何敏 水管爆裂", "何敏", "水管爆裂"),
    ("负责人是吴磊,拖欠工资", "吴磊", "拖欠工资"),
    ("儿子郑小宝在幼儿园受伤", "郑小宝", "幼儿园"),
    ("司机冯大勇闯红灯", "冯大勇", "闯红灯"),
    ("冯女士家楼上漏水", "冯女士", "楼上漏水"),
    ("路师傅来修过路灯", "路师傅", "路灯"),
    ("业主高空抛物屡禁不止", "", "高空抛物"),
    ("居民反映飞线充电", "", "飞线充电"),
    ("马路上石子很多", "", "马路"),
    ("夜间施工噪音扰民", "", "夜间施工噪音"),
    ("工程完成工作量不足", "", "完成工作量"),
    ("包工头不给工资", "", "包工头"),
    ("施工现场没有围挡", "", "施工现场"),
    ("对于总体规划有意见", "", "总体规划"),
    ("工地张工说今晚不停", "张工", "今晚不停"),
    ("物业刘总不在", "刘总", "不在"),
]
ORDINARY = [
    # what people write without meaning harm, and what must be gone from the excerpt
    ("我叫王小红,电话138 1234 5678,楼上漏水", ("王小红", "1234", "5678")),
    ("请回电 １３８１２３４５６７８ 漏水", ("5678",)),
    ("手机:138-1234-5678,漏水", ("5678", "1234")),
    ("电话一三八一二三四五六七八,漏水", ("五六七八",)),
    ("打幺三八零零幺三八零零零,漏水", ("零零零",)),
    ("身份证310104199001011234,漏水", ("1990", "1234")),
    ("身份证号是 31010419900101123X 漏水", ("1990", "123X")),
    ("微信号 wanglihua88 加我,漏水", ("wanglihua", "88")),
    ("加我vx:abc_12345 漏水", ("abc_12345",)),
    ("QQ 12345678 漏水", ("12345678",)),
    ("邮箱 li.ming@example.com 漏水", ("li.ming", "example")),
    ("车牌沪A12345占车位,漏水", ("12345",)),
    ("沪AD12345 占车位,漏水", ("12345",)),
    ("银行卡 6222 0210 0111 2233 445 被扣,漏水", ("6222", "2233")),
    ("联系人:欧阳娜娜女士,漏水", ("欧阳娜娜",)),
    ("业主李某某反映漏水", ("李某",)),
    ("当事人陈建军称漏水", ("陈建军",)),
    ("固话021-5888 6666转8001,漏水", ("5888", "6666")),
    ("我是赵敏,漏水", ("赵敏",)),
    ("联系人 张·志强 漏水", ("志强",)),
]
SPELT = ["wanglihua", "ZhangSan", "lixiaoming", "chenwei"]
NO_NAMES = ["wifi", "ktv", "led", "app", "etc", "pinduoduo", "email", "uber", "vip", "atm", "gps"]
NUMBERS = ["一三八零零一二三", "幺三八零零", "三一零一零四", "洞洞拐幺"]
NAMES = [
    *("张建国", "李秀英", "王小红", "陈志强", "刘芳", "赵敏", "周杰", "吴磊", "郑小宝", "冯大勇", "欧阳娜娜", "许文强"),
    *("杨丽娟", "黄晓明", "孙艳", "徐静", "朱军", "胡桂英", "郭涛", "罗勇", "曹刚", "彭秀霞", "曾伟", "邓超"),
    *("业主张伟", "居民王芳", "老板李强", "司机陈勇"),
]
WORDS = [
    *("飞线充电", "高空抛物", "共享单车", "垃圾分类", "电瓶车", "消防通道", "楼道堆物", "群租", "噪音扰民", "油烟"),
    *(
        "马路",
        "黄牛",
        "石子路",
        "白蚁",
        "方便面",
        "高架",
        "金属",
        "江水",
        "龙头",
        "田地",
        "林地",
        "万人",
        "路灯",
        "车位",
    ),
    *("水管爆裂", "毁绿占绿", "房产证", "安全隐患", "公交车", "幼儿园", "学区房", "加装电梯", "违章搭建", "张贴"),
]


@pytest.mark.parametrize(("text", "gone", "left"), TEXTS)
def test_names_are_cut_out_of_a_text_and_nothing_else(text: str, gone: str, left: str) -> None:
    plain, _ = without_names(text)

    assert not gone or gone not in plain
    assert left in plain


@pytest.mark.parametrize("name", NAMES)
def test_a_persons_name_is_no_word(name: str) -> None:
    assert is_name(name)
    assert not may_be_word(name)


@pytest.mark.parametrize(("text", "gone"), ORDINARY)
def test_an_excerpt_tells_nobodys_name_phone_or_number(text: str, gone: tuple[str, ...]) -> None:
    shown = excerpts.around(text, ["漏水"])

    assert "漏水" in shown
    assert not [each for each in gone if each in shown]


@pytest.mark.parametrize("letters", SPELT)
def test_a_name_spelt_in_letters_is_no_word(letters: str) -> None:
    assert clauses.read(f"找{letters}处理").letters == set()


@pytest.mark.parametrize("letters", NO_NAMES)
def test_letters_that_are_no_name_may_be_words(letters: str) -> None:
    assert clauses.read(f"楼下{letters}太吵").letters == {letters}


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_spelt_out_is_no_word(number: str) -> None:
    assert not may_be_word(number)


@given(st.text(max_size=300), st.lists(st.text(max_size=4), max_size=3))
def test_any_text_has_an_excerpt_that_is_short(text: str, words: list[str]) -> None:
    assert len(excerpts.around(text, words)) <= 3 * excerpts.ABOUT + 2


@given(st.integers(10**10, 10**11 - 1), st.sampled_from(["", " ", "-", ".", " - "]), st.integers(1, 5))
def test_no_number_of_a_phone_passes_however_it_is_spread(number: int, between: str, every: int) -> None:
    digits = str(number)
    spread = between.join(digits[at : at + every] for at in range(0, len(digits), every))

    assert digits[-4:] not in excerpts.around(f"漏水,请打{spread}", ["漏水"])


@pytest.mark.parametrize("word", WORDS)
def test_a_common_thing_is_no_name_though_it_begins_like_one(word: str) -> None:
    assert not is_name(word)


def test_whoever_is_known_here_is_never_a_word_however_it_looks() -> None:
    assert is_name("路灯明", {"路灯明"})
    assert is_name("师傅高天来", {"高天来"})
    assert not is_name("路灯")


def test_who_is_named_once_is_known_by_name() -> None:
    assert without_names("联系人:李秀英")[1] == {"李秀英"}


@given(st.sampled_from(sorted(surnames().common)), st.text(st.sampled_from(GIVEN), min_size=1, max_size=2))
def test_no_name_of_a_common_surname_passes_beside_a_title(surname: str, given_name: str) -> None:
    plain, _ = without_names(f"请{surname}{given_name}先生来")

    assert given_name not in plain


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    plain, found = without_names(text)

    assert len(plain) <= len(text) + 1
    assert all(2 <= len(name) <= 4 for name in found)


def test_a_surname_alone_is_no_name_of_two_characters() -> None:
    assert [found[2] for found in names.names_in("王师傅")] == ["王"]
