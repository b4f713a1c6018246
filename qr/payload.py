"""What is printed into the symbol: an address of our own host, a path, and the code.

Two rules meet here. The symbol must stay small (version 3 or 4 at level Q), and WeChat opens its mini program only for
an address below a registered prefix, scheme and host alike, so prefix and letter case are settings of the town.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from qr import codes
from qr.codes import Code
from qr.errors import CodeForeign


@dataclass(frozen=True, slots=True)
class Payload:
    """`prefix` ends in a slash. `earlier` are prefixes that still hang on walls and are read, never printed."""

    prefix: str
    is_upper: bool = False
    earlier: tuple[str, ...] = ()

    def url(self, code: str) -> str:
        """The address of a code, as printed; of an empty text, the prefix."""
        return (self.prefix.upper() if self.is_upper else self.prefix) + code

    @property
    def prefixes(self) -> tuple[str, ...]:
        """What hangs on walls: the prefix that is printed, and the earlier ones."""
        return (self.prefix, *self.earlier)

    @property
    def paths(self) -> list[str]:
        """Below which paths codes hang, earlier ones too; each begins and ends with a slash."""
        return [_parts(prefix)[1] or "/" for prefix in self.prefixes]

    def parse(self, text: str) -> Code:
        """The code that was scanned or typed, bare or as an address of ours.

        Raises CodeForeign for others' addresses, CodeMalformed for what cannot be a code.
        """
        return self.read(text) if ":" in text or "/" in text else codes.parse(text)

    def read(self, text: str) -> Code:
        """The code in the text of a symbol. Raises CodeForeign for others' symbols, CodeMalformed for misreads."""
        scanned = _parts(text)
        for prefix in self.prefixes:
            host, path = _parts(prefix)
            if scanned[0] == host and scanned[1].lower().startswith(path.lower()):
                return codes.parse(scanned[1][len(path) :].split("/")[0])
        raise CodeForeign


def payload(base_url: str, prefix: str = "", is_upper: bool = False, earlier: str = "") -> Payload:
    """The payload of a town: under `base_url`/q/ unless a prefix of its own is set.

    Raises ValueError for a prefix that is no address, or below which nothing lies, such as one with a query.
    """
    own = prefix or f"{base_url}/q/"
    return Payload(_ended(own), is_upper, tuple(map(_ended, earlier.split())))


def _ended(prefix: str) -> str:
    """With a slash at its end: WeChat takes an address for one of a rule only below it, and a check file lies there."""
    if not _parts(prefix)[0] or any(mark in prefix for mark in "?# "):
        raise ValueError(f"{prefix!r} is no address of codes: it is written as https://host/path/, without ? and #")
    return prefix if prefix.endswith("/") else prefix + "/"


def _parts(text: str) -> tuple[str, str]:
    """Scheme and host without case (http and https are the same), and the path; user names and ports must match."""
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return "", ""
    if parts.scheme.lower() not in ("http", "https"):
        return "", ""
    return parts.netloc.lower(), parts.path
