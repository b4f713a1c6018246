"""The perceptual hash: alike pictures have hashes that differ in few of 64 bits.

The usual pHash: 32 x 32 grey, cosine transform, the 8 x 8 lowest frequencies against their median. A picture has one
for the whole, one without uniform bars at its edges, and one for each part that somebody may have cut out.
"""

import numpy as np
from PIL import Image

_SIDE = 32
_KEEP = 8
_STEPS = np.arange(_SIDE)
_COSINES = np.cos(np.pi / _SIDE * (_STEPS[None, :] + 0.5) * _STEPS[:_KEEP, None])
_GREY_SIDE_PX = 160

Cut = tuple[float, float, float, float]
"""How much is cut away on the left, at the top, on the right and at the bottom, in fractions."""


def _each_side(share: float) -> Cut:
    return (share, share, share, share)


def _one_side(side: int, share: float) -> Cut:
    cuts = [0.0, 0.0, 0.0, 0.0]
    cuts[side] = share
    return (cuts[0], cuts[1], cuts[2], cuts[3])


CUTS: tuple[Cut, ...] = (
    *(_each_side(share) for share in (0.05, 0.10, 0.125, 0.15, 0.175, 0.20, 0.225, 0.25)),
    *(_one_side(side, share) for share in (0.10, 0.15, 0.20) for side in range(4)),
)
"""The parts, in the order of their hashes behind the two of the whole; `media.likeness` knows the order too."""
_LARGEST = 2
"""These and the whole may prove a copy, so they are made of all that the picture has; the others of a smaller one."""
_BAR_TOLERANCE = 4
_BAR_SHARE = 0.8
"""So much of a line has a bar's colour: the clock and the buttons of a phone stand in bars."""
_BAR_MIN, _CONTENT_MIN = 0.06, 0.2


def hashes_of(picture: Image.Image) -> list[int]:
    """The whole, the whole without bars, and its parts, each as a signed 64-bit integer (PostgreSQL's bigint)."""
    grey = picture.convert("L")
    content, small = content_box(grey), _small(grey)
    whole = _hash(grey)
    trimmed = whole if content == (0, 0, *grey.size) else _hash(grey.crop(content))
    largest = [_hash(grey, cut) for cut in CUTS[:_LARGEST]]
    return [whole, trimmed, *largest, *(_hash(small, cut) for cut in CUTS[_LARGEST:])]


def content_box(grey: Image.Image) -> tuple[int, int, int, int]:
    """The picture without uniform bars at its edges, as a screenshot has them: left, top, right, bottom in pixels."""
    tones = np.asarray(grey, dtype=np.int16)
    top, bottom = _content(tones)
    left, right = _content(tones[top:bottom].T)
    return left, top, right, bottom


def _content(lines: np.ndarray) -> tuple[int, int]:
    """The longest run of lines that are no bar; all of them when too little would go, or too little stay."""
    is_bar = np.zeros(len(lines), dtype=bool)
    for edge in (lines[0], lines[-1]):
        is_bar |= (np.abs(lines - np.median(edge)) <= _BAR_TOLERANCE).mean(axis=1) >= _BAR_SHARE
    edges = np.flatnonzero(np.diff(np.concatenate(([True], is_bar, [True])).astype(np.int8)))
    runs = edges.reshape(-1, 2)
    if not len(runs):
        return 0, len(lines)
    first, last = max(runs.tolist(), key=lambda run: run[1] - run[0])
    is_likely = _CONTENT_MIN <= (last - first) / len(lines) <= 1 - _BAR_MIN
    return (first, last) if is_likely else (0, len(lines))


def _small(grey: Image.Image) -> Image.Image:
    small = grey.copy()
    small.thumbnail((_GREY_SIDE_PX, _GREY_SIDE_PX), Image.Resampling.LANCZOS)
    return small


def _hash(grey: Image.Image, cut: Cut = (0, 0, 0, 0)) -> int:
    width, height = grey.size
    box = (width * cut[0], height * cut[1], width * (1 - cut[2]), height * (1 - cut[3]))
    tones = np.asarray(grey.resize((_SIDE, _SIDE), Image.Resampling.LANCZOS, box=box), dtype=np.float64)
    low = _COSINES @ tones @ _COSINES.T
    bits = (low > np.median(low)).flatten()
    return int.from_bytes(np.packbits(bits).tobytes(), "big", signed=True)
