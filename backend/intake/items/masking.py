"""Texts as they may be kept to learn from: no numbers by which a person is found. Pure."""

import re
import unicodedata

HIDDEN = "0"
_LONG_NUMBER = re.compile(r"(?<![0-9])(?:\+?86[- ]?)?[0-9][0-9 \-]{5,}[0-9xX](?![0-9])")
_ADDRESS = re.compile(r"https?://[!-~]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_PLATE = re.compile(r"[㐀-鿿][a-zA-Z][·. ]?[a-zA-Z0-9]{5,6}(?![a-zA-Z0-9])")


def mask(text: str) -> str:
    """The text in narrow characters, where phones, numbers of papers, plates and addresses are a single 0."""
    narrow = unicodedata.normalize("NFKC", text)
    for pattern in (_ADDRESS, _PLATE, _LONG_NUMBER):
        narrow = pattern.sub(HIDDEN, narrow)
    return narrow
