"""Drawn street scenes to be used as photos: badly parked bicycles, and the place put right. No photo of anybody."""

import io
import random
from math import cos, sin

from PIL import Image, ImageDraw

_WIDE, _HIGH = 1600, 1200
_GROUND = 760
_FRAMES = ("#c8502d", "#2b6ca3", "#e0a526", "#3b8a5a", "#6b5b95", "#444b54")


def street(*, tidy: bool) -> bytes:
    """A JPEG of a house front with six bicycles: across the door, or in their rack."""
    image = Image.new("RGB", (_WIDE, _HIGH), "#cfd8dd")
    draw = ImageDraw.Draw(image)
    _front(draw)
    chance = random.Random(7)  # noqa: S311
    for number, frame in enumerate(_FRAMES):
        if tidy:
            _bicycle(draw, 90 + number * 96, 900, 0.0, frame, 0.5)
        else:
            x, y = 330 + number * 165 + chance.randint(-60, 60), 900 + chance.randint(-40, 170)
            _bicycle(draw, x, y, chance.uniform(-0.5, 0.6), frame, 0.95)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


def _front(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 0, _WIDE, _GROUND), fill="#b9a48d")
    for row in range(0, _GROUND, 38):
        draw.line((0, row, _WIDE, row), fill="#aa947d", width=3)
    draw.rectangle((620, 190, 1010, _GROUND), fill="#4b3a30")
    draw.rectangle((650, 220, 805, _GROUND), fill="#6d5543")
    draw.rectangle((825, 220, 980, _GROUND), fill="#6d5543")
    draw.rectangle((120, 230, 470, 560), fill="#7f98a6", outline="#f1ece4", width=18)
    draw.rectangle((1160, 230, 1510, 560), fill="#7f98a6", outline="#f1ece4", width=18)
    draw.rounded_rectangle((1040, 330, 1130, 390), 8, fill="#14509a", outline="#ffffff", width=5)
    draw.rectangle((0, _GROUND, _WIDE, _HIGH), fill="#9aa0a3")
    for column in range(-600, _WIDE + 600, 200):
        draw.line((_WIDE // 2 + (column - _WIDE // 2) // 2, _GROUND, column, _HIGH), fill="#8b9194", width=4)


def _bicycle(draw: ImageDraw.ImageDraw, x: float, y: float, turn: float, frame: str, size: float) -> None:
    def at(along: float, up: float) -> tuple[float, float]:
        along, up = along * size, -up * size
        return x + along * cos(turn) - up * sin(turn), y + along * sin(turn) + up * cos(turn)

    for along in (-105, 105):
        cx, cy = at(along, 75)
        radius = 72 * size
        draw.ellipse((cx - radius, cy - radius, cx + radius, cy + radius), outline="#22272b", width=10)
    tube = [(-105, 75), (-30, 75), (70, 165), (-55, 170), (-30, 75)]
    draw.line([at(*corner) for corner in tube], fill=frame, width=14, joint="curve")
    draw.line([at(-105, 75), at(-55, 170)], fill=frame, width=12)
    draw.line([at(105, 75), at(65, 195), at(100, 205)], fill=frame, width=12, joint="curve")
    draw.line([at(-90, 192), at(-25, 192)], fill="#22272b", width=18)
