"""The perceptual hash: alike pictures have hashes that differ in few of 64 bits.

The usual pHash: 32 x 32 grey, cosine transform, the 8 x 8 lowest frequencies against their median.
"""

import numpy as np
from PIL import Image

from media.decoder.messages import Hashes

_SIDE = 32
_KEEP = 8
_STEPS = np.arange(_SIDE)
_COSINES = np.cos(np.pi / _SIDE * (_STEPS[None, :] + 0.5) * _STEPS[:_KEEP, None])


def hashes_of(picture: Image.Image) -> Hashes:
    """The hashes by which a picture, and what is cut out of it, is found again."""
    return Hashes(
        whole=perceptual_hash(picture),
        inner=perceptual_hash(_without_edge(picture, 0.05)),
        core=perceptual_hash(_without_edge(picture, 0.10)),
    )


def perceptual_hash(picture: Image.Image) -> int:
    """Hash a picture to a signed 64-bit integer, as PostgreSQL's bigint holds it."""
    grey = np.asarray(picture.convert("L").resize((_SIDE, _SIDE), Image.Resampling.LANCZOS), dtype=np.float64)
    low = _COSINES @ grey @ _COSINES.T
    bits = (low > np.median(low)).flatten()
    return int.from_bytes(np.packbits(bits).tobytes(), "big", signed=True)


def _without_edge(picture: Image.Image, share: float) -> Image.Image:
    width, height = picture.size
    left, top = int(width * share), int(height * share)
    return picture.crop((left, top, max(left + 1, width - left), max(top + 1, height - top)))
