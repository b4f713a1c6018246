"""Finding a national code by name, for outlines that come without one.

Names repeat (江苏路街道 exists twice in China), so a name is looked up within its district. The district is given, or
told by the file: of the names that one district name brings together in it, most belong to one code. What stays open
is reported with every candidate.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from backend.errors import Bilingual
from backend.places.importing.fields import Columns, clean
from backend.places.importing.opening import open_file
from backend.places.importing.reasons import FileRefused, RowReason, RowRefused
from backend.places.importing.source import Raw

_DISTRICT_LENGTH = 6
_ALIKE_MOST = 3
_ALIKE = 0.75


class CodeBook:
    """Codes by name, from a CSV of code,name such as a published list of divisions."""

    def __init__(self, path: Path, within: str) -> None:
        source = open_file(path)
        columns = Columns(source, {})
        columns.need("code", "name")
        self._codes: dict[str, list[str]] = defaultdict(list)
        for raw in source.rows():
            code, name = columns.text(raw, "code"), columns.text(raw, "name")
            if code.startswith(within) and name:
                self._codes[name].append(code)
        self._district_codes: dict[str, str] = {}
        if not self._codes:
            raise FileRefused("codes-without-names", path=path, area=within or Bilingual("", "it"))

    def learn_districts(self, rows: Iterable[Raw], columns: Columns) -> None:
        """Tell each district's code by the names that occur only once in the book."""
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for raw in rows:
            found = self._codes.get(columns.text(raw, "name"), [])
            if len(found) == 1:
                votes[columns.text(raw, "district")][found[0][:_DISTRICT_LENGTH]] += 1
        for district, counted in votes.items():
            code, count = counted.most_common(1)[0]
            if district and count > counted.total() / 2:
                self._district_codes[district] = code

    def find(self, name: str, district: str) -> str:
        """The one code of a name. Raises RowRefused when there is none or more than one."""
        name = clean(name)
        within = self._district_codes.get(district, "")
        found = [code for code in self._codes.get(name, []) if code.startswith(within)]
        if len(found) == 1:
            return found[0]
        if found:
            raise RowRefused(RowReason.AMBIGUOUS_NAME, f"{name}: {', '.join(found)}")
        alike = [f"{other} {code}" for other in self._alike(name, within) for code in self._codes[other]]
        raise RowRefused(RowReason.UNKNOWN_NAME, f"{name}; 相近 / alike: {', '.join(alike)}" if alike else name)

    def _alike(self, name: str, within: str) -> list[str]:
        """Names of the district that begin alike, then those that differ little: 半淞园街道, 半淞园路街道."""
        here = [other for other, codes in self._codes.items() if any(code.startswith(within) for code in codes)]
        begun = [other for other in here if name and (name.startswith(other) or other.startswith(name))]
        close = get_close_matches(name, here, n=_ALIKE_MOST, cutoff=_ALIKE)
        return list(dict.fromkeys([*begun, *close]))
