"""An address as its parts: what stands before the numbers, lane (弄), branch lane (支弄), door (号), flat. Pure.

莲安东路88弄6支弄3号甲201室 is 莲安东路 · 88 · 6 · 3甲 · 201. A door may be several: 37号、39号 and 10-12号.
"""

import re
from typing import NamedTuple

from backend.intake.locating.folding import fold

_LANE, _BRANCH, _DOOR, _BUILDING, _FLOOR, _FLAT = 1, 2, 3, 4, 5, 6
_LEVELS = {
    **{"弄": _LANE, "支弄": _BRANCH, "号": _DOOR, "号楼": _BUILDING, "幢": _BUILDING, "栋": _BUILDING, "座": _BUILDING},
    **{"单元": _FLOOR, "层": _FLOOR, "楼": _FLOOR, "室": _FLAT, "房": _FLAT},
}
_ONE = "[甲乙丙丁临附]?[0-9]{1,5}[甲乙丙丁a-z]?"
_NUMBER = rf"{_ONE}(?:[-/、,和及与]{_ONE})*"
_UNIT = "支弄|弄|号楼|号|幢|栋|座|单元|层|楼|室|房"
# 3号线, 2号门, 5号桥 are no doors; 2号门口 is before one.
_COUNTED = re.compile(rf"({_NUMBER})(?:({_UNIT})(?!线|门(?![口前面牌])|桥|井|机|码头|地块|工地|厂房)([甲乙丙丁])?)")
_BARE = re.compile(rf"({_NUMBER})(?:(?<=[甲乙丙丁])|(?![0-9a-z甲乙丙丁号弄年月日点时分米元个人路]))")
_BEFORE_BARE = re.compile("(?:路|街|道|巷|里|村|弄|支弄|road)$")
_NOTED = re.compile(r"[(\[【〔《]([^)\]】〕》]*)[)\]】〕》]?")
_PAIR = re.compile(rf"({_ONE})-({_ONE})")
_WIDEST_RANGE = 60
_DIGITS = re.compile("[0-9]+")


class Numbers(NamedTuple):
    """Numbers of lanes or doors as they are written: single ones, and from–to."""

    singles: tuple[str, ...] = ()
    ranges: tuple[tuple[int, int], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.singles or self.ranges)

    @property
    def all(self) -> frozenset[str | tuple[int, int]]:
        return frozenset((*self.singles, *self.ranges))

    def is_same(self, other: "Numbers") -> bool:
        """Whether one of them is one of the others."""
        return not self.all.isdisjoint(other.all)

    def covers(self, other: "Numbers") -> bool:
        """Whether a single number of the other lies in a range of these; of 51–59 only the odd ones are meant."""
        return any(
            first <= value <= last and (first % 2 != last % 2 or value % 2 == first % 2)
            for first, last in self.ranges
            for value in (int(each) for each in other.singles if each.isdigit())
        )

    @property
    def first(self) -> int | None:
        """The lowest, without its letter."""
        values = [int(found[0]) for each in self.singles if (found := _DIGITS.search(each))]
        return min([*values, *(first for first, _ in self.ranges)], default=None)


class Address(NamedTuple):
    """The parts of an address, folded. `head`: what stands before the first number, with the road at its end.

    `tail`: what follows the last number that was understood; `notes`: what stood in brackets.
    """

    head: str
    lane: Numbers = Numbers()
    branch: Numbers = Numbers()
    door: Numbers = Numbers()
    building: str = ""
    flat: str = ""
    tail: str = ""
    notes: tuple[str, ...] = ()

    @property
    def has_numbers(self) -> bool:
        return bool(self.lane or self.branch or self.door)


def read(text: str) -> Address:
    """The parts of an address. What cannot be taken apart is all head."""
    folded = fold(text)
    notes = tuple(each for each in _NOTED.findall(folded) if each)
    said = _NOTED.sub("", folded)
    begun = next((found for found in _COUNTED.finditer(said) if _LEVELS[found[2]] <= _BUILDING), None)
    bare = next((found for found in _BARE.finditer(said) if _BEFORE_BARE.search(said[: found.start()])), None)
    first = min((each for each in (begun, bare) if each), key=lambda each: each.start(), default=None)
    if first is None:
        return Address(head=said, notes=notes)
    found, end = _counted(said, first.start())
    return Address(
        head=said[: first.start()],
        lane=_numbers(found[_LANE]),
        branch=_numbers(found[_BRANCH]),
        door=_numbers(found[_DOOR]),
        building="".join(found[_BUILDING][:1]),
        flat="".join(found[_FLAT][:1]),
        tail=said[end:],
        notes=notes,
    )


def read_numbers(written: str) -> Numbers:
    """A house number as a table has it: 10-12, 128甲, 560、620."""
    return _numbers([fold(written).removesuffix("号")]) if written else Numbers()


def _counted(said: str, at: int) -> tuple[dict[int, list[str]], int]:
    """Numbers by level from a place of the text on, as long as the levels do not fall again; and where that ends.

    A number without a unit is the door where there is none yet, else the room; so is a building the door.
    """
    found: dict[int, list[str]] = {level: [] for level in range(_LANE, _FLAT + 1)}
    level = 0
    while at < len(said):
        joined = said[at] if level and said[at] in "-、,和及与/" else ""
        counted, bare = _COUNTED.match(said, at + len(joined)), _BARE.match(said, at + len(joined))
        own = counted or (None if joined else bare)
        if own is None:
            break
        this = _LEVELS[own[2]] if counted else (_DOOR if level < _DOOR else _FLAT)
        if this < level or (this == level) != bool(joined) or (joined and this > _DOOR):
            break
        level, at = this, own.end()
        number = own[1] + ((counted[3] or "") if counted else "")
        found[level].append(f"{found[level].pop()}-{number}" if joined == "-" else number)
    return _door_found(found), at


def _door_found(found: dict[int, list[str]]) -> dict[int, list[str]]:
    if not found[_DOOR] and found[_FLAT] and "-" in found[_FLAT][0] and found[_LANE]:
        found[_DOOR], found[_FLAT] = map(lambda each: [each], found[_FLAT][0].split("-", 1))  # 88弄6-301室
    if not found[_DOOR]:
        found[_DOOR], found[_BUILDING] = found[_BUILDING], []
    return found


def _numbers(written: list[str]) -> Numbers:
    singles: list[str] = []
    ranges: list[tuple[int, int]] = []
    for each in re.split("[/、,和及与]", "、".join(written)) if written else ():
        pair = _PAIR.fullmatch(each)
        if pair is None:
            singles.append(_letter_last(each))
        elif pair[1].isdigit() and pair[2].isdigit() and 0 < int(pair[2]) - int(pair[1]) <= _WIDEST_RANGE:
            ranges.append((int(pair[1]), int(pair[2])))
        elif pair[1].isdigit() and pair[2].isdigit() and int(pair[2]) > int(pair[1]):
            singles.append(pair[1])  # 6-301: a door and its room
        else:
            singles.append(each)  # 128-2: a door beside 128
    return Numbers(tuple(singles), tuple(ranges))


def _letter_last(number: str) -> str:
    """甲128 is 128甲."""
    return number[1:] + number[0] if number[0] in "甲乙丙丁" else number
