"""Who looks at a finished order before it is closed."""

from enum import StrEnum

TWO_PERSONS = "two_person_check"
ANSWERED = "answered"
"""The mode of an item that ends with an answer to whoever asked."""


class Check(StrEnum):
    """Who verifies this fix."""

    VERIFIER = "verifier"
    TWO_PERSONS = "two_persons"
    MERCHANT = "merchant"
    SOURCE = "source"
    """A verifier, and then whoever sent us the case."""
    SAMPLE = "sample"
    """A verifier, because an easy order was drawn."""
    COMPARISON = "comparison"
    """Nobody: the photos of before and after show one place where the thing is gone."""
    ANSWER = "answer"
    """Nobody: it is an answer, which whoever asked rates or does not take."""
    SYSTEM = "house"
    """Nobody: the proof is enough."""
