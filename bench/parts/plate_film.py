"""What a phone's camera sees of a plate, as a film that chromium takes for its camera: Motion JPEG, 30 a second.

The plate is a page of our own print file. It wanders, turns and tilts as a hand does, comes in and out of focus, is
shaken now and then, lit from one side, and under a sensor's noise. Everything random comes from a seeded generator.
"""

import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from numpy.random import Generator

from bench.parts import plates_seen as seen
from bench.parts.plates_seen import Picture

PICTURES_A_SECOND = 30
_AXIS = 7
_QUALITY = 85


class Hand(NamedTuple):
    """How a plate is held before the camera. Degrees, pixels, share of full light; periods are of seconds."""

    turn_degrees: float = 12
    tilt_degrees: float = 18
    wander_px: float = 40
    blur_px: float = 1.2
    shake_px: int = 5
    light: float = 0.6


STREET = Hand()
STEADY = Hand(turn_degrees=5, tilt_degrees=5, wander_px=12, blur_px=0.4, shake_px=0, light=0.9)


def write(file: Path, pictures: Iterable[Picture]) -> Path:
    """The film at `file`, which must end in .mjpeg."""
    with file.open("wb") as film:
        for picture in pictures:
            film.write(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1].tobytes())
    return file


def film(
    plate: Picture,
    symbol_mm: float,
    share: float,
    *,
    seconds: float,
    size: tuple[int, int],
    chance: Generator,
    hand: Hand = STREET,
) -> Iterator[Picture]:
    """Pictures of `size` (width, height) of a plate whose symbol takes this share of their width."""
    width, height = size
    wall = _wall(size, chance)
    away_m = distance_m(symbol_mm, share * width)
    for number in range(round(seconds * PICTURES_A_SECOND)):
        at = number / PICTURES_A_SECOND
        picture = wall.copy()
        _place(picture, _held(plate, away_m, at, hand), _wandered(at, hand, width, height))
        yield _spoilt(picture, at, hand, chance)


def distance_m(symbol_mm: float, symbol_px: float) -> float:
    """From where an ordinary camera sees the symbol so large."""
    return seen.pixels_per_mm(1.0) * symbol_mm / symbol_px


def _wall(size: tuple[int, int], chance: Generator) -> Picture:
    rough = chance.integers(90, 190, (size[1] // 24, size[0] // 24), dtype=np.uint8)
    return cv2.resize(rough, size, interpolation=cv2.INTER_CUBIC)


def _held(plate: Picture, distance_m: float, at: float, hand: Hand) -> Picture:
    """Tilted about the same axis in every picture."""
    chance = np.random.default_rng(_AXIS)
    turn = hand.turn_degrees * math.sin(2 * math.pi * at / 2.3)
    tilt = hand.tilt_degrees * math.sin(2 * math.pi * at / 3.1)
    return seen.photograph(plate, distance_m, chance, turn_degrees=turn, tilt_degrees=tilt)


def _wandered(at: float, hand: Hand, width: int, height: int) -> tuple[int, int]:
    """The middle of the plate."""
    x = width / 2 + hand.wander_px * math.sin(2 * math.pi * at / 1.7)
    y = height / 2 + hand.wander_px * math.sin(2 * math.pi * at / 2.9)
    return round(x), round(y)


def _place(picture: Picture, plate: Picture, middle: tuple[int, int]) -> None:
    """Lay the plate on the picture; what hangs over its edge is cut off."""
    height, width = plate.shape
    left, top = middle[0] - width // 2, middle[1] - height // 2
    x, y = max(left, 0), max(top, 0)
    right, bottom = min(left + width, picture.shape[1]), min(top + height, picture.shape[0])
    picture[y:bottom, x:right] = plate[y - top : bottom - top, x - left : right - left]


def _spoilt(picture: Picture, at: float, hand: Hand, chance: Generator) -> Picture:
    blur = hand.blur_px * (1 + math.sin(2 * math.pi * at / 1.3)) / 2
    spoils = [seen.blurred(max(blur, 0.1)), seen.dimmed(hand.light)]
    if hand.shake_px and at % 1 < 0.3:
        spoils.insert(0, seen.shaken(hand.shake_px))
    for spoil in spoils:
        picture = spoil(picture, chance)
    return picture
