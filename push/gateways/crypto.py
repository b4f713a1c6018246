"""Signature and encryption of the callbacks of WeChat and WeCom, as both describe it ("消息加解密").

The signature is SHA-1 over the sorted parts. The message is AES-256-CBC under a key of 43 characters of base64, its
first 16 bytes the vector; in clear: 16 bytes of chance, the length of the message as 4 bytes, the message, the id of
the receiver (appid or corpid), and PKCS7 padding over 32 bytes, not over the cipher's 16.
"""

import base64
import hashlib
import hmac

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

_KEY_CHARS = 43
_PADDED_BITS = 256
_CHANCE, _LENGTH = 16, 4


class CallbackForged(ValueError):
    """What came in was not made with our token and key, or not for us. Its words carry nothing of what was sent."""


def signature(*parts: str) -> str:
    """The signature of these parts, in whichever order."""
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def check(given: str, *parts: str) -> None:
    """Raises CallbackForged unless `given` is the signature of the parts. Takes the same time either way."""
    if not hmac.compare_digest(signature(*parts).encode(), given.encode()):
        raise CallbackForged("signature")


class CallbackCipher:
    """Opens what a vendor sealed. Raises ValueError for an AES key that is none."""

    def __init__(self, token: str, aes_key: str, receiver_id: str) -> None:
        """`aes_key`: the EncodingAESKey of the console, 43 characters."""
        if len(aes_key) != _KEY_CHARS:
            raise ValueError(f"an EncodingAESKey has {_KEY_CHARS} characters")
        key = base64.b64decode(aes_key + "=", validate=True)
        self._token, self._receiver_id = token, receiver_id.encode()
        self._cipher = Cipher(algorithms.AES256(key), modes.CBC(key[:16]))

    def open(self, msg_signature: str, timestamp: str, nonce: str, encrypted: str) -> bytes:
        """The message in clear. Raises CallbackForged, before decrypting when the signature is wrong."""
        check(msg_signature, self._token, timestamp, nonce, encrypted)
        try:
            clear = self._decrypt(base64.b64decode(encrypted, validate=True))
        except ValueError as error:
            raise CallbackForged("cipher text") from error
        begins = _CHANCE + _LENGTH
        ends = begins + int.from_bytes(clear[_CHANCE:begins], "big")
        if not hmac.compare_digest(clear[ends:], self._receiver_id):
            raise CallbackForged("receiver")
        return clear[begins:ends]

    def _decrypt(self, sealed: bytes) -> bytes:
        decryptor, unpadder = self._cipher.decryptor(), PKCS7(_PADDED_BITS).unpadder()
        padded = decryptor.update(sealed) + decryptor.finalize()
        return unpadder.update(padded) + unpadder.finalize()
