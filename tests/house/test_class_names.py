"""One concept, one name: a class name stands for one class of the product."""

from tests.house import figures

SHARED: frozenset[str] = frozenset()
"""Names that several classes may have. Empty so far: a name that is wanted twice mostly hides two concepts."""


def test_no_two_classes_have_the_same_name():
    names = figures.class_names()
    repeated = {name for name, count in names.items() if count > 1}

    assert repeated == SHARED
