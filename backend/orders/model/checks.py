"""Who looks at a finished order before it is closed."""

from enum import StrEnum

TWO_PERSONS = "two_person_check"


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
    SYSTEM = "house"
    """Nobody: the proof is enough."""
