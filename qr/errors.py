"""What can be wrong with a code."""

from backend import errors


class CodeUnknown(errors.NotFound):
    code = "code-unknown"


class CodeMalformed(CodeUnknown):
    """It cannot be a code: not twelve characters, or the check character is wrong."""


class CodeForeign(errors.Invalid):
    """A QR symbol that is not one of ours."""

    code = "code-foreign"


class CodeRevoked(errors.Gone):
    code = "code-revoked"


class CodeUnbound(errors.Conflict):
    code = "code-unbound"


class CodeTaken(errors.Conflict):
    """Somebody bound it first."""

    code = "code-taken"


class CodeNotLive(errors.Conflict):
    code = "code-not-live"


class CodeLeadsOthers(errors.Conflict):
    """Older codes lead to it, so it cannot move to another door: they would tell of a door they never hung on."""

    code = "code-leads-others"


class OutsideYourArea(errors.Forbidden):
    code = "outside-your-area"


class KeyChanged(errors.Conflict):
    """The secret behind a key number is not the one earlier plates were signed with."""

    code = "code-key-changed"


class BatchSizeRefused(errors.Invalid):
    code = "batch-size"


class BatchAreaRefused(errors.Invalid):
    code = "batch-area"


class CheckUnknown(errors.NotFound):
    code = "plate-check-unknown"


class BatchUnknown(errors.NotFound):
    code = "code-batch-unknown"
