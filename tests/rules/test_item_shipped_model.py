"""The shipped model says of invented petitions what it said when it was trained, and costs only whoever asks it."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from backend.intake.items import mapping, suggesting
from backend.intake.items.acceptance import ErrorOutOfRange
from backend.intake.items.classifier import Classifier
from backend.intake.items.suggesting import SHIPPED, Suggested, Suggestion, only_open, suggest
from backend.items.service import DICTIONARY

GOLDEN = json.loads(Path(__file__).with_name("item_golden.json").read_text("utf-8"))
"""Text → probability of each class: `python -m bench.items --golden FILE` writes it anew."""
ACCEPTED = 0.2
SAID = {
    "小区楼下的烧烤店每天半夜油烟熏人，河水也发黑发臭，排污没人管": "环境保护",
    "公司拖欠我们三个月工资，也不给交社保，申请劳动仲裁一直没有结果": "劳动和社会保障",
    "学校强制学生买校服和补课，老师收费乱，教育局管不管": "教育文体",
    "出租车不打表还拒载，长途客运班车随意涨价，运管处应该查一查": "交通运输",
    "村卫生室的医生没有执业证，乡镇医院乱收费，新农合报销不了": "卫生计生",
    "在超市买到假货，商家不肯退款，电梯也经常出故障没有年检": "商贸旅游",
    "开发商延期交房，房产证办不下来，物业乱收物业费": "城乡建设",
}


@pytest.mark.parametrize("text", SAID)
def test_a_petition_goes_where_anybody_would_send_it(text):
    found = suggest(SHIPPED, "", text, accepted_error=ACCEPTED)

    assert found.suggestions[0].label == SAID[text]
    assert found.suggestions[0].words
    assert all(word in text for each in found.suggestions for word in each.words)
    assert found.is_certain == (found.threshold is not None and found.suggestions[0].probability >= found.threshold)


def test_probabilities_are_those_of_the_day_it_was_trained():
    classifier = Classifier.load(SHIPPED)

    for text, expected in GOLDEN.items():
        assert classifier.probabilities("", text).tolist() == pytest.approx(expected, abs=1e-6)


def test_who_accepts_less_error_is_asked_more_often():
    model = Classifier.load(SHIPPED).model.header
    thresholds = [suggest(SHIPPED, "", "路灯", error).threshold for error in (0.2, 0.1, 0.05, 0.02)]

    assert thresholds == sorted(each for each in thresholds if each is not None)
    assert list(model.confidences) == sorted(model.confidences)
    with pytest.raises(ErrorOutOfRange):
        suggest(SHIPPED, "", "路灯", 0)


@pytest.mark.parametrize("text", ["", "。", "\ud800", "a" * 100_000, "电梯" * 50_000, "\x00", "𠮷" * 50])
def test_whatever_is_said_gets_three_suggestions_that_are_no_more_than_certain(text):
    suggestions = suggest(SHIPPED, "", text, 0.08).suggestions

    assert len(suggestions) == 3
    assert sum(each.probability for each in suggestions) <= 1 + 1e-9


def test_every_class_and_every_word_leads_to_items_of_the_dictionary():
    with DICTIONARY.open(encoding="utf-8", newline="") as lines:
        codes = {row["code"] for row in csv.DictReader(lines)}
    named = {code for items in mapping.classes().values() for code in items} | set(mapping.item_words())

    assert set(mapping.classes()) == set(Classifier.load(SHIPPED).model.header.classes)
    assert named <= codes
    assert set(mapping.item_words()) == codes


def test_the_item_that_a_text_names_comes_first_and_a_code_is_itself():
    assert mapping.items_of("城乡建设", "楼上住户在楼顶搭建房子")[0] == "B302"
    assert mapping.items_of("城乡建设", "门口的井盖不见了")[0] == "A501"
    assert mapping.items_of("A101", "随便") == ("A101",)


def test_a_certain_class_of_several_items_is_certain_of_none_of_them():
    found = suggest(SHIPPED, "", next(iter(SAID)), accepted_error=0.5)

    assert found.is_certain
    assert len(found.suggestions[0].items) > 1
    assert found.item_code is None


def test_only_an_open_item_goes_on_its_way_alone_and_being_left_over_makes_none_sure():
    several = Suggestion(label="城乡建设", items=("B302", "A501"), probability=0.9, words=("违建",))
    one = msgspec.structs.replace(several, label="B302", items=("B302",))
    unsure = Suggested(suggestions=(several,), is_certain=True, threshold=0.5)
    sure = Suggested(suggestions=(one,), is_certain=True, threshold=0.5, item_code="B302")

    assert only_open(sure, {"B302"}) == sure
    assert only_open(sure, {"A501"}).item_code is None
    left = only_open(unsure, {"A501"})
    assert (left.suggestions[0].items, left.item_code) == (("A501",), None)


def test_a_town_that_trained_its_own_model_is_asked_by_it(tmp_path):
    assert suggesting.model_of(tmp_path) == SHIPPED
    (tmp_path / suggesting.OWN_NAME).touch()
    assert suggesting.model_of(tmp_path) == tmp_path / suggesting.OWN_NAME


def test_who_only_keeps_corrections_or_could_ask_loads_nothing_heavy():
    script = "import sys; from backend.intake.items import corrections, suggesting, closed_orders; "
    script += "sys.exit(bool({'numpy', 'scipy', 'sklearn'} & sys.modules.keys()))"

    assert subprocess.run([sys.executable, "-c", script], cwd=Path(__file__).parents[2], check=False).returncode == 0
