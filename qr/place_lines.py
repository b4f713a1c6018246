"""Which place a line of a list means: the code on its plate, else its name or address, within an area."""

from collections.abc import Callable, Mapping
from enum import StrEnum

import msgspec

from backend import db
from backend.geo import area_sql
from backend.places import sql as places_sql
from backend.places.kinds import PlaceKind
from backend.sql import sql
from qr import queries as qr
from qr.codes import Code
from qr.errors import CodeForeign, CodeMalformed

Parse = Callable[[str], Code]
"""Reads a code or its address as this town prints them: `Payload.parse`."""
_LIKE_IT = 20
_CALLED = f"""
    SELECT w.words, p.id, p.kind,
           place_fold(w.words) IN (place_fold(p.name), place_fold(p.address)) AS is_exact
    FROM unnest(:words::text[]) AS w(words) JOIN LATERAL (
        SELECT id, kind, name, address FROM place
        WHERE {area_sql.within("area_id", ":area_code::text")} AND {places_sql.called("w.words")}
        ORDER BY id LIMIT {_LIKE_IT}
    ) p ON true
"""


class LineReason(StrEnum):
    """Why a line names no place of the area."""

    UNKNOWN_CODE = "unknown-code"
    """No plate has this code, or it hangs nowhere."""
    NOT_HERE = "not-here"
    """The area has no place that is called so."""
    AMBIGUOUS = "ambiguous"
    ELSEWHERE = "elsewhere"
    """The plate hangs outside of the area."""
    TWICE = "twice"


class ResolvedLines(msgspec.Struct, frozen=True):
    """By the number of a line: the place's id, or why there is none."""

    places: dict[int, int]
    refused: dict[int, LineReason]


async def resolve(
    lines: Mapping[int, str], area_code: str, parse: Parse, *, is_each_once: bool = True
) -> ResolvedLines:
    """The places that lines name, each at most once unless told otherwise. Two statements, however many lines."""
    codes = {number: code for number, text in lines.items() if (code := _code_in(text, parse)) is not None}
    found = await _by_codes(codes, area_code)
    words = {number: text for number, text in lines.items() if number not in codes}
    found |= await _by_words(words, area_code)
    places: dict[int, int] = {}
    taken: set[int] = set()
    refused: dict[int, LineReason] = {}
    for number in sorted(lines):
        place = found[number]
        if isinstance(place, LineReason):
            refused[number] = place
        elif is_each_once and place in taken:
            refused[number] = LineReason.TWICE
        else:
            places[number] = place
            taken.add(place)
    return ResolvedLines(places, refused)


def _code_in(text: str, parse: Parse) -> Code | None:
    try:
        return parse(text)
    except (CodeMalformed, CodeForeign):
        return None


async def _by_codes(codes: Mapping[int, Code], area_code: str) -> dict[int, int | LineReason]:
    known = await qr.find_many(sorted(set(codes.values()))) if codes else {}
    found: dict[int, int | LineReason] = {}
    for number, code in codes.items():
        place = known[code].place if code in known else None
        if place is None:
            found[number] = LineReason.UNKNOWN_CODE
        else:
            found[number] = place.id if place.area_code.startswith(area_code) else LineReason.ELSEWHERE
    return found


async def _by_words(words: Mapping[int, str], area_code: str) -> dict[int, int | LineReason]:
    if not words:
        return {}
    distinct = sorted(set(words.values()))
    like: dict[str, list[tuple[int, str, bool]]] = {each: [] for each in distinct}
    for row in await db.fetch(sql(_CALLED, words=distinct, area_code=area_code)):
        like[row["words"]].append((row["id"], row["kind"], row["is_exact"]))
    return {number: _choose(like[text]) for number, text in words.items()}


def _choose(like: list[tuple[int, str, bool]]) -> int | LineReason:
    """The only one that is called so; else the only one that is called exactly so; else the door among those."""
    if not like:
        return LineReason.NOT_HERE
    exact = [each for each in like if each[2]]
    doors = [each for each in exact if each[1] == PlaceKind.DOORPLATE]
    for choice in (like, exact, doors):
        if len(choice) == 1:
            return choice[0][0]
    return LineReason.AMBIGUOUS
