"""What the doctor says of a database's locale: only what breaks something is wrong, and it says what to do."""

import msgspec
import pytest

from backend.commands.database_locale import LocaleFacts, judge

SOUND = LocaleFacts(encoding="UTF8", name="yima", collation="zh_CN.utf8", characters="zh_CN.utf8")


@pytest.mark.parametrize(
    "facts",
    [
        SOUND,
        msgspec.structs.replace(SOUND, collation="C", characters="C"),
        msgspec.structs.replace(SOUND, sorted_by="2.36", sorts_by="2.36"),
        msgspec.structs.replace(SOUND, sorted_by=None, sorts_by="2.36"),
    ],
)
def test_a_locale_that_breaks_nothing_is_well(facts):
    said, todo = judge(facts)

    assert facts.characters in said
    assert todo == ""


def test_under_c_it_says_what_knows_ascii_alone():
    said, _ = judge(msgspec.structs.replace(SOUND, characters="C"))

    assert "三元组只认 ASCII" in said
    assert "ASCII alone" in said


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"encoding": "SQL_ASCII"}, ("编码不是 UTF8", "createdb -E UTF8")),
        ({"sorted_by": "2.31", "sorts_by": "2.36"}, ("REINDEX DATABASE", "REFRESH COLLATION VERSION", '"yima"')),
        ({"stale": ["public.pinyin"]}, ("public.pinyin", "REFRESH VERSION")),
    ],
)
def test_what_breaks_words_or_indexes_is_told_with_what_to_do(changed, words):
    _, todo = judge(msgspec.structs.replace(SOUND, **changed))

    assert [word for word in words if word not in todo] == []
    assert " / " in todo
