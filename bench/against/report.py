"""Figures of both builds side by side: medians, ratios round by round with their spread, a table and JSON. Pure."""

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any, NamedTuple

_WORK = "_each"
"""How figures end that say how many rows of something were written for each request."""
_TOLERANCE = 0.05


class Sample(NamedTuple):
    """One figure of one build in one round."""

    part: str
    round: int
    build: str
    what: str
    figure: str
    value: float


class Spread(NamedTuple):
    middle: float
    least: float
    most: float


class Line(NamedTuple):
    """One figure of both builds over all rounds; `ratio` is now ÷ then, None where then is zero or missing."""

    part: str
    what: str
    figure: str
    then: Spread | None
    now: Spread | None
    ratio: Spread | None


def lines(samples: Sequence[Sample], then: str, now: str) -> list[Line]:
    """In the order in which the figures first came."""
    keys = dict.fromkeys((each.part, each.what, each.figure) for each in samples)
    found = []
    for key in keys:
        of_then, of_now = (_by_round(samples, key, build) for build in (then, now))
        ratios = [of_now[number] / of_then[number] for number in of_now if of_then.get(number)]
        found.append(Line(*key, spread(of_then.values()), spread(of_now.values()), spread(ratios)))
    return found


def _by_round(samples: Sequence[Sample], key: tuple[str, str, str], build: str) -> dict[int, float]:
    return {each.round: each.value for each in samples if (*each[:1], *each[3:5]) == key and each.build == build}


def spread(values: Any) -> Spread | None:
    """The median, the least and the most of some; None of none."""
    known = list(values)
    return Spread(median(known), min(known), max(known)) if known else None


def table(found: Sequence[Line], then: str, now: str) -> str:
    """Markdown: medians of both, and the median of the rounds' ratios with the least and the most."""
    rows = [f"| what | figure | {then} | {now} | now ÷ then | rounds |", "|---|---|---:|---:|---:|---|"]
    for each in found:
        ratio = f"{each.ratio.middle:.2f}" if each.ratio else "–"
        rounds = f"{each.ratio.least:.2f} to {each.ratio.most:.2f}" if each.ratio else ""
        rows.append(f"| {each.what} | {each.figure} | {_told(each.then)} | {_told(each.now)} | {ratio} | {rounds} |")
    return "\n".join(rows)


def unequal(found: Sequence[Line]) -> list[str]:
    """Sentences about the rows that one build wrote and the other did not: what they did is not the same then."""
    return [
        f"{each.what}: {each.figure} differs, {_told(each.then)} then and {_told(each.now)} now: not the same work"
        for each in found
        if each.figure.endswith(_WORK) and each.ratio and not _is_equal(each.ratio)
    ]


def _is_equal(ratio: Spread) -> bool:
    return ratio.least >= 1 - _TOLERANCE and ratio.most <= 1 + _TOLERANCE


def _told(value: Spread | None) -> str:
    if value is None:
        return "–"
    middle = value.middle
    return f"{middle:,.0f}" if abs(middle) >= 100 else f"{middle:.1f}" if abs(middle) >= 10 else f"{middle:.2f}"


def as_json(samples: Sequence[Sample], found: Sequence[Line], about: Mapping[str, Any]) -> dict[str, Any]:
    """All that was measured, with what is needed to read it later."""
    return {
        **about,
        "lines": [
            {
                **each._asdict(),
                **{name: value and value._asdict() for name, value in zip(_SPREADS, each[3:], strict=True)},
            }
            for each in found
        ],
        "samples": [each._asdict() for each in samples],
    }


_SPREADS = ("then", "now", "ratio")


def wanted(text: str, known: Sequence[str]) -> list[str]:
    """The parts that ONLY names, separated by commas; all where it is empty. Raises ValueError for an unknown one."""
    names = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ValueError(f"ONLY={text}: there is no {', '.join(unknown)}; there are {', '.join(known)}")
    return [name for name in known if name in names] if names else list(known)


def turns(builds: Sequence[Any], number: int) -> list[Any]:
    """The builds in the order of this round: who went first goes last in the next."""
    return list(builds) if number % 2 else list(reversed(builds))
