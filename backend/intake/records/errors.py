"""What can go wrong with an intake record."""

from backend.errors import BadRequest, Conflict, Invalid, NotFound, Unauthorised


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


class RecordUnnamed(Conflict):
    """Its source has the last word on its cases and gave this one no number: nobody there could ever close it."""

    code = "record-unnamed"


class MessageErased(Conflict):
    """Its term is over."""

    code = "message-erased"


class WebhookForged(Unauthorised):
    """Not signed by this source, or not signed at all; whether the source is there is not told."""

    code = "webhook-forged"


class WebhookStale(Unauthorised):
    """Its time is more than five minutes from ours."""

    code = "webhook-stale"


class WebhookIdUsed(Conflict):
    """Another message came under this webhook-id."""

    code = "webhook-id-used"


class BatchUnreadable(BadRequest):
    """Not `{"messages": [...]}` in JSON: nothing of it was taken."""

    code = "batch-unreadable"


class BatchTooLong(Invalid):
    """`extra`: how many messages a batch may have."""

    code = "batch-too-long"
