"""What can go wrong when an order is sent on."""

from backend.errors import Conflict, Invalid, NotFound


class PeerUnknown(NotFound):
    code = "open311-peer-unknown"


class ServiceUnnamed(Invalid):
    """The class table of the source has no class for this item, and none was named."""

    code = "open311-service-unnamed"


class SentOnBefore(Conflict):
    """It is with this endpoint already."""

    code = "open311-sent-before"


class NotToBeSent(Conflict):
    """It has ended, or came from this very endpoint."""

    code = "open311-not-to-be-sent"
