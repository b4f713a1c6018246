"""From which confidence on a model decides alone, by the error that a town accepts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.intake.items.acceptance import ErrorOutOfRange, highest_error, table, threshold

tried = st.lists(st.tuples(st.sampled_from([0.2, 0.4, 0.5, 0.9, 1.0]), st.booleans()), min_size=1, max_size=300)


def test_the_least_confidence_is_taken_whose_error_is_accepted():
    assert threshold((0.3, 0.6, 0.9), (1000, 800, 500), (120, 28, 5), 0.05) == 0.6
    assert threshold((0.3, 0.6, 0.9), (1000, 800, 500), (120, 28, 5), 0.15) == 0.3


def test_few_texts_without_an_error_prove_little():
    assert threshold((0.9,), (10,), (0,), 0.05) is None
    assert threshold((0.9,), (100,), (0,), 0.05) == 0.9
    assert highest_error(0, 0) == 1


@pytest.mark.parametrize("accepted", [0, -0.1, 0.51, float("nan")])
def test_an_error_that_nobody_can_mean_is_refused(accepted):
    with pytest.raises(ErrorOutOfRange):
        threshold((), (), (), accepted)


@given(tried, st.floats(0.01, 0.5))
def test_whatever_is_accepted_what_was_decided_alone_was_no_worse(results, accepted):
    rows = table([confidence for confidence, _ in results], [right for _, right in results])
    least = threshold(*(tuple(column) for column in zip(*rows, strict=True)), accepted)

    if least is not None:
        alone = [right for confidence, right in results if confidence >= least]
        assert alone.count(False) / len(alone) <= accepted


@given(tried)
def test_the_table_counts_everybody_who_is_as_confident(results):
    for confidence, seen, wrong in table([each for each, _ in results], [right for _, right in results], steps=7):
        assert seen == sum(each >= confidence for each, _ in results)
        assert wrong == sum(each >= confidence and not right for each, right in results)
