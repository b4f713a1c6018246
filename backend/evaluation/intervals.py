"""How sure a share is. Pure.

Wilson's score interval at 95 % (E. B. Wilson, 1927, JASA 22:209): it stays within 0 and 1 and says something at 0 of n,
where the usual one says nothing. A rate of counts has Garwood's exact interval (F. Garwood, 1936), by Wilson and
Hilferty's approximation, whose error is under 0.1 from two counts on.
"""

from math import sqrt

import msgspec

Z95 = 1.959963984540054


class ShareInterval(msgspec.Struct, frozen=True):
    """Between which the true value lies 19 times out of 20."""

    low: float
    high: float


def of_share(cases: int, n: int, z: float = Z95) -> ShareInterval:
    """Of `cases` in `n`. Raises ValueError without any, or where there are more cases than n."""
    if n <= 0 or not 0 <= cases <= n:
        raise ValueError(f"{cases} of {n} is no share")
    share, square = cases / n, z * z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = z * sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    low = 0.0 if cases == 0 else middle - half
    return ShareInterval(low, 1.0 if cases == n else middle + half)


def of_count(count: int, z: float = Z95) -> ShareInterval:
    """Of how many there would be on average, where `count` came. Raises ValueError below nought."""
    if count < 0:
        raise ValueError(f"{count} is no count")
    return ShareInterval(0.0 if count == 0 else _hilferty(count, -z), _hilferty(count + 1, z))


def is_more_than_chance(count: int, expected: float) -> bool:
    """Whether `count` is above what an average of `expected` would bring, 39 times out of 40."""
    return of_count(count).low > expected


def _hilferty(events: int, z: float) -> float:
    return events * (1 - 1 / (9 * events) + z / (3 * sqrt(events))) ** 3
