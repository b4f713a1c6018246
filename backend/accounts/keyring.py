"""The keys that sign and open access tokens. A module apart: the worker signs nothing and does without jwt."""

import hashlib
import hmac
from datetime import datetime, timedelta
from uuid import UUID

import jwt
import msgspec
from jwt.types import Options

from backend.accounts.errors import AccessTokenExpired, AccessTokenRefused
from backend.accounts.structs import Actor, Grant
from backend.accounts.tokens import ACCESS_LIFE, Pass, RefreshToken

CLOCK_SKEW = timedelta(seconds=30)
_ALGORITHM = "HS256"
_CACHED_TOKENS = 10_000
# The instant is compared with the `now` that is handed in, not with the library's own clock.
_SIGNATURE_ONLY: Options = {"verify_exp": False, "verify_iat": False, "verify_nbf": False, "verify_sub": False}


class _Claims(msgspec.Struct, frozen=True):
    sub: str
    sid: UUID
    exp: int
    typ: str
    name: str
    unit: int | None
    device: bool
    grants: tuple[Grant, ...]


class TokenKeyring:
    """The signing keys: the first signs, all of them open. To change keys, put the new secret in front."""

    def __init__(self, secret: str, *older: str) -> None:
        keys = [_derive(each, "access") for each in (secret, *older)]
        self._by_id = {_key_id(key): key for key in keys}
        self._key, self._id = keys[0], _key_id(keys[0])
        self._chain_key = _derive(secret, "refresh")
        self._opened: dict[str, Pass] = {}

    def seal(self, actor: Actor, session_id: UUID, now: datetime) -> str:
        """Sign an access token."""
        issued_at = int(now.timestamp())
        claims = {
            "sub": str(actor.account_id),
            "sid": session_id.hex,
            "typ": "access",
            "iat": issued_at,
            "exp": issued_at + int(ACCESS_LIFE.total_seconds()),
            "name": actor.name,
            "unit": actor.unit_id,
            "device": actor.is_device,
            "grants": msgspec.to_builtins(actor.grants),
        }
        return jwt.encode(claims, self._key, algorithm=_ALGORITHM, headers={"kid": self._id})

    def open(self, token: str, now: datetime) -> Pass:
        """Read an access token. Raises AccessTokenRefused or AccessTokenExpired."""
        known = self._opened.get(token)
        if known is None:
            known = self._verify(token)
            if len(self._opened) >= _CACHED_TOKENS:
                self._opened.clear()
            self._opened[token] = known
        if known.expires_at + CLOCK_SKEW.total_seconds() < now.timestamp():
            self._opened.pop(token, None)
            raise AccessTokenExpired
        return known

    def successor(self, token: RefreshToken) -> RefreshToken:
        """The one refresh token that follows this one."""
        return RefreshToken(token.session_id, hmac.digest(self._chain_key, token.secret, "sha256"))

    def _verify(self, token: str) -> Pass:
        try:
            key = self._by_id[jwt.get_unverified_header(token)["kid"]]
            payload = jwt.decode(token, key, algorithms=[_ALGORITHM], options=_SIGNATURE_ONLY)
            claims = msgspec.convert(payload, _Claims)
        except (jwt.InvalidTokenError, msgspec.ValidationError, KeyError) as error:
            raise AccessTokenRefused from error
        if claims.typ != "access":
            raise AccessTokenRefused
        actor = Actor(
            account_id=int(claims.sub),
            name=claims.name,
            grants=claims.grants,
            unit_id=claims.unit,
            is_device=claims.device,
        )
        return Pass(actor, claims.sid, claims.exp)


def _derive(secret: str, purpose: str) -> bytes:
    return hmac.digest(secret.encode(), f"yima {purpose}".encode(), "sha256")


def _key_id(key: bytes) -> str:
    return hashlib.sha256(key).hexdigest()[:8]
