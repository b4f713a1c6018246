"""How near an after photo comes to the before photo: copies of it, and honest pictures of the same spot, put in order.

On the real pictures of the collection (set YIMA_DATA where it lies elsewhere). For an honest pair a part of the picture
is cleared away and the camera is moved by so much of its width, as a hand does; the table says how often a pair differs
in at most so many of 64 bits.
"""

import random
from collections.abc import Callable
from functools import partial

from PIL import Image, ImageEnhance, ImageFilter

from backend.orders.verifying.proof import SAME_MAX_BITS
from bench import photo_alike
from bench.photo_alike import EDITS, distance, hashes
from media.likeness import ALIKE_MAX_BITS

COPIES = ("recompressed, quality 40", "half the size", "blurred, sigma 3 px", "25 % brighter", "30 % more contrast")
SHOWN_BITS = (0, SAME_MAX_BITS, 4, ALIKE_MAX_BITS)
_SIDE_MIN_PX = 400
_ROUNDS = 3
_MARGIN = 0.03
_CHANCE = random.Random(5)


def main() -> None:
    pictures = [picture for picture in photo_alike.pictures() if min(picture.size) >= _SIDE_MIN_PX]
    print(f"{len(pictures)} pictures\n\n| after photo | " + " | ".join(f"{bits} bits" for bits in SHOWN_BITS) + " |")
    print("|---|" + "---|" * len(SHOWN_BITS))
    for name in COPIES:
        _tell(f"the before photo {name}", pictures, EDITS[name])
    for cleared in (0.03, 0.1, 0.3):
        for moved in (0.0, 0.02, 0.05):
            words = f"{cleared:.0%} cleared, camera moved by {moved:.0%}"
            _tell(words, pictures * _ROUNDS, partial(_put_in_order, cleared=cleared, moved=moved))


def _tell(words: str, pictures: list[Image.Image], change: Callable[[Image.Image], Image.Image]) -> None:
    found = [distance(hashes(picture), hashes(change(picture))) for picture in pictures]
    shares = [sum(each is not None and each <= bits for each in found) / len(found) for bits in SHOWN_BITS]
    print(f"| {words} | " + " | ".join(f"{share:.0%}" for share in shares) + " |")


def _put_in_order(picture: Image.Image, *, cleared: float, moved: float) -> Image.Image:
    return _moved(_cleared(picture, cleared), moved)


def _cleared(picture: Image.Image, share: float) -> Image.Image:
    """So much of the lower part is smooth: what lay there is gone."""
    width, height = picture.size
    side = share**0.5
    x = _CHANCE.randrange(int(width * (1 - side)) + 1)
    y = _CHANCE.randrange(int(height * (1 - side) / 2), int(height * (1 - side)) + 1)
    box = (x, y, x + int(width * side), y + int(height * side))
    cleared = picture.copy()
    cleared.paste(picture.crop(box).filter(ImageFilter.GaussianBlur(40)), box[:2])
    return cleared


def _moved(picture: Image.Image, by: float) -> Image.Image:
    """Another hand: turned, moved sideways and a little up or down, in another light."""
    if not by:
        return picture
    width, height = picture.size
    turned = picture.rotate(_CHANCE.uniform(-1, 1) * by * 50, Image.Resampling.BICUBIC)
    edge = int(min(width, height) * (by * 1.5 + _MARGIN))
    x, y = int(_CHANCE.choice((-1, 1)) * width * by), int(_CHANCE.uniform(-1, 1) * height * by)
    seen = turned.crop((edge + x, edge + y, width - edge + x, height - edge + y))
    return ImageEnhance.Brightness(seen).enhance(_CHANCE.uniform(0.85, 1.15))


if __name__ == "__main__":
    main()
