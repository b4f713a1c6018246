"""The two formats of GeoReport v2, told apart by the end of the address: `services.xml`, `requests/12.json`."""

from enum import StrEnum

from backend.errors import NotFound


class WireFormat(StrEnum):
    XML = "xml"
    JSON = "json"

    @property
    def media_type(self) -> str:
        """Without the charset, which is UTF-8 always."""
        return "text/xml" if self is WireFormat.XML else "application/json"


def split(name: str) -> tuple[str, WireFormat]:
    """The name in front of `.xml` or `.json`, and which of them it is. Raises NotFound for any other end."""
    stem, _, suffix = name.rpartition(".")
    if not stem or suffix not in list(WireFormat):
        raise NotFound
    return stem, WireFormat(suffix)


def of_path(path: str) -> WireFormat:
    """The format that an address asks for; XML, which every client reads, where it says none."""
    return WireFormat.JSON if path.rstrip("/").endswith(".json") else WireFormat.XML
