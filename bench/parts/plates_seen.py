"""A plate as a phone's camera sees it: rendered from our own print file, then turned, tilted, blurred, soiled, dimmed.

The camera is an ordinary one: 1,600 pixels across 65 degrees, so a metre away a millimetre is about one and a quarter
pixels. Everything random comes from a seeded generator.
"""

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import cv2
import numpy as np
import pypdfium2
from numpy.random import Generator

from qr import codes
from qr.printing import pdf
from qr.printing.fonts import find_font
from qr.printing.layout import Label, Plate, single
from qr.symbols import stencil

Picture = Any
"""A grey picture as a numpy array."""
Spoil = Callable[[Picture, Generator], Picture]

CAMERA_PIXELS, CAMERA_DEGREES = 1600, 65.0
_FINE_PIXELS_PER_MM = 8.0
_WALL = 150


def pixels_per_mm(distance_m: float) -> float:
    return CAMERA_PIXELS / (2 * distance_m * 1000 * math.tan(math.radians(CAMERA_DEGREES / 2)))


def render_plates(symbol_mm: float, urls: Sequence[str]) -> list[Picture]:
    """The single-plate pages of the print shop's file, eight pixels a millimetre."""
    cut = stencil(urls[0][:-12])
    grid = single(Plate(symbol_mm, cut.size))
    labels = [Label(codes.parse(url[-12:]), url, "莲安东路100号", "12345") for url in urls]
    scale = _FINE_PIXELS_PER_MM * 25.4 / 72
    with TemporaryDirectory() as folder:
        file = Path(folder, "plates.pdf")
        pdf.write(file, labels, grid, cut, find_font())
        pages: Any = pypdfium2.PdfDocument(file)
        return [pages[number].render(scale=scale, grayscale=True).to_numpy().copy() for number in range(len(urls))]


def photograph(
    plate: Picture, distance_m: float, chance: Generator, *, turn_degrees: float = 0, tilt_degrees: float = 0
) -> Picture:
    """The plate on a grey wall, seen from so far, turned in its plane and tilted about a random axis."""
    height, width = plate.shape
    scale = pixels_per_mm(distance_m) / _FINE_PIXELS_PER_MM
    side = int(math.hypot(width, height) * scale * 1.15) + 24
    about = chance.uniform(0, 2 * math.pi)
    tilt, turn = math.radians(tilt_degrees), math.radians(turn_degrees)
    distance_px = distance_m * 1000 * pixels_per_mm(distance_m)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    seen = []
    for x, y in (corners - (width / 2, height / 2)) * scale:
        along = x * math.cos(about) + y * math.sin(about)
        depth, across = along * math.sin(tilt), along * (math.cos(tilt) - 1)
        x, y = x + across * math.cos(about), y + across * math.sin(about)
        nearness = distance_px / (distance_px + depth)
        x, y = x * nearness, y * nearness
        seen.append(
            (x * math.cos(turn) - y * math.sin(turn) + side / 2, x * math.sin(turn) + y * math.cos(turn) + side / 2)
        )
    warp = cv2.getPerspectiveTransform(corners, np.array(seen, np.float32))
    softened = cv2.GaussianBlur(plate, (0, 0), max(0.3 / scale, 0.1))
    return cv2.warpPerspective(
        softened, warp, (side, side), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_CONSTANT, borderValue=_WALL
    )


def blurred(sigma_px: float) -> Spoil:
    """Out of focus."""
    return lambda picture, _: cv2.GaussianBlur(picture, (0, 0), sigma_px)


def shaken(length_px: int) -> Spoil:
    """Moved while exposing, in a random direction."""

    def spoil(picture: Picture, chance: Generator) -> Picture:
        line = np.zeros((length_px, length_px), np.float32)
        line[length_px // 2] = 1
        turn = cv2.getRotationMatrix2D(((length_px - 1) / 2, (length_px - 1) / 2), chance.uniform(0, 180), 1)
        line = cv2.warpAffine(line, turn, (length_px, length_px))
        return cv2.filter2D(picture, -1, line / line.sum())

    return spoil


_CORNER = 0.28
"""A corner pattern and its rim, as a share of the symbol's side."""
SPATTER, BLOTS = (0.004, 0.018), (0.02, 0.07)
"""Half axes as a share of the symbol's side: specks of up to a module, and blots of up to five."""


def soiled(
    plate: Picture,
    share: float,
    sizes: tuple[float, float],
    symbol_mm: float,
    chance: Generator,
    spares_corners: bool = False,
) -> Picture:
    """Mud, paint and torn foil on the symbol, over so large a share of it; half dark, half light.

    `spares_corners` leaves the three corner patterns clean, by which decoders find a symbol at all.
    """
    dirty = plate.copy()
    side = int(symbol_mm * _FINE_PIXELS_PER_MM)
    corner = (plate.shape[1] - side) // 2
    covered = np.zeros((side, side), np.uint8)
    while covered.mean() < share:
        centre = tuple(int(value) for value in chance.integers(0, side, 2))
        if spares_corners and _is_corner(centre, side):
            continue
        axes = tuple(max(1, int(value)) for value in chance.uniform(*sizes, 2) * side)
        turn, shade = chance.uniform(0, 180), int(chance.choice([45, 215]))
        cv2.ellipse(covered, centre, axes, turn, 0, 360, 1, -1)
        cv2.ellipse(dirty, (centre[0] + corner, centre[1] + corner), axes, turn, 0, 360, shade, -1)
    return dirty


def _is_corner(centre: tuple[int, ...], side: int) -> bool:
    x, y = (min(value, side - value) / side for value in centre)
    is_lower_right = min(centre) > side / 2
    return max(x, y) < _CORNER and not is_lower_right


def patched(plate: Picture, share: float, symbol_mm: float) -> Picture:
    """Something stuck on the middle, over so large a share of the symbol."""
    dirty = plate.copy()
    half = int(symbol_mm * _FINE_PIXELS_PER_MM * math.sqrt(share) / 2)
    middle = plate.shape[1] // 2
    dirty[middle - half : middle + half, middle - half : middle + half] = 235
    return dirty


def dimmed(light: float) -> Spoil:
    """Too little light, from one side, with the noise that a sensor then makes."""

    def spoil(picture: Picture, chance: Generator) -> Picture:
        ramp = np.linspace(light * 0.5, light, picture.shape[1])[None, :]
        noise = chance.normal(0, 6, picture.shape)
        return np.clip(picture * ramp + noise, 0, 255).astype(np.uint8)

    return spoil


def squeezed(quality: int) -> Spoil:
    """Through JPEG."""

    def spoil(picture: Picture, _: Generator) -> Picture:
        packed = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        return cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE)

    return spoil
