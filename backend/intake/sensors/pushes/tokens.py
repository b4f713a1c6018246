"""What a platform is set up with: a token of the source for each wire, made from its secret and never stored.

OneNET signs each push with it, so both sides must know it. CTWing signs nothing and can be told an address alone: there
it is the end of the address, and opens nothing but that door. A new secret of the source makes new tokens.
"""

import hashlib
import hmac
from collections.abc import Sequence
from enum import StrEnum

_LETTERS = 32


class Wire(StrEnum):
    ONENET = "onenet"
    CTWING = "ctwing"


def token_of(secret: str, wire: Wire) -> str:
    """32 small letters and digits, as the consoles of both platforms take them."""
    return hmac.new(secret.encode(), f"yima-{wire}".encode(), hashlib.sha256).hexdigest()[:_LETTERS]


def is_token(said: str, tokens: Sequence[str]) -> bool:
    return any(hmac.compare_digest(said.encode(), token.encode()) for token in tokens)
