"""What the vendor's error codes mean for us (china.md 1.13: the vendor's pages on each call). Pure."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from push.gateways import Outcome, Result

TOKEN_REFUSED = frozenset({40001, 40014, 41001, 42001})
"""The access token is none, or no longer one: another one is fetched, once."""
CODE_REFUSED = frozenset({40029, 40163})
"""The code that the mini-program gave is unknown, too old, or was used before."""
_BUSY, _QUOTA_OF_DAY, _QUOTA_OF_MINUTE, _TOO_FAST = -1, 45009, 45011, 44990
_PAUSES_S = {_BUSY: None, _QUOTA_OF_MINUTE: 60.0, _TOO_FAST: 2.0}
_OUTCOMES = {
    **dict.fromkeys((*_PAUSES_S, _QUOTA_OF_DAY), Outcome.LATER),
    **dict.fromkeys((40037, 41030, 47003, 87014), Outcome.REFUSED),
    **dict.fromkeys((40013, 40125, 40164, 48001, 61003, *TOKEN_REFUSED), Outcome.BROKEN),
    40003: Outcome.UNREACHABLE,
    43101: Outcome.NO_CREDIT,
}
_SHANGHAI = ZoneInfo("Asia/Shanghai")


class VendorRefused(Exception):
    """The vendor answered with an error. `words`: its own, which may name whom it was about."""

    def __init__(self, code: int, words: str) -> None:
        super().__init__(f"WeChat answered {code}")
        self.code, self.words = code, words


class VendorSilent(Exception):
    """No answer that we can read. `may_have_acted`: the vendor may have got the request and done what it asks."""

    def __init__(self, why: str, *, may_have_acted: bool) -> None:
        super().__init__(f"WeChat did not answer: {why}")
        self.why, self.may_have_acted = why, may_have_acted


def result_of(error: VendorRefused | VendorSilent, now: datetime, *, attempt: int, hide: str) -> Result:
    """What came of a message that the vendor did not take. `hide` (the openid) is left out of the vendor's words.

    An error that we have no word for is taken for a passing one once, and for a refusal after that.
    """
    if isinstance(error, VendorSilent):
        return Result(outcome=Outcome.UNKNOWN if error.may_have_acted else Outcome.LATER, code=error.why)
    outcome = _OUTCOMES.get(error.code, Outcome.LATER if attempt <= 1 else Outcome.REFUSED)
    return Result(
        outcome=outcome,
        code=str(error.code),
        detail=error.words.replace(hide, "…") if hide else error.words,
        retry_after_s=_until_midnight(now) if error.code == _QUOTA_OF_DAY else _PAUSES_S.get(error.code),
    )


def _until_midnight(now: datetime) -> float:
    """Seconds until the vendor's next day."""
    here = now.astimezone(_SHANGHAI)
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return (midnight - here).total_seconds() + 60
