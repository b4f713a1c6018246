"""Words are found by how they are used: what holds together among different neighbours, no number and no name."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.public_opinion.vocabulary import vocabulary_of
from backend.public_opinion.words import clauses, finding, grams
from backend.public_opinion.words.matching import Matcher
from backend.public_opinion.words.numbers import is_number

MATTERS = ("飞线充电", "高空抛物", "毁绿占绿", "油车占位", "群租扰民", "垃圾堆放")
BEFORE = ("居民说", "希望处理", "这里", "晚上", "小区里", "又是", "门口", "屡次", "都在", "楼下", "对面", "请管管")
AFTER = ("影响大家", "没人管", "已经很久", "请来看", "太多", "很危险", "怎么办", "一直有", "越来越多", "快处理")


def texts_about(matters: tuple[str, ...], many: int, seed: int = 1) -> list[str]:
    chance = Random(seed)
    return [
        f"{chance.choice(BEFORE)}{chance.choice(matters)}{chance.choice(AFTER)}。{chance.choice(BEFORE)}{number}号"
        for number in range(many)
    ]


def words_of(texts: list[str], **more: object) -> set[str]:
    return {each.word for each in finding.find_words([clauses.read(text) for text in texts], **more)}  # type: ignore[arg-type]


def test_matters_are_found_whole_that_no_dictionary_has() -> None:
    found = words_of(texts_about(MATTERS, 200))

    assert set(MATTERS) <= found
    assert not {"飞线", "线充电", "空抛物", "绿占绿"} & found


def test_a_run_that_stands_alone_as_well_is_a_word_of_its_own() -> None:
    texts = texts_about(("飞线充电",), 60) + texts_about(("充电",), 60, seed=2) + texts_about(MATTERS[1:], 250, seed=3)

    assert {"飞线充电", "充电"} <= words_of(texts)


def test_what_too_few_texts_say_is_none() -> None:
    texts = texts_about(MATTERS[1:], 100)

    assert "飞线充电" not in words_of([*texts, *texts_about(("飞线充电",), finding.LEAST - 1)])
    assert "飞线充电" in words_of([*texts, *texts_about(("飞线充电",), 20)])


def test_a_form_that_says_the_same_sentence_everywhere_makes_no_word_of_its_joints() -> None:
    form = "来电人要求相关部门核实处理并回复"
    found = words_of([f"{text}。{form}" for text in texts_about(MATTERS, 150)])

    assert not any(word in form and len(word) > 4 for word in found)


def test_names_that_are_said_often_are_no_words() -> None:
    found = words_of([f"{text},{name}不理" for text in texts_about(MATTERS, 80) for name in ("张建国", "李秀英")])

    assert not {word for word in found if "建国" in word or "秀英" in word}


def test_places_of_the_town_are_counted_apart_and_no_word_reaches_across_one() -> None:
    gazetteer = Matcher({"莲溪路": 7})
    said = clauses.read("莲溪路88弄3号飞线充电", gazetteer)

    assert said.places == {7}
    assert said.runs == ["飞线充电"]
    assert finding.is_place("北蔡新村") and not finding.is_place("马路")


@pytest.mark.parametrize(
    "word",
    [
        "三楼",
        "十几户",
        "两个月",
        "第三天",
        "一二三",
        "星期天",
        "周五",
        "今年",
        "下午",
        "上个月",
        "二十层",
        "半夜",
        "几万元",
    ],
)
def test_numbers_and_times_are_never_words(word: str) -> None:
    assert is_number(word)
    assert not finding.may_be_word(word)


@pytest.mark.parametrize("word", ["一码通", "三轮车", "百货", "半地下室", "万步走", "千斤顶", "月季", "周边"])
def test_what_only_begins_like_a_number_is_none(word: str) -> None:
    assert not is_number(word)


@pytest.mark.parametrize(
    "text",
    ["手机13812345678", "身份证310115199001011234", "车牌沪A12345", "QQ号123456789", "电话021-58581234", "3月5日14:30"],
)
def test_no_digit_is_part_of_a_run(text: str) -> None:
    said = clauses.read(text)

    assert not any(letter.isdigit() for run in said.runs for letter in run)
    assert said.letters <= {"qq"}


def test_letters_are_words_as_people_write_them() -> None:
    assert clauses.read("楼下KTV很吵,wifi也断").letters == {"ktv", "wifi"}


def test_the_longest_word_is_matched_first_and_none_within_it() -> None:
    matcher = Matcher({"充电": 1, "飞线充电": 2, "飞线": 3})

    assert matcher.numbers(["飞线充电了", "充电"]) == {1, 2}
    assert matcher.numbers(["飞线"]) == {3}


def test_a_vocabulary_says_which_words_a_text_has() -> None:
    known = vocabulary_of([(1, "飞线充电", False), (2, "莲溪路", True), (3, "ktv", False)])

    assert known.numbers_in("莲溪路5号KTV旁飞线充电,又飞线充电") == [1, 2, 3]


def test_cohesion_and_freedom_tell_a_word_from_two_that_meet() -> None:
    found = {each.word: each for each in grams.list_grams(texts_about(MATTERS, 200), 5)}

    assert found["飞线充电"].cohesion > 2 and found["飞线充电"].freedom > 1.5
    assert found["飞线充"].freedom == 0


@given(st.lists(st.text("飞线充电高空抛物,。1a\n", max_size=40), max_size=12))
def test_any_texts_have_words_that_stand_in_enough_of_them(texts: list[str]) -> None:
    found = finding.find_words([clauses.read(text) for text in texts], least=2)

    assert all(sum(word.word in text.lower() for text in texts) >= word.support >= 2 for word in found)


@given(
    st.lists(st.text("甲乙丙丁", min_size=2, max_size=4), min_size=1, max_size=6, unique=True),
    st.text("甲乙丙丁,", max_size=60),
)
def test_matched_words_stand_in_the_clause_and_do_not_overlap(words: list[str], clause: str) -> None:
    numbered = {word: number for number, word in enumerate(words)}
    spans = list(Matcher(numbered).spans(clause))

    assert all(numbered[clause[start:end]] == number for start, end, number in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
