"""HTTP digest (RFC 7616; MD5, since cameras know nothing else, or SHA-256): the source's name and its secret.

The nonce says when it was made and that we made it, so that no process has to remember one. It is believed for five
minutes. A request sent again within them carries the same numbers and changes nothing.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import datetime, timedelta

REALM = "viid"
NONCE_FOR = timedelta(minutes=5)
_SECOND = re.compile("[0-9a-f]{1,12}")
_FIELD = re.compile(r'(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))')
_ALGORITHMS = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}


def challenge(key: bytes, now: datetime, *, is_stale: bool = False) -> str:
    """The header WWW-Authenticate. MD5, since cameras know nothing else."""
    stale = ", stale=true" if is_stale else ""
    return f'Digest realm="{REALM}", qop="auth", nonce="{nonce(key, now)}", algorithm=MD5{stale}'


def nonce(key: bytes, now: datetime) -> str:
    second = f"{int(now.timestamp()):x}"
    return f"{second}-{hmac.digest(key, second.encode(), 'sha256').hex()[:32]}"


def read(header: str) -> dict[str, str]:
    """The fields of an Authorization header; empty where it is no digest."""
    scheme, _, rest = header.partition(" ")
    if scheme.lower() != "digest":
        return {}
    return {name.lower(): quoted or plain for name, quoted, plain in _FIELD.findall(rest)}


def is_ours(fields: Mapping[str, str], key: bytes, now: datetime) -> bool:
    """Whether the nonce was made by us and is young enough."""
    second, _, _ = fields.get("nonce", "").partition("-")
    if not _SECOND.fullmatch(second):
        return False
    is_young = -60 <= now.timestamp() - int(second, 16) <= NONCE_FOR.total_seconds()
    return is_young and hmac.compare_digest(
        fields["nonce"].encode(), f"{second}-{hmac.digest(key, second.encode(), 'sha256').hex()[:32]}".encode()
    )


def is_proved(fields: Mapping[str, str], method: str, path: str, password: str) -> bool:
    """Whether the response proves the password for this very method and address."""
    made = _ALGORITHMS.get(fields.get("algorithm", "MD5").upper())
    if made is None or fields.get("uri", "") != path or fields.get("realm") != REALM:
        return False

    def h(text: str) -> str:
        return made(text.encode(), usedforsecurity=False).hexdigest()

    first, second = h(f"{fields.get('username', '')}:{REALM}:{password}"), h(f"{method}:{path}")
    if fields.get("qop"):
        middle = f"{fields['nonce']}:{fields.get('nc', '')}:{fields.get('cnonce', '')}:{fields['qop']}"
    else:
        middle = fields["nonce"]
    return hmac.compare_digest(h(f"{first}:{middle}:{second}").encode(), fields.get("response", "").lower().encode())
