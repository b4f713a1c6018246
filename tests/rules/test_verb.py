"""What counts as said with a transition: by it a request that comes twice is compared."""

import pytest

from backend.orders.model.inputs import WithReason
from backend.orders.transitions.verb import said_of

MESSAGE = WithReason(reason="漏水")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({}, None),
        ({"asked": MESSAGE}, MESSAGE),
        ({"reason": "漏水"}, {"reason": "漏水"}),
        ({"score": 5, "comment": ""}, {"score": 5, "comment": ""}),
    ],
)
def test_a_message_is_said_as_it_is_and_words_by_their_names(arguments, said):
    assert said_of(arguments) == said
