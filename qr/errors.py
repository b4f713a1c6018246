"""What can be wrong with a code."""

from backend import errors


class CodeUnknown(errors.NotFound):
    code = "code-unknown"
    headline_zh, headline_en = (
        "没有这个码,请核对门牌上的12位字符",
        "No such code; please compare the 12 characters on the plate",
    )


class CodeMalformed(CodeUnknown):
    """It cannot be a code: not twelve characters, or the check character is wrong."""


class CodeForeign(errors.Invalid):
    """A QR symbol that is not one of ours."""

    code = "code-foreign"
    headline_zh, headline_en = "这不是本系统的门牌码", "This symbol is not one of our door codes"


class CodeRevoked(errors.Gone):
    code = "code-revoked"
    headline_zh, headline_en = "此码已停用", "This code is no longer in use"


class CodeUnbound(errors.Conflict):
    code = "code-unbound"
    headline_zh, headline_en = "此码尚未绑定门牌", "This code does not hang on a door yet"


class CodeTaken(errors.Conflict):
    """Somebody bound it first."""

    code = "code-taken"
    headline_zh, headline_en = "此码已绑定其他门牌", "This code already hangs elsewhere"


class CodeNotLive(errors.Conflict):
    code = "code-not-live"
    headline_zh, headline_en = "此码当前状态不允许该操作", "The state of this code does not allow that"


class CodeLeadsOthers(errors.Conflict):
    """Older codes lead to it, so it cannot move to another door: they would tell of a door they never hung on."""

    code = "code-leads-others"
    headline_zh, headline_en = (
        "有旧码指向此码,不能改绑;请换新码",
        "Older codes lead here; replace it instead of moving it",
    )


class OutsideYourArea(errors.Forbidden):
    code = "outside-your-area"
    headline_zh, headline_en = "不在您的辖区", "That is outside your area"


class KeyChanged(errors.Conflict):
    """The secret behind a key number is not the one earlier plates were signed with."""

    code = "code-key-changed"
    headline_zh, headline_en = "签名密钥与以往批次不符", "The signing key is not the one of earlier batches"


class BatchSizeRefused(errors.Invalid):
    code = "batch-size"
    headline_zh, headline_en = "每批数量为1至200000", "A batch has 1 to 200,000 codes"


class BatchAreaRefused(errors.Invalid):
    code = "batch-area"
    headline_zh, headline_en = "区划代码须为数字,最多15位", "An area code has digits only, 15 at most"


class CheckUnknown(errors.NotFound):
    code = "plate-check-unknown"
    headline_zh, headline_en = "没有这个门牌核查任务", "No such check of a plate"


class BatchUnknown(errors.NotFound):
    code = "code-batch-unknown"
    headline_zh, headline_en = "没有这个批次", "No such batch"
