"""What the error codes of WeCom mean for us, by its list of global return codes. Pure.

A code that nobody has heard of is taken for a passing one once, and then for a refusal; it is kept raw either way.
"""

from push.gateways import Outcome, Result

_BUSY = -1
TOKEN_REFUSED = frozenset({40014, 41001, 42001})
"""The access token is none, or no longer one: another one is fetched, once."""
CODE_REFUSED = frozenset({40029, 42003})
"""The code of a sign-in is unknown, too old, or was used before."""
KIND_UNKNOWN = 40008
"""The kind of message is none that this build knows."""
_NOBODY = frozenset({60111, 81013, 82001})
"""No such member, or none whom the application may see."""
_TOO_MUCH_S = {45009: 60.0, 45033: 2.0}
"""Calls beyond a quota, calls at once: how long to wait."""
_BROKEN = frozenset({40001, 40013, 40056, 48002, 60011, 60020, 301002, *TOKEN_REFUSED})
"""Secret, corpid, agentid, permission, or our address is not on the list of trusted ones."""
_REFUSED = frozenset({40008, 40058, 44004, 45002, 47001})
"""Parameters that are wrong, empty, too long, or no JSON: the same again is refused again."""


class WecomRefused(Exception):
    """WeCom answered with an error. `words`: its own, which may name members."""

    def __init__(self, code: int, words: str) -> None:
        super().__init__(f"WeCom answered {code}")
        self.code, self.words = code, words


class WecomSilent(Exception):
    """No answer that can be read. `may_have_acted`: it may have got the request and done what it asks."""

    def __init__(self, why: str, *, may_have_acted: bool) -> None:
        super().__init__(f"WeCom did not answer: {why}")
        self.why, self.may_have_acted = why, may_have_acted


def result_of(error: WecomRefused | WecomSilent, *, attempt: int, userid: str) -> Result:
    """What came of a message that WeCom did not take. The member's id is left out of its words."""
    if isinstance(error, WecomSilent):
        return Result(outcome=Outcome.UNKNOWN if error.may_have_acted else Outcome.LATER, code=error.why)
    return Result(
        outcome=_outcome(error.code, attempt),
        code=str(error.code),
        detail=error.words.replace(userid, "…"),
        retry_after_s=_TOO_MUCH_S.get(error.code),
    )


def result_of_sent(answer: dict[str, object], userid: str) -> Result:
    """What a success says of the one member to whom it went: it is one also where nobody got the message."""
    if userid.lower() in _members(answer.get("invaliduser")):
        return Result(outcome=Outcome.UNREACHABLE, code="invaliduser")
    if userid.lower() in _members(answer.get("unlicenseduser")):
        return Result(outcome=Outcome.REFUSED, code="unlicenseduser", detail="no licence for the basic interface")
    return Result(outcome=Outcome.SENT, vendor_id=str(answer.get("msgid", "")))


def passes(error: WecomRefused | WecomSilent) -> bool:
    """Whether the same call may succeed later."""
    return isinstance(error, WecomSilent) or error.code == _BUSY or error.code in _TOO_MUCH_S or error.code in _BROKEN


def _outcome(code: int, attempt: int) -> Outcome:
    if code == _BUSY or code in _TOO_MUCH_S:
        return Outcome.LATER
    if code in _NOBODY:
        return Outcome.UNREACHABLE
    if code in _BROKEN:
        return Outcome.BROKEN
    if code in _REFUSED:
        return Outcome.REFUSED
    return Outcome.LATER if attempt <= 1 else Outcome.REFUSED


def _members(listed: object) -> list[str]:
    """The members of `userid1|userid2`, in lower case, as WeCom answers; a newer build may send a list."""
    if isinstance(listed, list):
        return [str(each).lower() for each in listed]
    return str(listed or "").lower().split("|")
