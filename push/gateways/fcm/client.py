"""firebase-admin with our own connection under it.

Its own one retries 500 and 503 four times within seven seconds whatever Retry-After says, fetches tokens on the loop,
and knows no other address than Google's. So two private values of the service are set here, once; the version is
pinned, and the tests against the fake fail when they are no longer read.
"""

import asyncio
import itertools
from typing import Any

import firebase_admin
import httpx
from firebase_admin import credentials, messaging
from google.oauth2 import service_account

from backend import http_client
from push.gateways.fcm.settings import FcmSettings

TIMEOUT_S, LONGEST_S = 10.0, 20.0
"""Between two bytes, and for an answer as a whole: claims run out after a minute."""
_SCOPE = "https://www.googleapis.com/auth/firebase.messaging"
"""Messages alone; firebase-admin's own token would open the project's storage and accounts as well."""
_numbers = itertools.count(1)


class Connection:
    """What firebase-admin asks for a request: `token` goes with each."""

    def __init__(self) -> None:
        self.token = ""
        self._http = httpx.AsyncClient(http2=True, timeout=TIMEOUT_S)

    async def request(self, method: str, url: str, headers: dict[str, str], json: Any) -> httpx.Response:
        headers = {**headers, "Authorization": f"Bearer {self.token}"}
        response = await http_client.ask(self._http, method, url, patience_s=LONGEST_S, headers=headers, json=json)
        return response.raise_for_status()

    async def aclose(self) -> None:
        await self._http.aclose()


class FcmClient:
    """One app of firebase-admin with its messaging service; it belongs to the loop that sends first."""

    def __init__(self, settings: FcmSettings) -> None:
        certificate = credentials.Certificate(dict(settings.account))
        self.credential: service_account.Credentials = certificate.get_credential().with_scopes([_SCOPE])
        self.connection = Connection()
        options = {"httpTimeout": TIMEOUT_S}
        self._app = firebase_admin.initialize_app(certificate, options, name=f"yima-{next(_numbers)}")
        service: Any = messaging._get_messaging_service(self._app)
        service._fcm_url = f"{settings.base}/v1/projects/{certificate.project_id}/messages:send"
        service._async_client = self.connection

    async def send(self, message: messaging.Message) -> messaging.SendResponse:
        """Raises FirebaseError for an unreadable answer, ValueError for a message that is none, TimeoutError.

        One at a time: in a batch, one answer that is no JSON or one value that is no string fails them all.
        It makes a request for each message in any case.
        """
        async with asyncio.timeout(LONGEST_S):
            batch = await messaging.send_each_async([message], app=self._app)
        return batch.responses[0]

    async def close(self) -> None:
        await self.connection.aclose()
        await asyncio.to_thread(firebase_admin.delete_app, self._app)
