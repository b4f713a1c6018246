"""What somebody with the same matters would have reached on average: hard matters are nobody's fault. Pure.

Indirect standardisation: of each kind of matter the whole area's share, weighted by how many of it this subject had.
The adjusted share is the area's share times observed over expected, at most 1.
"""

from collections.abc import Mapping

import msgspec

from backend.evaluation.ranking import Share

OWN_OF_ALL_MOST = 0.9
"""Whoever has nearly all of the area's cases is compared with nobody but itself."""


class Adjusted(msgspec.Struct, frozen=True):
    """`expected`: the share that the area has in the same matters. None where the area has no other cases."""

    observed: float
    expected: float | None
    adjusted: float | None


def adjust(own: Mapping[str, Share], area: Mapping[str, Share]) -> Adjusted:
    """By kind of matter; kinds that the area does not know count as the subject itself had them."""
    total = _sum(own)
    if total.n == 0:
        raise ValueError("nothing to adjust")
    whole = _sum(area)
    expected = sum(share.n * _rate(area.get(kind, share), share) for kind, share in own.items()) / total.n
    observed = total.cases / total.n
    if whole.n == 0 or total.n > whole.n * OWN_OF_ALL_MOST or expected == 0:
        return Adjusted(observed, None, None)
    return Adjusted(observed, expected, min(1.0, whole.cases / whole.n * observed / expected))


def _rate(area: Share, own: Share) -> float:
    return area.cases / area.n if area.n else own.cases / own.n if own.n else 0.0


def _sum(shares: Mapping[str, Share]) -> Share:
    return Share(sum(each.cases for each in shares.values()), sum(each.n for each in shares.values()))
