"""Whoever reads a definition sees what each of its measures is called."""

from backend.indicators.registry.shipped import shipped
from backend.indicators.registry.wording import list_measures


def test_every_shipped_definition_names_its_measures_in_both_languages():
    unnamed = [each.code for each in shipped().values() if not all(m.zh and m.en for m in list_measures(each))]
    assert unnamed == []


def test_a_measure_of_both_sides_is_named_once():
    measures = [each.code for each in list_measures(shipped()["filing_rate"])]
    assert measures == ["filed", "reported"]
