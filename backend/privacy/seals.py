"""Seal a value so that a dump of the database tells nobody: AES-256-GCM (NIST SP 800-38D) under a numbered key.

A sealed value is the key's number (4 bytes, big end first), a nonce of 12 bytes, and the ciphertext with its tag. What
it is about, such as `volunteer.real_name:12`, is sealed along: moved to another row it does not open.
"""

import hmac
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NUMBER_BYTES, _NONCE_BYTES = 4, 12
PERSONAL = "personal"
"""Names, numbers and phones of people who work with us."""
IDENTITY = "identity"
"""Who complained: opened by two persons together."""


class SealBroken(ValueError):
    """What is sealed was altered, belongs to another row, or to a key that is not there. Says nothing of the value."""


class Seal:
    """The keys of one purpose: the highest number seals, all of them open, the lowest makes the prints."""

    def __init__(self, secrets: Mapping[int, str], purpose: str) -> None:
        if not secrets:
            raise ValueError("a seal needs a key")
        self._keys = {number: _derive(secret, f"yima seal {purpose}") for number, secret in secrets.items()}
        self._print_key = _derive(secrets[min(secrets)], f"yima print {purpose}")
        self._newest = max(secrets)

    def close(self, clear: str, about: str) -> bytes:
        """Seal a text. The same text is sealed to other bytes each time."""
        return self.close_bytes(clear.encode(), about)

    def close_bytes(self, clear: bytes, about: str) -> bytes:
        """Seal what need not be a text."""
        nonce = os.urandom(_NONCE_BYTES)
        sealed = _cipher(self._keys[self._newest]).encrypt(nonce, clear, about.encode())
        return self._newest.to_bytes(_NUMBER_BYTES) + nonce + sealed

    def open(self, sealed: bytes, about: str) -> str:
        """Read the text that was sealed about this. Raises SealBroken."""
        return self.open_bytes(sealed, about).decode()

    def open_bytes(self, sealed: bytes, about: str) -> bytes:
        """Read what was sealed about this. Raises SealBroken."""
        from cryptography.exceptions import InvalidTag

        number, rest = int.from_bytes(sealed[:_NUMBER_BYTES]), sealed[_NUMBER_BYTES:]
        key = self._keys.get(number)
        if key is None or len(rest) <= _NONCE_BYTES:
            raise SealBroken
        try:
            return _cipher(key).decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], about.encode())
        except InvalidTag as error:
            raise SealBroken from error

    def print_of(self, clear: str) -> bytes:
        """32 bytes that are the same for the same text: to find it again, or twice, without opening anything."""
        return hmac.digest(self._print_key, clear.encode(), "sha256")


def numbered(secret: str, numbered_secrets: str) -> dict[int, str]:
    """`1:one,2:two` as secrets by number; the town's one secret under number 1 where none are given.

    Raises ValueError without repeating what was given.
    """
    if not numbered_secrets:
        return {1: secret}
    found: dict[int, str] = {}
    for part in numbered_secrets.split(","):
        number, divider, value = part.strip().partition(":")
        if not divider or not number.isdecimal() or len(value) < 32 or int(number) in found:
            raise ValueError("number:secret,number:secret, each secret of 32 characters at least, no number twice")
        found[int(number)] = value
    return found


def _cipher(key: bytes) -> "AESGCM":
    """Loaded with the first value: most processes seal nothing."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)


def _derive(secret: str, purpose: str) -> bytes:
    return hmac.digest(secret.encode(), purpose.encode(), "sha256")
