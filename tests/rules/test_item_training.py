"""What is learnt, and that the file says of a text what scikit-learn said."""

import gzip

import numpy as np
import pytest

from backend.intake.items import artifact, case_files, suggesting
from backend.intake.items.case_files import CasesUnreadable
from backend.intake.items.classifier import Classifier
from backend.intake.items.structs import Case

pytest.importorskip("sklearn", reason="training needs the extra `training`")

from backend.intake.items.training import exporting, figures, service
from backend.intake.items.training.fitting import fit, probabilities
from backend.intake.items.training.folds import folds

SAID = {
    "A101": ("电动车", "自行车", "乱停", "人行道", "非机动车", "停放"),
    "A301": ("垃圾", "臭味", "无人清理", "成堆", "保洁", "塑料袋"),
    "B302": ("违建", "搭建", "阳台", "加层", "拆除", "彩钢棚"),
}


def cases(seed: int = 1, many: int = 40) -> list[Case]:
    """Made-up reports: words of one matter among words of all."""
    chance, common = np.random.default_rng(seed), ("小区", "门口", "投诉", "希望", "尽快", "解决", "今天", "有人")
    found = []
    for label, own in SAID.items():
        for _ in range(many):
            said = [*chance.choice(own, 3), *chance.choice(common, 6)]
            found.append(Case(title=str(chance.choice(own)), text="，".join(chance.permutation(said)), label=label))
    return found


@pytest.fixture(scope="module")
def trained() -> service.Trained:
    return service.train(cases(), "made up", "120 cases", tried_in=2)


def test_what_was_learnt_holds_for_texts_that_were_not_seen(trained):
    classifier = Classifier(trained.model)
    right = [classifier.suggest(each.title, each.text)[0].label == each.label for each in cases(seed=2)]

    assert sum(right) / len(right) > 0.95
    assert trained.report.macro_f1 > 0.95
    assert trained.report.coverages[-1].right >= trained.report.coverages[0].right


def test_a_class_that_is_an_item_goes_on_its_way_alone_only_where_it_is_certain(tmp_path, trained):
    artifact.write(file := tmp_path / "own.model", trained.model)

    sure = suggesting.suggest(file, "", "小区门口电动车乱停在人行道，非机动车停放", accepted_error=0.2)
    unsure = suggesting.suggest(file, "", "希望尽快解决", accepted_error=0.2)

    assert sure.item_code == "A101"
    assert unsure.item_code is None
    assert len(unsure.suggestions) == 3


def test_the_words_that_spoke_for_a_class_are_of_that_class(trained):
    first = Classifier(trained.model).suggest("", "今天小区门口有人搭建彩钢棚，希望尽快解决")[0]

    assert first.label == "B302"
    assert first.words
    assert any(word in "搭建彩钢棚" or "搭建" in word or "彩钢" in word for word in first.words)


def test_the_file_gives_the_numbers_that_scikit_learn_gave(tmp_path):
    known = service.know(used := cases(), sorted(SAID))
    everything = np.arange(len(used))
    fitted = fit(known, everything, seed=0)
    by_sklearn = probabilities(known, fitted, everything)
    artifact.write(file := tmp_path / "x.model", exporting.to_model(known, fitted, by_sklearn, sorted(SAID), "x", "x"))

    by_file = np.array([Classifier.load(file).probabilities(each.title, each.text) for each in used])

    assert np.abs(by_file - by_sklearn).max() < 0.005, "what rounding to whole numbers may cost"


def test_the_same_cases_make_the_same_model(trained):
    again = service.train(cases(), "made up", "120 cases", tried_in=2)

    assert again.model.header == trained.model.header
    assert (again.model.weights == trained.model.weights).all()


def test_what_many_sent_in_nearly_the_same_words_is_learnt_from_or_tried_never_both():
    one = "小区东门外的工地每天夜里两点还在打桩，全楼的老人和孩子都睡不着，打了很多次电话也没有人来管，请领导尽快解决"
    many = [Case(text=f"{one}{tail}", label="B402") for tail in ("！", "谢谢", "，求求你们", "。跪求")]
    known = service.know([*many, *cases()], ["B402", *sorted(SAID)])

    assert len(set(known.groups[:4])) == 1
    for learnt, tried in folds(known.labels, known.groups, 4, seed=0):
        assert not set(known.groups[learnt]) & set(known.groups[tried])


def test_a_class_with_few_cases_is_left_out_and_named():
    few = [Case(text="无人认领的气球飘走了", label="C302")] * 3

    report = service.train([*cases(many=20), *few], "x", "x", tried_in=2).report

    assert report.left_out == {"C302": 3}
    assert set(report.f1) == set(SAID)


def test_nothing_is_learnt_from_a_single_class():
    with pytest.raises(service.TooFewCases):
        service.train(cases()[:40], "x", "x")


def test_figures_are_those_of_a_hand_count():
    labels, found = np.array([0, 0, 1, 1, 2]), np.array([0, 1, 1, 1, 0])

    assert figures.f1(labels, found, 3).tolist() == [0.5, 0.8, 0.0]
    sure = np.array([[0.9, 0.1], [0.4, 0.6], [0.2, 0.8], [0.55, 0.45]])
    assert figures.most_confident(sure, np.array([0, 0, 1, 0]), 0.5) == (2, 0)
    assert figures.most_confident(sure, np.array([0, 0, 1, 0]), 1.0) == (4, 1)


def test_cases_are_read_from_csv_plain_or_gzip_and_the_same_text_counts_once(tmp_path):
    text = 'title,text,label\r\n,电梯坏了,A1\r\n题,电梯坏了,A2\r\n题,,A1\r\n题,"两\n行",A2\r\n'
    (tmp_path / "a.csv").write_text("\ufeff" + text, encoding="utf-8", newline="")
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(text.encode()))

    for file in ("a.csv", "a.csv.gz"):
        assert [(case.title, case.text, case.label) for case in case_files.read_cases(tmp_path / file)] == [
            ("", "电梯坏了", "A1"),
            ("题", "两\n行", "A2"),
        ]


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", "text,label\n电".encode("gbk"), b"\x1f\x8b not"])
@pytest.mark.parametrize("name", ["a.csv", "a.csv.gz"])
def test_a_file_of_another_kind_is_refused(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)

    with pytest.raises(CasesUnreadable):
        case_files.read_cases(tmp_path / name)
