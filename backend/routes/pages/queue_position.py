"""Where somebody stands in a queue of cases, as addresses say it: which case is open, and which were put off.

A case has an address of its own, so that nothing takes its place under a finger. Who may see which case is not asked
here: what somebody types into an address leads to a page that asks.
"""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlencode

_LATER_MOST, _ID_CHARS, _WORD_CHARS = 50, 18, 40


class QueueAddresses(NamedTuple):
    """`cases`: below it each case has its address; `next`: whoever comes there is sent to the next one.

    `ended`: as what the case before is named. `filters`: what else is said of the queue, and stays said.
    """

    cases: str
    next: str
    ended: str
    filters: tuple[str, ...] = ()


class QueuePosition(NamedTuple):
    """`later`: cases that were put off. `filtered`: what is said of the queue, by name; empty where nothing is."""

    queue: QueueAddresses
    later: tuple[int, ...] = ()
    filtered: Mapping[str, str] = {}

    def at(self, case: int | str, act: str = "", *, ended: int = 0) -> str:
        """The page of a case, or what is done with it. `ended`: the case before it, 0 for none."""
        return self._path(f"{self.queue.cases}/{case}{act}", self.later, ended)

    def begin(self) -> str:
        """Where the next one is."""
        return self._path(self.queue.next, self.later)

    def after(self, case: int) -> str:
        """Where it goes on once this one is decided."""
        return self._path(self.queue.next, self.later, case)

    def putting_off(self, case: int) -> str:
        """Where it goes on without a decision."""
        return self._path(self.queue.next, (*self.later, case))

    def _path(self, path: str, later: tuple[int, ...], ended: int = 0) -> str:
        carried = {
            **self.filtered,
            "later": "-".join(map(str, later[-_LATER_MOST:])),
            self.queue.ended: str(ended or ""),
        }
        query = urlencode({name: value for name, value in carried.items() if value})
        return f"{path}?{query}" if query else path


def position_in(query: Mapping[str, str], queue: QueueAddresses) -> QueuePosition:
    """Read it out of an address; what cannot be a case is passed over."""
    numbers = map(case_number, query.get("later", "").split("-"))
    later = tuple(number for number in dict.fromkeys(numbers) if number)
    filtered = {name: query.get(name, "")[:_WORD_CHARS] for name in queue.filters}
    return QueuePosition(queue, later[:_LATER_MOST], filtered)


def case_number(said: str | None) -> int:
    """The id of a case, 0 for what cannot be one."""
    is_one = said is not None and said.isascii() and said.isdecimal() and len(said) <= _ID_CHARS
    return int(said) if is_one and said else 0
