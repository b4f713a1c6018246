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
    SYSTEM = "house"
    """Nobody: the proof is enough."""
