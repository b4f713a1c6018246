"""Words on a plate: one line, in characters that the font has, never smaller than can be read. Pure."""

import unicodedata
from collections.abc import Callable, Container

GAP = "〓"
"""What a printer sets for a character that is not in the case: it is seen, and looked up."""
LEAST_SHRINK = 0.45
"""A longer name is cut in its middle instead: on the small plate its characters would fall below 1.4 mm."""
_CUT = "…"


def one_line(name: str) -> str:
    """Without line breaks and without characters that only steer others."""
    spaced = "".join(" " if character.isspace() else character for character in unicodedata.normalize("NFC", name))
    return " ".join("".join(each for each in spaced if unicodedata.category(each) not in ("Cc", "Cf")).split())


def lacking(text: str, drawn: Container[int]) -> str:
    """The characters that a font which draws these code points does not have, each once."""
    return "".join(dict.fromkeys(each for each in text if ord(each) not in drawn))


def with_gaps(text: str, drawn: Container[int]) -> str:
    return "".join(each if ord(each) in drawn else GAP for each in text)


def fitted(text: str, width: Callable[[str], float], available: float) -> tuple[str, float]:
    """The text as it is written, cut in the middle where it must be, and the share of its size at which it fits.

    `width` measures at full size, in the unit of `available`. Both ends stay: road and number.
    """
    whole, length = text, len(text)
    while length > 2 and width(text) * LEAST_SHRINK > available:
        length -= 1
        text = whole[: (length + 1) // 2] + _CUT + whole[len(whole) - length // 2 :]
    wide = width(text)
    return text, min(1.0, available / wide) if wide else 1.0
