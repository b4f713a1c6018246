"""OneNET as its page on the HTTP data push has it: checks an address, signs and seals pushes, repeats what is not
answered with 200 within five seconds.

It is the client here: `send` carries a request to the address that it was set up with.
"""

import hashlib
import json
import random
from base64 import b64encode
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

RETRIES = 16
Send = Callable[[str, str, bytes | None], Awaitable[tuple[int, str]]]
"""Method, address, body; gives status and text."""


class FakeOneNet:
    """A push instance: address and token as the console takes them; with `aes_key` in secure mode."""

    def __init__(self, address: str, token: str, send: Send, aes_key: str = "", chance: random.Random | None = None):
        if not 3 <= len(token) <= 32 or not token.isalnum():
            raise AssertionError("the console takes 3 to 32 letters and digits")
        self._address, self._token, self._send, self._aes_key = address, token, send, aes_key
        self._chance, self._id = chance or random.Random(1), 3_799_902

    async def validate(self) -> bool:
        """Whether the console shows 验证成功: 200, and the very message, nothing before or after it."""
        message, nonce = self._word(16), self._word(8)
        query = {"msg": message, "nonce": nonce, "signature": self.signature(nonce, message)}
        status, text = await self._send("GET", f"{self._address}?{urlencode(query)}", None)
        return status == 200 and text == message

    async def push(self, message: Mapping[str, Any] | list[Any], *, tries: int = RETRIES + 1) -> list[int]:
        """The statuses of all tries; the same message each time, with a nonce and an instant of its own."""
        text = self._sealed(json.dumps(message, ensure_ascii=False))
        self._id += 1
        statuses: list[int] = []
        while len(statuses) < tries and (not statuses or statuses[-1] != 200):
            nonce = self._word(8)
            body = {"msg": text, "nonce": nonce, "signature": self.signature(nonce, text), "time": 1_591_340_648_197}
            status, _ = await self._send("POST", self._address, json.dumps(body | {"id": str(self._id)}).encode())
            statuses.append(status)
        return statuses

    def signature(self, nonce: str, message: str) -> str:
        return b64encode(hashlib.md5((self._token + nonce + message).encode()).digest()).decode()

    def _sealed(self, text: str) -> str:
        if not self._aes_key:
            return text
        key, padder = self._aes_key.encode(), padding.PKCS7(128).padder()
        closing = Cipher(algorithms.AES(key), modes.CBC(key)).encryptor()
        padded = padder.update(text.encode()) + padder.finalize()
        return b64encode(closing.update(padded) + closing.finalize()).decode()

    def _word(self, letters: int) -> str:
        return "".join(self._chance.choices("abcdefghijkmnpqrstuvwxyz23456789", k=letters))
