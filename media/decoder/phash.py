"""The perceptual hash: alike pictures have hashes that differ in few of 64 bits.

The usual pHash: 32 x 32 grey, cosine transform, the 8 x 8 lowest frequencies against their median.
"""

import numpy as np
from PIL import Image

_SIDE = 32
_KEEP = 8
_STEPS = np.arange(_SIDE)
_COSINES = np.cos(np.pi / _SIDE * (_STEPS[None, :] + 0.5) * _STEPS[:_KEEP, None])


def perceptual_hash(picture: Image.Image) -> int:
    """Hash a picture to a signed 64-bit integer, as PostgreSQL's bigint holds it."""
    grey = np.asarray(picture.convert("L").resize((_SIDE, _SIDE), Image.Resampling.LANCZOS), dtype=np.float64)
    low = _COSINES @ grey @ _COSINES.T
    bits = (low > np.median(low)).flatten()
    return int.from_bytes(np.packbits(bits).tobytes(), "big", signed=True)
