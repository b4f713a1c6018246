"""A symbol as text that a terminal shows and a phone reads from it: two modules to a letter, black on white.

The colours are set, since a terminal may be light or dark and a phone wants dark on light.
"""

from qr.symbols import QUIET_ZONE, Symbol

_ON_WHITE, _AS_BEFORE = "\x1b[30;107m", "\x1b[0m"
_LETTERS = {("0", "0"): " ", ("1", "0"): "▀", ("0", "1"): "▄", ("1", "1"): "█"}
"""By whether the upper and the lower module are dark."""


def lines_of(symbol: Symbol) -> list[str]:
    """Lines of text, its quiet zone around it."""
    width = symbol.size + 2 * QUIET_ZONE
    blank, side = "0" * width, "0" * QUIET_ZONE
    rows = [*[blank] * QUIET_ZONE, *(f"{side}{row}{side}" for row in symbol.rows()), *[blank] * (QUIET_ZONE + 1)]
    pairs = zip(rows[::2], rows[1::2], strict=False)
    return [_ON_WHITE + "".join(_LETTERS[pair] for pair in zip(*both, strict=True)) + _AS_BEFORE for both in pairs]
