"""When two photos are alike, by their hashes: the one rule, for the search among all photos and for the proof of one.

A photo's hashes are those of the whole, of the whole without bars, and of its parts (`media.decoder.phash`). One photo
may be a part of the other, or both may show the same part: so a whole is held against everything, a part against the
same part and the wholes. Hashes have as many ones as zeros, so distances are even. Pure.
"""

from collections.abc import Sequence

ALIKE_MAX_BITS = 8
"""For the wholes, and for the parts without 5 % and 10 % at each side."""
PART_MAX_BITS = 6
"""For the smaller parts: there are many, and each could be like something by chance."""
PART_MIN_BITS = 4
"""A part, or what stands between bars, never counts as nearer: honest pictures of one spot share parts."""
_WHOLES, _LARGE = 2, 4
_FULL = (0, 2, 3)
"""The whole, and without 5 % and 10 % at each side."""
_BANDS, _BAND_BITS = 4, 16
_BAND_MASK = (1 << _BAND_BITS) - 1


def distance_sql(one: str, other: str) -> str:
    """SQL for how many of 64 bits differ between two rows of `photo` (aliases); null when they are not alike at all."""
    full = ", ".join(str(part + 1) for part in _FULL)
    return f"""(
        SELECT min(CASE WHEN m IN ({full}) AND t IN ({full}) AND 1 IN (m, t) THEN pair.distance
                        ELSE greatest(pair.distance, {PART_MIN_BITS}) END)
          FROM (SELECT bit_count((mine.hash # theirs.hash)::bit(64)) AS distance, mine.n AS m, theirs.n AS t
                  FROM unnest({_hashes_sql(one)}) WITH ORDINALITY AS mine(hash, n)
                  JOIN unnest({_hashes_sql(other)}) WITH ORDINALITY AS theirs(hash, n)
                    ON mine.n <= {_WHOLES} OR theirs.n <= {_WHOLES} OR mine.n = theirs.n) AS pair
         WHERE pair.distance <= CASE WHEN m <= {_LARGE} AND t <= {_LARGE} THEN {ALIKE_MAX_BITS} ELSE {PART_MAX_BITS} END
    )"""


def may_be_alike_sql(one: str, other: str) -> str:
    """SQL for whether two rows of `photo` with hashes of parts may be alike, at a tenth of the cost of `distance_sql`.

    True for all that are: every pair of hashes that the rule holds against each other, by the widest limit.
    """

    def is_near(hash_sql: str) -> str:
        return f"bit_count((theirs.hash # {hash_sql})::bit(64)) <= {ALIKE_MAX_BITS}"

    return f"""EXISTS (
        SELECT FROM unnest({other}.hashes) WITH ORDINALITY AS theirs(hash, n)
         WHERE {is_near(f"{one}.hashes[1]")} OR {is_near(f"{one}.hashes[2]")} OR {is_near(f"{one}.hashes[n]")}
            OR n <= {_WHOLES} AND EXISTS (SELECT FROM unnest({one}.hashes) AS mine(hash) WHERE {is_near("mine.hash")})
    )"""


def distance(mine: Sequence[int], theirs: Sequence[int]) -> int | None:
    """The same for hashes in hand."""
    found = None
    for m, one in enumerate(mine):
        for t, other in enumerate(theirs):
            bits = ((one ^ other) & (2**64 - 1)).bit_count()
            if bits > _limit(m, t):
                continue
            is_full = m in _FULL and t in _FULL and 0 in (m, t)
            counted = bits if is_full else max(bits, PART_MIN_BITS)
            found = counted if found is None else min(found, counted)
    return found


def _limit(m: int, t: int) -> int:
    if not (m < _WHOLES or t < _WHOLES or m == t):
        return -1
    return ALIKE_MAX_BITS if m < _LARGE and t < _LARGE else PART_MAX_BITS


def keys_of(hashes: Sequence[int]) -> list[int]:
    """What a photo is found by: each hash in four bands, marked with its part."""
    return sorted({_key(part, band, value) for part, found in enumerate(hashes) for band, value in _bands(found)})


def probes_of(hashes: Sequence[int]) -> list[int]:
    """The keys of all photos that may be alike: of six differing bits one band has at most one, and of eight mostly."""
    probes: set[int] = set()
    for part, found in enumerate(hashes):
        against = range(len(hashes)) if part < _WHOLES else (0, part)
        for band, value in _bands(found):
            near = [value, *(value ^ (1 << bit) for bit in range(_BAND_BITS))]
            probes.update(_key(other, band, each) for other in against for each in near)
    return sorted(probes)


def _hashes_sql(row: str) -> str:
    """A photo from before there were parts has the hashes of the wholes and of two parts only."""
    return (
        f"CASE WHEN {row}.hashes = '{{}}' THEN ARRAY[{row}.phash, {row}.phash, {row}.phash_inner, {row}.phash_core]"
        f" ELSE {row}.hashes END"
    )


def _bands(found: int) -> list[tuple[int, int]]:
    return [(band, (found >> (band * _BAND_BITS)) & _BAND_MASK) for band in range(_BANDS)]


def _key(part: int, band: int, value: int) -> int:
    """Both wholes are looked up as one part."""
    return ((max(part - 1, 0) * _BANDS + band) << _BAND_BITS) | value
