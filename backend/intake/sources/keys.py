"""The key of a source, which it sends with each request, and the secret of its webhooks.

A key is 32 random bytes: its SHA-256 stands in the database and cannot be turned back. A secret has to be read to check
a signature, so it is sealed.
"""

import hashlib
import hmac
import secrets
from base64 import b64encode

from backend import db
from backend.intake.sources import queries
from backend.intake.sources.errors import SourceClosed, SourceKeyWrong
from backend.intake.sources.structs import Source

_KEY_BYTES, _SECRET_BYTES = 32, 32
_KEY_PREFIX, _SECRET_PREFIX = "yima_", "whsec_"
_ONE = f"SELECT {queries.COLUMNS}, key_print FROM intake_source WHERE name = $1"


def make_key() -> str:
    """A new key."""
    return _KEY_PREFIX + secrets.token_urlsafe(_KEY_BYTES)


def make_secret() -> str:
    """A new secret of webhooks, as the Standard Webhooks specification writes one."""
    return _SECRET_PREFIX + b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def print_of(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()


async def find_by_key(name: str, key: str) -> Source:
    """The source of this name, if it is its key. Raises SourceKeyWrong, SourceClosed."""
    row = await db.fetchrow(_ONE, name)
    if row is None or not hmac.compare_digest(row["key_print"], print_of(key)):
        raise SourceKeyWrong
    source = queries.source_of(row)
    if not source.is_open:
        raise SourceClosed
    return source
