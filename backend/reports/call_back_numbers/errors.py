"""Why no number is taken, or none opened."""

from backend.errors import Conflict, Invalid, NotFound


class NumberInvalid(Invalid):
    """Never says what was typed."""

    code = "call-back-number-invalid"


class NumberConsentMissing(Invalid):
    """Without the consent, or with one to an earlier text, nothing is kept."""

    code = "call-back-consent-missing"


class NumberNotNeeded(Conflict):
    """Nobody would call: another one reported it first, it ended long ago, or who reported it is sealed."""

    code = "call-back-number-not-needed"


class NumberNotLeft(NotFound):
    code = "call-back-number-not-left"
