"""Tokens: signed access tokens that carry the Actor, and the chain of refresh tokens.

An access token (JWT, HS256) is read without the database. A refresh token is `session id . secret`; the
secret is 256 random bits at first, and each successor is derived from the one before with a server key. So
two tabs that refresh with the same token at once, or a phone whose answer was lost, are given the same
successor, and a session keeps one hash.
"""

import hashlib
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta
from uuid import UUID

import msgspec

from backend.accounts.errors import SessionEnded
from backend.accounts.structs import Actor

ACCESS_LIFE = timedelta(minutes=10)


class Pass(msgspec.Struct, frozen=True):
    """A valid access token, opened."""

    actor: Actor
    session_id: UUID
    expires_at: float
    """Unix seconds."""


class RefreshToken(msgspec.Struct, frozen=True):
    session_id: UUID
    secret: bytes

    @property
    def text(self) -> str:
        return f"{self.session_id.hex}.{urlsafe_b64encode(self.secret).decode().rstrip('=')}"

    @property
    def hash(self) -> bytes:
        return hashlib.sha256(self.secret).digest()


def first_refresh_token(session_id: UUID) -> RefreshToken:
    return RefreshToken(session_id, secrets.token_bytes(32))


def read_refresh_token(text: str) -> RefreshToken:
    """Take the text apart. Raises SessionEnded when it is not one of ours."""
    session_id, _, secret = text.partition(".")
    try:
        return RefreshToken(UUID(hex=session_id), urlsafe_b64decode(secret + "=" * (-len(secret) % 4)))
    except ValueError as error:
        raise SessionEnded from error
