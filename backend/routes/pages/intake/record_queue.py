"""Where somebody stands in the queue of records, as addresses say it: of which source, and which were put off."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from litestar import Request

from backend.routes.pages.forms import row_number

_LATER_MOST, _NAME_CHARS = 50, 40


class RecordPosition(NamedTuple):
    """`source`: its name where one alone is looked at. `later`: records that were put off."""

    source: str = ""
    later: tuple[int, ...] = ()

    def at(self, record_id: int, act: str = "") -> str:
        """The page of a record, or what is done with it."""
        return self._path(f"/desk/intake/{record_id}{act}", self.later)

    def begin(self) -> str:
        """Where the next one is."""
        return self._path("/desk/intake/next", self.later)

    def after(self, record_id: int) -> str:
        """Where it goes on once this one is decided."""
        return f"{self.begin()}{'&' if self.source or self.later else '?'}done={record_id}"

    def putting_off(self, record_id: int) -> str:
        """Where it goes on without a decision."""
        return self._path("/desk/intake/next", (*self.later, record_id))

    def _path(self, path: str, later: tuple[int, ...]) -> str:
        carried = {"source": self.source, "later": "-".join(map(str, later[-_LATER_MOST:]))}
        query = urlencode({name: value for name, value in carried.items() if value})
        return f"{path}?{query}" if query else path


def position_in(request: Request[Any, Any, Any]) -> RecordPosition:
    """Read it out of an address; what cannot be a record is passed over."""
    query = request.query_params
    numbers = (row_number({"id": said}, "id") for said in query.get("later", "").split("-"))
    later = tuple(number for number in dict.fromkeys(numbers) if number)
    return RecordPosition(query.get("source", "")[:_NAME_CHARS], later[:_LATER_MOST])
