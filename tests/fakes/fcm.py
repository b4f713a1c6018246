"""Firebase Cloud Messaging, HTTP v1, with Google's token endpoint.

https://firebase.google.com/docs/reference/fcm/rest/v1/projects.messages
`python -m tests.fakes.fcm --port 9001 --credentials /tmp/account.json` writes a service account that it believes.
"""

import argparse
import asyncio
import json
import secrets
import threading
import time
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.fakes import vendor
from tests.fakes.server import Answer, Asked, as_json
from tests.fakes.shapes import NotSo, hold, one_of, texts, whole, words
from tests.fakes.vendor import Planned, TroubleKind, Vendor

PROJECT = "yima-test"
EMAIL = f"push@{PROJECT}.iam.gserviceaccount.com"
AUDIENCE = "https://oauth2.googleapis.com/token"
"""Whatever address the token is fetched from."""
SCOPE = "https://www.googleapis.com/auth/firebase.messaging"
SCOPES = {SCOPE, "https://www.googleapis.com/auth/cloud-platform"}
"""One of these must be asked for."""
PAYLOAD_BYTES_MAX = 4096
_FCM_ERROR = "type.googleapis.com/google.firebase.fcm.v1.FcmError"
_RESERVED = ("from", "message_type", "collapse_key")
_TEXT = words(4096)


def _seconds(value: Any) -> bool:
    return isinstance(value, str) and value.endswith("s") and value[:-1].replace(".", "", 1).isdecimal()


def _data(value: Any) -> bool:
    return texts(value) and not any(name in _RESERVED or name.startswith(("google", "gcm")) for name in value)


def _apns_headers(value: Any) -> bool:
    return (
        texts(value)
        and value.get("apns-priority", "10") in ("10", "5", "1")
        and len(value.get("apns-collapse-id", "").encode()) <= 64
        and value.get("apns-expiration", "0").isdecimal()
        and value.get("apns-push-type", "alert") in ("alert", "background")
    )


_ALERT = {"title": _TEXT, "body": _TEXT, "subtitle": _TEXT}
MESSAGE: Mapping[str, Any] = {
    "token": words(4096, 1),
    "fid": words(64, 1),
    "topic": words(900, 1),
    "condition": words(900, 1),
    "data": _data,
    "notification": {"title": _TEXT, "body": _TEXT, "image": _TEXT},
    "android": {
        "collapse_key": _TEXT,
        "priority": one_of("normal", "high", "NORMAL", "HIGH"),
        "ttl": _seconds,
        "data": _data,
        "notification": {"title": _TEXT, "body": _TEXT, "tag": _TEXT, "channel_id": _TEXT, "sound": _TEXT},
    },
    "apns": {
        "headers": _apns_headers,
        "payload": {
            "*aps": {
                "alert": lambda value: isinstance(value, str) or hold(value, _ALERT, "alert") is None,
                "badge": whole(0, 10**6),
                "sound": _TEXT,
                "thread-id": _TEXT,
                "category": _TEXT,
                "content-available": one_of(0, 1),
            }
        },
    },
    "webpush": {
        "headers": texts,
        "notification": {"title": _TEXT, "body": _TEXT, "tag": _TEXT},
        "fcm_options": {"link": lambda value: isinstance(value, str) and value.startswith("https://")},
    },
    "fcm_options": {"analytics_label": words(50, 1)},
}


class FcmFake(Vendor):
    """`phones`: token or fid to what lies on the screen, by tag. A token that is not in it is not registered."""

    def __init__(self, key: rsa.RSAPrivateKey | None = None, **more: Any) -> None:
        self.key = key or _key()
        self.tokens: dict[str, float] = {}
        super().__init__(**more)

    def reset(self) -> None:
        """All but the access tokens that were given."""
        super().reset()
        self.phones: dict[str, dict[str, Any]] = {}
        self.of_other_senders: set[str] = set()
        self.iphones: set[str] = set()
        self.takes_everybody = False
        self.has_apns_key = True
        self.takes_for_s = 3600
        self.gate: threading.Event | None = None
        """No token is given before it is set; `is_waited_for` says that somebody waits for it."""
        self.is_waited_for = threading.Event()
        self.knows_project = True
        self.sent = 0

    def account(self) -> dict[str, str]:
        """A service account as the console gives it, whose tokens are fetched here."""
        pem = self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return {
            "type": "service_account",
            "project_id": PROJECT,
            "private_key_id": "1",
            "private_key": pem.decode(),
            "client_email": EMAIL,
            "client_id": "1",
            "token_uri": f"{self.base}/token",
        }

    def register(self, *names: str) -> None:
        for name in names:
            self.phones[name] = {}

    def is_spared(self, asked: Asked) -> bool:
        return asked.path == "/token"

    def failure(self, planned: Planned) -> Answer:
        headers = {"retry-after": planned.retry_after} if planned.retry_after else {}
        if planned.kind is TroubleKind.LIMIT:
            return _error(429, "RESOURCE_EXHAUSTED", "Quota exceeded.", "QUOTA_EXCEEDED", headers)
        if planned.kind is TroubleKind.IN_200:
            return as_json({"error": {"code": 500, "message": "Internal error.", "status": "INTERNAL"}})
        status = "UNAVAILABLE" if planned.status == 503 else "INTERNAL"
        return _error(planned.status, status, "The service is currently unavailable.", status, headers)

    async def answer(self, asked: Asked) -> Answer:
        if asked.path == "/token":
            self.is_waited_for.set()
            if self.gate and not await asyncio.to_thread(self.gate.wait, 5):
                return as_json({"error": "gate", "error_description": "nobody opened it"}, 400)
            return self._give_token(asked)
        if asked.method != "POST" or asked.path != f"/v1/projects/{PROJECT}/messages:send" or not self.knows_project:
            return _error(404, "NOT_FOUND", "Requested entity was not found.")
        bearer = asked.headers.get("authorization", "").removeprefix("Bearer ")
        if self.tokens.get(bearer, 0.0) < time.time():
            return _error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.")
        try:
            body = asked.json()
            hold(body, {"*message": MESSAGE, "validate_only": bool}, "$")
        except ValueError:
            return _error(400, "INVALID_ARGUMENT", "Invalid JSON payload received.")
        except NotSo as wrong:
            return _bad_request(wrong.field.removeprefix("$."), wrong.why)
        return self._take(body["message"], is_dry=body.get("validate_only", False))

    def _take(self, message: dict[str, Any], *, is_dry: bool) -> Answer:
        targets = [name for name in ("token", "fid", "topic", "condition") if name in message]
        if len(targets) != 1:
            return _bad_request("message", "invalid")
        said = json.dumps([message.get("notification"), message.get("data")], ensure_ascii=False)
        if len(said.encode()) > PAYLOAD_BYTES_MAX:
            return _error(400, "INVALID_ARGUMENT", "Message is too big.", "INVALID_ARGUMENT")
        name = message[targets[0]]
        if " " in name or len(name) < 8:
            return _bad_request(f"message.{targets[0]}", "invalid")
        if name in self.of_other_senders:
            return _error(403, "PERMISSION_DENIED", "SenderId mismatch", "SENDER_ID_MISMATCH")
        if name not in self.phones and not self.takes_everybody:
            return _error(404, "NOT_FOUND", "Requested entity was not found.", "UNREGISTERED")
        if name in self.iphones and not self.has_apns_key:
            return _error(401, "UNAUTHENTICATED", "Auth error from APNS", "THIRD_PARTY_AUTH_ERROR")
        self.sent += 1
        if not is_dry:
            self._show(name, message)
        return as_json({"name": f"projects/{PROJECT}/messages/0:{self.sent}"})

    def _show(self, name: str, message: dict[str, Any]) -> None:
        tag = message.get("android", {}).get("notification", {}).get("tag", f"untagged-{self.sent}")
        if name in self.iphones:
            tag = message.get("apns", {}).get("headers", {}).get("apns-collapse-id", f"untagged-{self.sent}")
        self.phones.setdefault(name, {})[tag] = message

    def _give_token(self, asked: Asked) -> Answer:
        form = {name: values[0] for name, values in parse_qs(asked.body.decode()).items()}
        if form.get("grant_type") != "urn:ietf:params:oauth:grant-type:jwt-bearer":
            return as_json({"error": "unsupported_grant_type", "error_description": "Invalid grant_type"}, 400)
        try:
            claims = jwt.decode(form["assertion"], self.key.public_key(), ["RS256"], audience=AUDIENCE)
        except (jwt.InvalidTokenError, KeyError) as wrong:
            why = "Token must be a short-lived token (60 minutes)" if "exp" in str(wrong) else "Invalid signature"
            return as_json({"error": "invalid_grant", "error_description": f"Invalid JWT: {why}"}, 400)
        if claims.get("iss") != EMAIL or not SCOPES & set(claims.get("scope", "").split()):
            return as_json(
                {"error": "invalid_scope", "error_description": "Invalid OAuth scope or ID token audience"}, 400
            )
        token = "ya29." + secrets.token_urlsafe(24)
        self.tokens[token] = time.time() + self.takes_for_s
        return as_json({"access_token": token, "expires_in": 3600, "token_type": "Bearer"})


@cache
def _key() -> rsa.RSAPrivateKey:
    """Making one takes half a second: once is enough."""
    return rsa.generate_private_key(65537, 2048)


def _bad_request(field: str, why: str) -> Answer:
    words = f'Invalid JSON payload received. Unknown name "{field}": Cannot find field.'
    said = words if why == "unknown" else f"Invalid value at '{field}'"
    violation = {"field": field, "description": said}
    more = {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [violation]}
    return as_json({"error": {"code": 400, "message": said, "status": "INVALID_ARGUMENT", "details": [more]}}, 400)


def _error(code: int, status: str, words: str, fcm: str = "", headers: Mapping[str, str] | None = None) -> Answer:
    error: dict[str, Any] = {"code": code, "message": words, "status": status}
    if fcm:
        error["details"] = [{"@type": _FCM_ERROR, "errorCode": fcm}]
    return as_json({"error": error}, code, headers or {})


if __name__ == "__main__":
    words_given = argparse.ArgumentParser(description=__doc__)
    words_given.add_argument("--credentials", type=Path, required=True)
    given = vendor.options(words_given)
    alone = FcmFake(chance=given.chance, slow_s=given.slow_s)
    alone.takes_everybody = True
    alone.base = f"http://127.0.0.1:{given.port}"  # where it will be
    given.credentials.write_text(json.dumps(alone.account()))
    vendor.stay(alone, given.port)
