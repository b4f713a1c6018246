"""What stops an act on a hotline case, or a message about one."""

from backend.errors import Conflict, Invalid, NotFound, Unauthorised


class SignatureWrong(Unauthorised):
    """Not signed with the source's secret, or too long ago; whether the source is there is not told."""

    code = "hotline-signature-wrong"


class TaskUnknown(NotFound):
    """No case of this number, or none that the reader may see."""

    code = "hotline-task-unknown"


class TaskEnded(Conflict):
    """The case has ended for us; what is said of it now comes too late."""

    code = "hotline-task-ended"


class ActPending(Conflict):
    """The platform has not decided yet about what was sent to it before."""

    code = "hotline-act-pending"


class ActUnknown(NotFound):
    """The platform decides about something that we never sent, or takes it back after it was carried out."""

    code = "hotline-act-unknown"


class MessageUnreadable(Invalid):
    """A message of the platform is not in the wire format. It is kept for a person to read."""

    code = "hotline-message-unreadable"

    def __init__(self, why: str) -> None:
        super().__init__(why=why)


class NotAHotline(Invalid):
    """The source is neither a hotline nor the police."""

    code = "hotline-kind-unknown"
