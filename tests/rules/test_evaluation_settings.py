"""What a town may decide about its index, and what is refused with which sentence."""

import msgspec
import pytest

from backend.evaluation.errors import EvaluationSettingWrong
from backend.evaluation.settings import DONE, FOUND, HELD, SHIPPED, EvaluationRules, check, overlapping
from backend.evaluation.structs import Dimension

KNOWN = {"A", "A1", "A2", "A101", "B", "B1", "Z9", "Z901"}


def rules(weights: tuple[int, int, int] = (50, 30, 20), **said: object) -> EvaluationRules:
    classes = {each: tuple(str(said.pop(each.value, code)).split()) for each, code in OWN.items()}
    made = {"weights": dict(zip((DONE, HELD, FOUND), weights, strict=True)), "classes": classes, "reason": "本镇字典"}
    return EvaluationRules(**made | said)  # type: ignore[arg-type]


OWN = {Dimension.SECURE: "B1", Dimension.ORDERLY: "A1", Dimension.CLEAN: "Z9"}


def test_what_a_town_names_itself_can_be_set() -> None:
    for made in (rules(), rules((100, 0, 0)), rules(secure="B1 Z9", clean="A2"), rules(appeal_days=90)):
        check(made, KNOWN)


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (rules((50, 30, 21)), "weights"),
        (rules((120, -20, 0)), "weights"),
        (rules(secure=""), "classes"),
        (rules(secure=" ".join(f"X{number}" for number in range(31))), "classes"),
        (rules(clean="Q1"), "unknown"),
        (rules(clean="A1"), "twice"),
        (rules(clean="A101"), "twice"),
        (rules(clean="A"), "twice"),
        (rules(clean="Z9 Z9"), "twice"),
        (rules(appeal_days=0), "days"),
        (rules(appeal_days=91), "days"),
        (rules(reason="  "), "reason"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(made: EvaluationRules, sentence: str) -> None:
    with pytest.raises(EvaluationSettingWrong) as refused:
        check(made, KNOWN)

    assert refused.value.key == f"evaluation-setting-{sentence}"


def test_what_ships_could_be_set_by_a_town() -> None:
    named = {code for codes in SHIPPED.classes.values() for code in codes}

    check(msgspec.structs.replace(SHIPPED, reason="默认"), named)
    assert overlapping(SHIPPED.all_classes) == ""
