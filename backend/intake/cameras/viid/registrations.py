"""Who may post: whoever proves the source's secret, and for a while the number that was registered by such a proof.

Most platforms answer a digest only when they register, and name themselves by `User-Identify` from then on. So that
number is believed from the address that registered, as long as it gives signs of life.
"""

import hashlib
import hmac
from datetime import datetime, timedelta

from backend import db
from backend.intake.cameras.errors import DigestNeeded
from backend.intake.cameras.viid import digest
from backend.intake.runtime import current_runtime
from backend.intake.sources import queries as sources
from backend.intake.sources import shared_secret
from backend.intake.sources.errors import SourceClosed, SourceUnknown
from backend.intake.sources.structs import Source, SourceKind
from backend.structs import Read

LEASE = timedelta(minutes=5)
"""Signs of life come every 30 to 90 seconds."""
_REGISTER = """
    INSERT INTO viid_registration (source_id, device_no, address, until) VALUES ($1, $2, $3, $4)
    ON CONFLICT (device_no, address) DO UPDATE SET source_id = excluded.source_id, until = excluded.until
"""
_RENEW = """
    UPDATE viid_registration SET until = $4 WHERE device_no = $1 AND address = $2 AND until > $3 RETURNING source_id
"""
_END = "DELETE FROM viid_registration WHERE source_id = $1 AND device_no = $2"


class ViidRequest(Read, frozen=True, kw_only=True):
    """What of a request says who sends it."""

    method: str
    path: str
    authorization: str
    device_no: str
    address: str


async def prove(request: ViidRequest, key: bytes, now: datetime) -> Source:
    """The source that proves its secret. Raises DigestNeeded with the challenge, SourceClosed."""
    fields = digest.read(request.authorization)
    if not fields or not digest.is_ours(fields, key, now):
        raise DigestNeeded(digest.challenge(key, now, is_stale=bool(fields)))
    try:
        source = await sources.get_source(fields.get("username", ""))
        password = await shared_secret.read_secret(source, current_runtime().seal)
    except SourceUnknown:
        raise DigestNeeded(digest.challenge(key, now)) from None
    if source.kind is not SourceKind.CAMERAS or not digest.is_proved(fields, request.method, request.path, password):
        raise DigestNeeded(digest.challenge(key, now))
    if not source.is_open:
        raise SourceClosed
    return source


async def identify(request: ViidRequest, key: bytes, now: datetime) -> Source:
    """The source by its proof, else by its registration, which goes on with that. Raises as `prove`."""
    if not request.authorization and request.device_no:
        source_id = await db.fetchval(_RENEW, request.device_no, request.address, now, now + LEASE)
        if source_id is not None:
            source = await sources.get_by_id(source_id)
            if not source.is_open:
                raise SourceClosed
            return source
    return await prove(request, key, now)


async def register(source: Source, device_no: str, address: str, now: datetime) -> None:
    await db.execute(_REGISTER, source.id, device_no, address, now + LEASE)


async def end(source: Source, device_no: str) -> None:
    await db.execute(_END, source.id, device_no)


def nonce_key(secret: str) -> bytes:
    """What nonces are made with, from the secret of the town."""
    return hmac.digest(secret.encode(), b"viid nonces", hashlib.sha256)
