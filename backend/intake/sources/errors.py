"""What can go wrong with a source and its key."""

from backend.errors import Conflict, Forbidden, Invalid, NotFound, TooLarge, Unauthorised


class SourceUnknown(NotFound):
    code = "source-unknown"


class SourceNameTaken(Conflict):
    """`extra`: the name."""

    code = "source-name-taken"


class SourceKeyWrong(Unauthorised):
    """No key, or not this source's; whether the source is there is not told."""

    code = "source-key-wrong"


class SourceClosed(Forbidden):
    code = "source-closed"


class SourceMayNot(Forbidden):
    """It may not file, or not read."""

    code = "source-may-not"


class MessageTooLarge(TooLarge):
    """`extra`: how many bytes a message of this source may have."""

    code = "message-too-large"


class ClassTableWrong(Invalid):
    """`extra`: the line, and what is wrong with it."""

    code = "class-table-wrong"
