"""What a model sees of a text: runs and words as numbers, the same in every process and on every machine."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.intake.items import features
from backend.intake.items.features import CONTAINED, FIRST

words = st.text(st.sampled_from("电梯坏了 没人修ＡＢ12，。!!\n𠮷"), max_size=60)


def cut(said: str) -> list[str]:
    return [said[start:end] for start, end in features.cut(features.look_at(said)).spans]


@pytest.mark.parametrize(
    ("typed", "counted"),
    [
        ("电梯坏了！！！", "电梯坏了!"),
        ("电话１３８００００１２３４，12弄3号", "电话00,0弄0号"),
        ("西地省A3区", "省区"),
        ("见 https://example.org/a?b=1 谢谢", "见 谢谢"),
        ("  a\t\n b ", "a b"),
    ],
)
def test_width_numbers_repeats_and_lettered_places_make_no_difference(typed, counted):
    assert features.plain(typed) == counted


@given(words)
def test_each_run_lies_within_a_clause_and_has_a_number_of_its_own(typed):
    said = features.plain(typed)
    seen: dict[int, str] = {}

    for spans, numbers in features.runs_of(said):
        for (start, end), number in zip(spans.tolist(), numbers.tolist(), strict=True):
            assert said[start:end].isalnum()
            assert seen.setdefault(number, said[start:end]) == said[start:end]


@given(words)
def test_the_words_of_a_text_are_all_of_it_but_the_signs(typed):
    said = features.plain(typed)

    assert "".join(cut(said)) == "".join(each for each in said if each.isalnum())


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("小区的电梯经常发生故障", ["小区", "的", "电梯", "经常", "发生", "故障"]),
        ("电梯故障,无人维修", ["电梯", "故障", "无人", "维修"]),
        ("", []),
        ("!?", []),
        ("𠮷", ["𠮷"]),
    ],
)
def test_a_text_is_cut_into_the_commonest_words(said, words):
    assert cut(said) == words


@given(words, words)
def test_counts_stand_by_rising_number(title, text):
    for counted in features.read(title, text):
        assert (counted.counts > 0).all()
        assert (counted.numbers[1:] > counted.numbers[:-1]).all()


def test_of_the_beginning_alone_every_run_is_counted():
    one, other = (features.read("投诉", "电梯坏了," * 21 + tail) for tail in ("没人修", "没人管"))

    assert one[FIRST].numbers.tolist() == other[FIRST].numbers.tolist()
    assert one[CONTAINED].numbers.tolist() != other[CONTAINED].numbers.tolist()


def test_words_are_found_however_the_text_is_cut():
    spans = features.contained_in(features.look_at("人行道上")).spans.tolist()

    assert {"人行", "人行道", "行道"} <= {"人行道上"[start:end] for start, end in spans}


def test_a_text_beyond_all_measure_is_read_to_its_measure():
    assert len(features.whole("", "电梯" * 100_000)) <= features.MOST + 1


def test_half_a_surrogate_is_no_reason_to_fall_over():
    assert features.read("\ud83d", "电梯\udc00")


def test_the_numbers_of_runs_never_change_since_models_hold_them():
    """Written down once: a model that was trained by an earlier version must still find its runs."""
    assert np.concatenate([each.numbers for each in features.runs_of("电梯")]).tolist() == [
        2954832832927290073,
        1607860879700796045,
        891204557694886799,
    ]
