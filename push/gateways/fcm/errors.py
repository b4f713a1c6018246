"""What FCM's answers mean for a delivery. Pure but for the packages whose errors it reads.

https://firebase.google.com/docs/reference/fcm/rest/v1/ErrorCode
"""

from datetime import datetime
from typing import Any

import httpx
from firebase_admin import exceptions, messaging

from push.gateways import Outcome, Result
from push.gateways.answers import retry_after_s, without

_BY_TYPE: tuple[tuple[type[Exception], Outcome], ...] = (
    (messaging.UnregisteredError, Outcome.UNREACHABLE),
    (messaging.SenderIdMismatchError, Outcome.UNREACHABLE),  # a token of another project's app: never ours
    (messaging.QuotaExceededError, Outcome.LATER),
    (messaging.ThirdPartyAuthError, Outcome.REFUSED),  # iPhones alone: Android must go on, so the channel does not rest
    (exceptions.UnauthenticatedError, Outcome.BROKEN),
    (exceptions.PermissionDeniedError, Outcome.BROKEN),
    (exceptions.InvalidArgumentError, Outcome.REFUSED),
    (exceptions.NotFoundError, Outcome.REFUSED),  # no word of the app being gone: the phone stays registered
    (exceptions.ResourceExhaustedError, Outcome.LATER),
    (exceptions.UnavailableError, Outcome.LATER),
    (exceptions.InternalError, Outcome.LATER),
    (exceptions.DeadlineExceededError, Outcome.UNKNOWN),
)
"""In this order: the special ones are subclasses of the general ones."""
FOR_OPERATOR = (messaging.ThirdPartyAuthError, exceptions.NotFoundError)
"""Settings at Google are wrong, though not for every message: somebody has to know."""
_TOKEN_FIELDS = ("message.token", "message.fid")


def result_of(error: Exception, personal: tuple[str, ...], now: datetime, attempt: int = 1) -> Result:
    """What this error means. `personal`: values that must not be in what is stored."""
    response = getattr(error, "http_response", None)
    headers = response.headers if isinstance(response, httpx.Response) else {}
    return Result(
        outcome=_outcome(error, attempt),
        code=f"{type(error).__name__}{f':{response.status_code}' if response is not None else ''}",
        detail=without(str(error), personal),
        retry_after_s=retry_after_s(headers, now),
    )


def _outcome(error: Exception, attempt: int) -> Outcome:
    if isinstance(error, exceptions.InvalidArgumentError) and _is_about_token(_answer(error)):
        return Outcome.UNREACHABLE
    for kind, outcome in _BY_TYPE:
        if isinstance(error, kind):
            return outcome
    if _is_refusal(getattr(error, "http_response", None)):
        return Outcome.LATER if attempt <= 1 else Outcome.REFUSED
    return Outcome.UNKNOWN


def _is_refusal(response: Any) -> bool:
    """An error that we have not heard of, though one that says that nothing was taken."""
    return response is not None and 400 <= response.status_code < 500


def _is_about_token(answer: Any) -> bool:
    """Whether an argument that was not valid is the address: Google says so by the name of the field."""
    details = answer.get("error", {}).get("details", ()) if isinstance(answer, dict) else ()
    violations = [each for detail in details for each in detail.get("fieldViolations", ())]
    return bool(violations) and all(each.get("field") in _TOKEN_FIELDS for each in violations)


def _answer(error: exceptions.FirebaseError) -> Any:
    try:
        return error.http_response.json() if error.http_response is not None else None
    except ValueError:
        return None
