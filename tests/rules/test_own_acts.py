"""Nobody is notified of an act of their own: every kind of message says who did it, or is nobody's act."""

import ast
import json
from pathlib import Path

import pytest

import push
from backend.events.facts import Fact, Recorded
from push import kinds
from push.channels import Recipient
from push.notices import notice
from push.own_acts import actor_field, actor_of
from push.structs import Wording

BY_NOBODY = {
    "OfferOpened": "the pool opens an offer; whoever gave it back is not called to it again",
    "CameraEventSeen": "a camera saw it",
    "CameraFound": "a camera told something before anybody registered it",
    "PlateSuspected": "counted from scans",
    "ShopGradeChanged": "counted each night",
    "LiftDueSoon": "a day comes near",
    "LiftOverdue": "a day has passed",
    "MatterEmerged": "counted from what many people say",
    "WeeklyAnalysisReady": "a week is over",
    "VisitMissed": "a deadline has passed",
    "VisitorLeft": "whoever left has left already, by whatever way",
}
"""Kinds that no person brings about: by what else."""
ACTOR, OTHER = 7, 8


def described(kind: type[Fact]) -> list[type[Fact]]:
    return [each for child in kind.__subclasses__() for each in (child, *described(child))]


FACTS = {fact.name(): fact for fact in described(Fact)}


@pytest.mark.parametrize("kind", [kind for kind in kinds.KINDS if kind not in BY_NOBODY])
def test_who_did_it_finds_no_message_about_it(kind: str):
    assert actor_field(kind) in FACTS[kind].__struct_fields__, "say who did it, or that nobody does it: BY_NOBODY"

    made = notice(recorded(kind, ACTOR), [ACTOR, OTHER], WORDING, Recipient.DESK)

    assert made.account_ids == [OTHER]
    assert notice(recorded(kind, None), [ACTOR, OTHER], WORDING, Recipient.DESK).account_ids == [ACTOR, OTHER]


def test_what_nobody_does_says_of_nobody_that_they_did():
    assert [kind for kind in BY_NOBODY if actor_field(kind) in FACTS[kind].__struct_fields__] == []
    assert {actor_of(recorded(kind, None)) for kind in BY_NOBODY} == {None}


def test_there_is_one_way_to_make_a_notice():
    folder = Path(push.__file__).parent
    makers = [
        file.name
        for file in folder.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Notice"
    ]

    assert makers == ["notices.py"]


WORDING = Wording(title_zh="标题", title_en="Title", body_zh="", body_en="")


def recorded(kind: str, actor: int | None) -> Recorded:
    body = json.dumps({"subject_id": 1, actor_field(kind): actor}).encode()
    return Recorded(
        id=1, name=kind, subject="", subject_id=1, version=0, area_code="", unit_id=None, account_ids=[], body=body
    )
