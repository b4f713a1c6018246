"""A coordinate as people write it: 121.48, １２１．４８, 121.48°E, 121°28′48″, 东经121度28分48秒. Pure."""

import re
import unicodedata

# NFKC would take these apart (″ becomes two ′) or take them for letters (º becomes o).
_SIGNS = str.maketrans(dict.fromkeys("º˚゜度", "°") | dict.fromkeys("’‘´｀`＇分", "′") | dict.fromkeys("”“＂秒", "″"))
_DOUBLED = re.compile("′′|''")
_PLAIN = r"[+-]?\d+(?:\.\d*)?"
_WRITTEN = re.compile(
    rf"(?P<before>[EWNS])?(?P<degrees>{_PLAIN})°?(?:(?P<minutes>\d+(?:\.\d*)?)[′'](?:(?P<seconds>\d+(?:\.\d*)?)[″\"])?)?"
    r"(?P<after>[EWNS])?",
    re.ASCII,
)
_WAYS = {"东经": "E", "西经": "W", "北纬": "N", "南纬": "S"}
_SIXTY = 60


def read(text: str, ways: str) -> float | None:
    """Degrees, of which `ways` are the two letters that may stand beside them: EW or NS. None where it says none.

    What float() would also take (nan, 1_0, 1e2) is a mistake in a coordinate.
    """
    folded = unicodedata.normalize("NFKC", text.translate(_SIGNS).replace("″", '"'))
    for words, letter in _WAYS.items():
        folded = folded.replace(words, letter)
    found = _WRITTEN.fullmatch(_DOUBLED.sub('"', "".join(folded.upper().split())))
    if found is None or (found["minutes"] and "°" not in folded):
        return None
    letter = (found["before"] or "") + (found["after"] or "")
    if letter not in ("", *ways) or (letter and found["degrees"].startswith(("-", "+"))):
        return None
    minutes, seconds = float(found["minutes"] or 0), float(found["seconds"] or 0)
    if minutes >= _SIXTY or seconds >= _SIXTY or (found["minutes"] and "." in found["degrees"]):
        return None
    size = abs(float(found["degrees"])) + minutes / _SIXTY + seconds / _SIXTY**2
    return -size if found["degrees"].startswith("-") or letter in ("W", "S") else size
