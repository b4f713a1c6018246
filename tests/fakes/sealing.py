"""What WeChat and WeCom do before they call back: sign and seal. Written from the documents, apart from the product."""

import base64
import hashlib
import os
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_BLOCK = 32


def sign(*parts: str) -> str:
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()


def seal(message: bytes, aes_key: str, receiver_id: str) -> str:
    """The value of `Encrypt` or `echostr`."""
    key = base64.b64decode(aes_key + "=")
    clear = os.urandom(16) + struct.pack(">I", len(message)) + message + receiver_id.encode()
    pad = _BLOCK - len(clear) % _BLOCK
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return base64.b64encode(encryptor.update(clear + bytes([pad]) * pad) + encryptor.finalize()).decode()
