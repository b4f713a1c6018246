"""The kinds of devices as data: each leads to an item of ours, and no text says who lives where."""

import csv

from backend.intake.sensors.kinds import Trigger, kinds
from backend.items.service import DICTIONARY, OWN_ITEMS

PERSONAL = ("老人", "独居", "姓", "电话", "elder", "alone", "lives", "resident", "Mr", "Mrs")


def items() -> dict[str, str]:
    rows = [row for path in (DICTIONARY, OWN_ITEMS) for row in csv.DictReader(path.read_text("utf-8-sig").splitlines())]
    return {row["code"]: row["priority"] for row in rows}


def test_there_are_thirty_two_kinds_and_each_alarm_has_an_item_and_words_in_both_languages():
    known = items()

    assert len(kinds()) == 32
    for kind in kinds().values():
        assert kind.name_zh and kind.name_en and kind.silence_min > 0
        assert kind.alarms, kind.code
        for cause in kind.alarms:
            assert cause.item_code in known, (kind.code, cause.code)
            assert cause.reason_zh and cause.reason_en and cause.name_zh and cause.name_en
        for cause in kind.causes.values():
            if cause.trigger in (Trigger.HIGH, Trigger.LOW):
                assert (kind.high if cause.trigger is Trigger.HIGH else kind.low) is not None, (kind.code, cause.code)


def test_what_is_urgent_is_visited_also_when_the_device_says_that_it_is_over():
    known = items()
    urgent = [cause for kind in kinds().values() for cause in kind.alarms if known[cause.item_code] == "P0"]

    assert {cause.code for cause in urgent} >= {"smoke", "gas", "call", "fall"}
    assert [cause.code for cause in urgent if not cause.is_always_visited] == []


def test_signs_of_life_are_of_homes_that_somebody_watches_and_their_texts_say_nothing_of_who_lives_there():
    homes = [kind for kind in kinds().values() if kind.activity]

    assert {kind.code for kind in homes} == {"door_sensor", "water_meter", "motion_sensor", "fall_radar"}
    for kind in homes:
        assert kind.causes["quiet"].trigger is Trigger.QUIET
        assert kind.activity == "growth" or kind.causes[kind.activity].trigger is Trigger.ACTIVITY
        for cause in (*kind.alarms, kinds()["one_key_call"].causes["call"]):
            said = f"{cause.name_zh}{cause.name_en}{cause.reason_zh}{cause.reason_en}"
            assert [word for word in PERSONAL if word in said] == []
            assert not cause.is_by_place, "two homes of one house are two visits"
