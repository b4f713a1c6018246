"""OneNET's HTTP push: signature, address check, and the secure mode.

The signature is Base64(MD5(token + nonce + msg)), of the message as it stands in the body, sealed or not. It covers
neither `id` nor `time`: a forger can change these, so nothing is decided by them. A push that is sent again has
the same `msg`, and that is what a repeat is known by.
"""

import hashlib
import hmac
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence

import msgspec

from backend.intake.sensors.payloads.bodies import decode
from backend.intake.sensors.pushes.errors import PushForged, PushSealed

AES_KEYS = "YIMA_ONENET_AES_KEYS"
_KEY_LENGTHS = (16, 24, 32)
_NONCE_MOST = 64
_BLOCK = 16


class _Body(msgspec.Struct, frozen=True):
    """Of today's platform, and with `msg_signature` and `enc_msg` of the NB-IoT suite before it."""

    nonce: str
    msg: msgspec.Raw = msgspec.Raw(b'""')
    enc_msg: str = ""
    signature: str = ""
    msg_signature: str = ""


def check_address(query: Mapping[str, str], tokens: Sequence[str]) -> str:
    """What to answer the platform that asks whether an address is ours: its `msg` as it is. Raises PushForged."""
    message = query.get("msg", "")
    _check(message, query.get("nonce", ""), query.get("signature", ""), tokens)
    return message


def open_push(body: bytes, tokens: Sequence[str], aes_key: str) -> str:
    """`msg` in plain text. `aes_key`: of the secure mode; empty for the plain one. Raises PushForged,
    PushSealed, PayloadUnreadable."""
    said = decode(body, _Body)
    message = said.enc_msg or _text_of(said.msg)
    _check(message, said.nonce, said.signature or said.msg_signature, tokens)
    if not aes_key:
        return message
    return _unsealed(message, aes_key)


def _text_of(raw: msgspec.Raw) -> str:
    """A string by what it says; an object, as the older suite has it, by its letters as they came."""
    text = bytes(raw).decode()
    return decode(text, str) if text.startswith('"') else text


def _check(message: str, nonce: str, signature: str, tokens: Sequence[str]) -> None:
    if not nonce or len(nonce) > _NONCE_MOST or not signature:
        raise PushForged("no signature")
    # A plus that was not escaped in an address arrives as a blank.
    said = signature.replace(" ", "+").encode()
    if not any(hmac.compare_digest(said, signature_of(token, nonce, message)) for token in tokens):
        raise PushForged("signature")


def signature_of(token: str, nonce: str, message: str) -> bytes:
    """As OneNET's page on its data push says it."""
    return b64encode(hashlib.md5(f"{token}{nonce}{message}".encode(), usedforsecurity=False).digest())


def _unsealed(message: str, aes_key: str) -> str:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    key = aes_key.encode()
    try:
        sealed = b64decode(message, validate=True)
        opener = Cipher(algorithms.AES(key), modes.CBC(key[:_BLOCK])).decryptor()
        padded = opener.update(sealed) + opener.finalize()
        return _without_padding(padded).decode()
    except ValueError as error:
        raise PushSealed("the secure mode has another key") from error


def _without_padding(padded: bytes) -> bytes:
    count = padded[-1] if padded else 0
    if not 1 <= count <= _BLOCK or padded[-count:] != bytes([count]) * count:
        raise ValueError("padding")
    return padded[:-count]


def keys_of(environment: Mapping[str, str]) -> dict[str, str]:
    """The keys of the secure mode by source, as the setting has them: source=key, separated by commas.

    Raises ValueError for one that is none.
    """
    pairs = [pair.strip().partition("=") for pair in environment.get(AES_KEYS, "").split(",") if pair.strip()]
    for name, _, key in pairs:
        if len(key.encode()) not in _KEY_LENGTHS:
            raise ValueError(f"{AES_KEYS}: the key of {name} has 16, 24 or 32 characters")
    return {name: key for name, _, key in pairs}
