"""Words made to fit the fields of WeCom, which count some in characters and some in bytes of UTF-8. Pure."""

from html import escape

_MORE = "…"
_MARKS = str.maketrans("*_[]()<>#`", "﹡_【】()〈〉#'")
"""What markdown would take for its own: WeCom knows no way to escape it."""


def chars(text: str, most: int) -> str:
    """At most so many characters, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + _MORE


def in_bytes(text: str, most: int) -> str:
    """At most so many bytes, on one line, no character cut in two."""
    line = " ".join(text.split())
    if len(line.encode()) <= most:
        return line
    return line.encode()[: most - len(_MORE.encode())].decode(errors="ignore").rstrip() + _MORE


def html_in_bytes(text: str, most: int) -> str:
    """As HTML text of at most so many bytes, no entity cut in two."""
    line = " ".join(text.split())
    whole = escape(line)
    while len(whole.encode()) > most:
        line = line.removesuffix(_MORE)[:-1].rstrip() + _MORE if len(line) > len(_MORE) else ""
        whole = escape(line)
    return whole


def markdown(text: str) -> str:
    """Without what markdown takes for its own."""
    return text.translate(_MARKS)
