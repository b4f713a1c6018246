"""Google's access token: fetched in a thread, before it is needed, so that neither the loop nor a batch suffers.

firebase-admin fetches it on the loop in the midst of a batch, and an error there fails the whole batch.
"""

import asyncio
from functools import partial

from google.auth import exceptions
from google.auth.transport import requests
from google.oauth2 import service_account

from push.gateways import Outcome, Result
from push.gateways.answers import without

_TIMEOUT_S = 8


class NoAccess(Exception):
    """`result`: what it means for every message of the batch."""

    def __init__(self, result: Result) -> None:
        super().__init__(result.code)
        self.result = result


class AccessTokens:
    def __init__(self, credential: service_account.Credentials) -> None:
        self._credential = credential
        self._request = partial(requests.Request(), timeout=_TIMEOUT_S)
        self._was_refused = False

    async def current(self) -> str:
        """A token that is good for some minutes more. Raises NoAccess."""
        if self._was_refused or not self._credential.valid:
            await asyncio.to_thread(self._fetch)
            self._was_refused = False
        return str(self._credential.token)

    def refused(self) -> None:
        """FCM did not take the token: fetch another one next time."""
        self._was_refused = True

    def _fetch(self) -> None:
        try:
            self._credential.refresh(self._request)
        except exceptions.RefreshError as error:
            outcome = Outcome.LATER if error.retryable else Outcome.BROKEN
            raise NoAccess(_result(outcome, error)) from None
        except Exception as error:
            # No connection, or an answer that is none: nothing that our credentials could help.
            raise NoAccess(_result(Outcome.LATER, error)) from None


def _result(outcome: Outcome, error: Exception) -> Result:
    return Result(
        outcome=outcome,
        code=f"token:{type(error).__name__}",
        detail=without(str(error.args[0] if error.args else ""), ()),
    )
