"""What can go wrong with an intake record."""

from backend.errors import Conflict, Invalid, NotFound


class RecordNotFound(NotFound):
    """Not there, or not for this reader."""

    code = "record-not-found"


class RecordSettled(Conflict):
    """Somebody decided on it already. `extra`: its state, and the number of its order."""

    code = "record-settled"


class RecordPlaceMissing(Invalid):
    """Nobody knows where it is yet: the decision has to say it."""

    code = "record-place-missing"


class RecordOutside(Invalid):
    """The place lies outside of the source's area."""

    code = "record-outside"


class RecordNotRead(Conflict):
    """It could not be read: it has to be mended before it can be tried again."""

    code = "record-not-read"


class MessageErased(Conflict):
    """Its term is over."""

    code = "message-erased"
