"""Street scenes and things that stand in them, drawn by chance from a seed: no two alike, with grain and light."""

import math
from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

SIDE = (640, 480)


def scene(chance: Random) -> Image.Image:
    """A wall with doors and windows above a pavement with joints; light falls from a side."""
    width, height = SIDE
    horizon = int(height * chance.uniform(0.35, 0.6))
    canvas = Image.new("RGB", SIDE, _tone(chance, 90, 200))
    draw = ImageDraw.Draw(canvas)
    _wall(draw, chance, horizon)
    draw.rectangle((0, horizon, width, height), fill=_tone(chance, 70, 170))
    _ground(draw, chance, horizon)
    for _ in range(chance.randint(2, 6)):
        _fixture(draw, chance, horizon)
    return _textured(canvas, chance)


def thing(chance: Random) -> Image.Image:
    """Something that lies or stands there, RGBA, about 200 px wide: bags, boxes, a bicycle, a sofa, a heap."""
    return chance.choice((_bags, _boxes, _bicycle, _sofa, _heap))(chance)


def _tone(chance: Random, low: int, high: int) -> tuple[int, int, int]:
    grey = chance.randint(low, high)
    return tuple(max(0, min(255, grey + chance.randint(-25, 25))) for _ in range(3))  # type: ignore[return-value]


def _wall(draw: ImageDraw.ImageDraw, chance: Random, horizon: int) -> None:
    if chance.random() < 0.6:
        step_y, step_x, joint = chance.randint(12, 26), chance.randint(28, 60), _tone(chance, 60, 160)
        for row, y in enumerate(range(0, horizon, step_y)):
            draw.line((0, y, SIDE[0], y), fill=joint)
            for x in range(-step_x, SIDE[0], step_x):
                left = x + (row % 2) * step_x // 2
                draw.line((left, y, left, y + step_y), fill=joint)
    for _ in range(chance.randint(2, 6)):
        w, h = chance.randint(40, 130), chance.randint(40, max(45, horizon - 20))
        x, y = chance.randint(0, SIDE[0] - w), chance.randint(0, max(1, horizon - h))
        draw.rectangle((x, y, x + w, y + h), fill=_tone(chance, 20, 230), outline=_tone(chance, 10, 90), width=3)
        if chance.random() < 0.5:
            draw.line((x + w // 2, y, x + w // 2, y + h), fill=_tone(chance, 10, 90), width=2)
        if chance.random() < 0.4:
            for _ in range(chance.randint(2, 7)):
                left, top = chance.randint(x, x + w - 8), chance.randint(y, y + h - 8)
                draw.rectangle(
                    (left, top, left + chance.randint(3, 18), top + chance.randint(3, 12)), fill=_tone(chance, 0, 255)
                )


def _ground(draw: ImageDraw.ImageDraw, chance: Random, horizon: int) -> None:
    joint, vanish = _tone(chance, 50, 150), chance.randint(-200, SIDE[0] + 200)
    y, step = float(horizon), chance.uniform(6, 14)
    while y < SIDE[1]:
        draw.line((0, y, SIDE[0], y + chance.uniform(-1, 1)), fill=joint)
        y, step = y + step, step * chance.uniform(1.15, 1.4)
    for x in range(-800, SIDE[0] + 800, chance.randint(40, 120)):
        draw.line((vanish + (x - vanish) * 0.15, horizon, x, SIDE[1]), fill=joint)
    for _ in range(chance.randint(3, 14)):
        x, y = chance.randint(0, SIDE[0]), chance.randint(horizon, SIDE[1])
        r = chance.randint(3, 26)
        draw.ellipse((x - 2 * r, y - r // 2, x + 2 * r, y + r // 2), fill=_tone(chance, 60, 180))


def _fixture(draw: ImageDraw.ImageDraw, chance: Random, horizon: int) -> None:
    """A post, a sign, a manhole, a kerb: what stays."""
    x = chance.randint(0, SIDE[0])
    match chance.randint(0, 3):
        case 0:
            draw.rectangle(
                (x, horizon - chance.randint(40, 200), x + chance.randint(4, 14), horizon + 30),
                fill=_tone(chance, 20, 120),
            )
        case 1:
            y = chance.randint(10, max(12, horizon - 60))
            draw.rectangle((x, y, x + 60, y + 40), fill=_tone(chance, 0, 255), outline=(250, 250, 250), width=3)
        case 2:
            y = chance.randint(horizon + 10, SIDE[1] - 10)
            draw.ellipse((x, y, x + 70, y + 24), fill=_tone(chance, 40, 110), outline=_tone(chance, 20, 60), width=3)
        case _:
            y = chance.randint(horizon, SIDE[1] - 5)
            draw.line(
                (0, y, SIDE[0], y + chance.randint(-20, 20)), fill=_tone(chance, 120, 230), width=chance.randint(3, 9)
            )


def _textured(canvas: Image.Image, chance: Random) -> Image.Image:
    """Grain of the material, stains, and light that falls from one side."""
    grain = np.random.default_rng(chance.getrandbits(32))
    fine = grain.normal(0, chance.uniform(4, 12), (SIDE[1], SIDE[0], 1))
    coarse = (
        np.asarray(
            Image.fromarray(grain.normal(128, 40, (24, 32)).clip(0, 255).astype(np.uint8)).resize(
                SIDE, Image.Resampling.BICUBIC
            ),
            dtype=np.float32,
        )[..., None]
        - 128
    )
    slope = np.linspace(-1, 1, SIDE[0])[None, :, None] * chance.uniform(-25, 25)
    pixels = np.asarray(canvas, dtype=np.float32) + fine + coarse * chance.uniform(0.1, 0.5) + slope
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.8))


def _blank() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    canvas = Image.new("RGBA", (220, 180), (0, 0, 0, 0))
    return canvas, ImageDraw.Draw(canvas)


def _finished(canvas: Image.Image, chance: Random) -> Image.Image:
    """Shaded and grained within its outline, without the empty edges."""
    grain = np.random.default_rng(chance.getrandbits(32))
    pixels = np.asarray(canvas, dtype=np.float32).copy()
    pixels[..., :3] += grain.normal(0, 9, pixels.shape[:2])[..., None]
    pixels[..., :3] += np.linspace(25, -35, pixels.shape[0])[:, None, None]
    shaded = Image.fromarray(pixels.clip(0, 255).astype(np.uint8), "RGBA")
    box = canvas.getchannel("A").getbbox()
    return shaded.crop(box) if box else shaded


def _bags(chance: Random) -> Image.Image:
    canvas, draw = _blank()
    for _ in range(chance.randint(3, 8)):
        x, y, r = chance.randint(40, 180), chance.randint(70, 140), chance.randint(22, 42)
        tone = chance.choice(((25, 25, 30), (35, 60, 40), (200, 200, 205), (40, 50, 90)))
        draw.ellipse(
            (x - r, y - r, x + r, y + r * 0.9), fill=(*tone, 255), outline=(*[c // 2 for c in tone], 255), width=2
        )
        draw.line((x, y - r, x + chance.randint(-8, 8), y - r - 12), fill=(*tone, 255), width=6)
        for _ in range(4):
            a = chance.uniform(0, 6.28)
            draw.line(
                (x, y, x + r * 0.8 * math.cos(a), y + r * 0.8 * math.sin(a)),
                fill=(*[min(255, c + 50) for c in tone], 255),
                width=2,
            )
    return _finished(canvas, chance)


def _boxes(chance: Random) -> Image.Image:
    canvas, draw = _blank()
    for _ in range(chance.randint(2, 6)):
        w, h = chance.randint(45, 95), chance.randint(35, 75)
        x, y = chance.randint(10, 210 - w), chance.randint(40, 170 - h)
        tone = (chance.randint(140, 200), chance.randint(100, 150), chance.randint(60, 100), 255)
        draw.rectangle((x, y, x + w, y + h), fill=tone, outline=(70, 50, 30, 255), width=2)
        draw.rectangle((x + w * 0.4, y, x + w * 0.55, y + h), fill=(200, 180, 130, 255))
        draw.rectangle((x + 6, y + 8, x + 20, y + 18), fill=(230, 230, 230, 255))
    return _finished(canvas, chance)


def _bicycle(chance: Random) -> Image.Image:
    canvas, draw = _blank()
    tone = (*_tone(chance, 10, 200), 255)
    for x in (45, 165):
        draw.ellipse((x - 42, 80, x + 42, 164), outline=(20, 20, 20, 255), width=7)
        for k in range(8):
            a = k * math.pi / 8
            draw.line(
                (x - 40 * math.cos(a), 122 - 40 * math.sin(a), x + 40 * math.cos(a), 122 + 40 * math.sin(a)),
                fill=(120, 120, 120, 255),
                width=1,
            )
    draw.line((45, 122, 85, 70, 150, 70, 165, 122), fill=tone, width=9)
    draw.line((45, 122, 100, 125, 150, 70), fill=tone, width=9)
    draw.rectangle((85, 95, 140, 130), fill=tone)
    draw.line((150, 70, 155, 40, 135, 38), fill=(30, 30, 30, 255), width=6)
    draw.ellipse((60, 52, 108, 70), fill=(20, 20, 20, 255))
    return _finished(canvas, chance)


def _sofa(chance: Random) -> Image.Image:
    canvas, draw = _blank()
    tone = _tone(chance, 60, 190)
    dark = tuple(c // 2 for c in tone)
    draw.rectangle((20, 40, 200, 110), fill=(*tone, 255), outline=(*dark, 255), width=3)
    draw.rectangle((10, 95, 210, 150), fill=(*tone, 255), outline=(*dark, 255), width=4)
    draw.rectangle((10, 75, 38, 160), fill=(*dark, 255))
    draw.rectangle((182, 75, 210, 160), fill=(*dark, 255))
    for x in (70, 130):
        draw.line((x, 45, x, 148), fill=(*dark, 255), width=3)
    return _finished(canvas, chance)


def _heap(chance: Random) -> Image.Image:
    canvas, draw = _blank()
    for _ in range(chance.randint(60, 140)):
        x = chance.gauss(110, 40)
        y = 160 - abs(chance.gauss(0, 1)) * 45 * max(0.1, 1 - abs(x - 110) / 110)
        r = chance.uniform(4, 14)
        draw.polygon(
            [(x + r * math.cos(a), y + r * math.sin(a)) for a in (0, 1.3, 2.4, 3.9, 5)],
            fill=(*_tone(chance, 30, 220), 255),
        )
    return _finished(canvas, chance)
