"""Labelled pairs of a before and an after photo, made by one procedure from a scene, a thing and a seed.

A pair is two views of one scene by hand: each with its own small shift, turn, tilt and distance, its own light and
colour, its own noise and JPEG. What of the thing is in the after view is the label.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from bench.parts import street_scenes

GONE = "gone"
STAYS = ("still there", "only moved", "half of it there", "another thing gone", "covered by another thing")
ELSEWHERE = ("another place", "turned away")
CHEATS = ("same photo", "same photo recompressed", "screenshot", "retouched")
NOT_GONE = (*STAYS, *ELSEWHERE, *CHEATS)
_SIZE = street_scenes.SIDE


@dataclass(frozen=True, slots=True)
class Pair:
    label: str
    before: Image.Image
    after: Image.Image


@dataclass(frozen=True, slots=True)
class Stock:
    """What pairs are made of: scenes without anything to do, and things with their outline."""

    scene: Callable[[Random], Image.Image]
    thing: Callable[[Random], Image.Image]


DRAWN = Stock(street_scenes.scene, street_scenes.thing)


def stock_of(photos: Sequence[Image.Image]) -> Stock:
    """Real photos as scenes, and irregular pieces of others as things."""

    def piece(chance: Random) -> Image.Image:
        photo = _fitted(chance.choice(photos))
        side = chance.randint(110, 220)
        x, y = chance.randint(0, _SIZE[0] - side), chance.randint(0, _SIZE[1] - side)
        cut = photo.crop((x, y, x + side, y + side)).convert("RGBA")
        cut.putalpha(_outline(chance, side))
        return cut

    return Stock(
        lambda chance: _fitted(chance.choice(photos)),
        lambda chance: chance.choice((piece, street_scenes.thing))(chance),
    )


def make_pair(label: str, stock: Stock, seed: str) -> Pair:
    """The same label, stock and seed give the same pair."""
    chance = Random(f"{label}/{seed}")
    empty, thing = stock.scene(chance), _sized(stock.thing(chance), chance)
    spot = _middle(thing, chance)
    full = _placed(empty, thing, spot, chance)
    if label in CHEATS:
        before = _view(full, chance)
        return Pair(label, before, _cheat(label, before, full, empty, thing, spot, chance))
    before, after = _two(label, empty, full, thing, spot, stock, chance)
    if label == "turned away":
        after = _aside(after, chance)
    return Pair(label, _view(before, chance), _view(after, chance))


def _two(
    label: str,
    empty: Image.Image,
    full: Image.Image,
    thing: Image.Image,
    spot: tuple[int, int],
    stock: Stock,
    chance: Random,
) -> tuple[Image.Image, Image.Image]:
    """Both scenes before anybody photographs them; somebody may walk through either."""
    aside = _passer_by(chance)
    match label:
        case "gone":
            pair = full, empty
        case "still there":
            pair = full, full
        case "only moved":
            pair = full, _placed(empty, thing, _elsewhere(thing, spot, chance), chance)
        case "half of it there":
            pair = full, _placed(empty, _half(thing, chance), spot, chance)
        case "another thing gone":
            other = _sized(stock.thing(chance), chance)
            both = _placed(full, other, _elsewhere(other, spot, chance), chance)
            pair = both, full
        case "covered by another thing":
            pair = full, _placed(empty, _sized(stock.thing(chance), chance, like=thing), spot, chance)
        case "another place":
            pair = full, stock.scene(Random(chance.getrandbits(64)))
        case _:
            pair = full, full
    before, after = pair
    if chance.random() < 0.3:
        before = aside(before)
    if chance.random() < 0.3:
        after = aside(after)
    return before, after


def _cheat(
    label: str,
    before: Image.Image,
    full: Image.Image,
    empty: Image.Image,
    thing: Image.Image,
    spot: tuple[int, int],
    chance: Random,
) -> Image.Image:
    """What somebody sends who did nothing."""
    if label == "same photo":
        return before
    if label == "same photo recompressed":
        return _jpeg(ImageEnhance.Brightness(before).enhance(chance.uniform(0.8, 1.2)), chance.randint(40, 90))
    if label == "screenshot":
        screen = Image.new("RGB", (540, 1170), (0, 0, 0))
        screen.paste(before.resize((540, 405)), (0, 380))
        ImageDraw.Draw(screen).rectangle((30, 20, 90, 40), fill=(255, 255, 255))
        return _jpeg(screen, chance.randint(70, 95))
    covered = before.filter(ImageFilter.GaussianBlur(chance.uniform(10, 30)))
    mask = Image.new("L", before.size, 0)
    box = (spot[0] - 14, spot[1] - 14, spot[0] + thing.width + 14, spot[1] + thing.height + 14)
    ImageDraw.Draw(mask).rounded_rectangle(box, 20, fill=255)
    return _jpeg(Image.composite(covered, before, mask.filter(ImageFilter.GaussianBlur(6))), chance.randint(70, 95))


def _view(scene: Image.Image, chance: Random) -> Image.Image:
    """The scene as one photo shows it."""
    width, height = scene.size
    reach = 0.03
    corners = [(0, 0), (0, height), (width, height), (width, 0)]
    shift = (chance.uniform(-1, 1) * width * reach, chance.uniform(-1, 1) * height * reach)
    inset = 0.06 + chance.uniform(0, 0.05)
    quad: list[float] = []
    for x, y in corners:
        centred = (x - width / 2) * (1 - 2 * inset) + width / 2, (y - height / 2) * (1 - 2 * inset) + height / 2
        quad += [
            centred[0] + shift[0] + chance.uniform(-1, 1) * width * 0.012,
            centred[1] + shift[1] + chance.uniform(-1, 1) * height * 0.012,
        ]
    seen = scene.transform(scene.size, Image.Transform.QUAD, quad, Image.Resampling.BICUBIC)
    return _jpeg(_lit(seen, chance), chance.randint(70, 95))


def _lit(view: Image.Image, chance: Random) -> Image.Image:
    """Another hour, another sky, another phone: brightness, contrast, warmth, a shadow that falls over it, noise."""
    pixels = np.asarray(view, dtype=np.float32) / 255
    pixels = pixels ** chance.uniform(0.8, 1.25) * chance.uniform(0.75, 1.2)
    pixels = pixels * np.array([chance.uniform(0.93, 1.07), 1.0, chance.uniform(0.93, 1.07)], dtype=np.float32)
    if chance.random() < 0.4:
        pixels = pixels * _shadow(view.size, chance)[..., None]
    noise = np.random.default_rng(chance.getrandbits(32)).normal(0, chance.uniform(0.005, 0.02), pixels.shape)
    lit = Image.fromarray(((pixels + noise) * 255).clip(0, 255).astype(np.uint8))
    return lit.filter(ImageFilter.GaussianBlur(chance.uniform(0, 0.9)))


def _shadow(size: tuple[int, int], chance: Random) -> np.ndarray:
    """A soft edge across the picture, darker on one side."""
    x, y = np.meshgrid(np.linspace(-1, 1, size[0]), np.linspace(-1, 1, size[1]))
    angle, at, soft = chance.uniform(0, 6.28), chance.uniform(-0.6, 0.6), chance.uniform(0.02, 0.2)
    side = (x * np.cos(angle) + y * np.sin(angle) - at) / soft
    return (1 - chance.uniform(0.2, 0.5) / (1 + np.exp(-side.clip(-30, 30)))).astype(np.float32)


def _aside(scene: Image.Image, chance: Random) -> Image.Image:
    """The left or the right of it, so that what was in the middle is at the edge or out of the picture."""
    width, height = scene.size
    share = chance.uniform(0.4, 0.55)
    top = int(height * (1 - share) * chance.random())
    left = 0 if chance.random() < 0.5 else int(width * (1 - share))
    return scene.resize(
        scene.size, Image.Resampling.BICUBIC, (left, top, left + int(width * share), top + int(height * share))
    )


def _placed(scene: Image.Image, thing: Image.Image, spot: tuple[int, int], chance: Random) -> Image.Image:
    """The thing on its spot, with a shadow at its foot."""
    placed = scene.convert("RGB").copy()
    foot = Image.new("L", scene.size, 0)
    x, y = spot
    ImageDraw.Draw(foot).ellipse((x - 6, y + thing.height - 14, x + thing.width + 10, y + thing.height + 8), fill=110)
    placed.paste((0, 0, 0), mask=foot.filter(ImageFilter.GaussianBlur(5)))
    placed.paste(thing, spot, thing.getchannel("A"))
    return placed


def _sized(thing: Image.Image, chance: Random, like: Image.Image | None = None) -> Image.Image:
    width = like.width if like else int(_SIZE[0] * chance.uniform(0.18, 0.4))
    height = max(20, min(int(width * thing.height / max(1, thing.width)), int(_SIZE[1] * 0.5)))
    return thing.resize((width, height), Image.Resampling.LANCZOS)


def _middle(thing: Image.Image, chance: Random) -> tuple[int, int]:
    """Whoever photographs something has it near the middle."""
    x = (_SIZE[0] - thing.width) / 2 + chance.uniform(-0.08, 0.08) * _SIZE[0]
    y = (_SIZE[1] - thing.height) / 2 + chance.uniform(-0.06, 0.1) * _SIZE[1]
    return int(x), int(y)


def _elsewhere(thing: Image.Image, spot: tuple[int, int], chance: Random) -> tuple[int, int]:
    """Aside, within the picture."""
    left, right = int(_SIZE[0] * 0.1), int(_SIZE[0] * 0.9) - thing.width
    x = left if spot[0] - left > right - spot[0] else max(left, right)
    x = x if chance.random() < 0.7 else (left if x != left else max(left, right))
    return x, int(spot[1] + chance.uniform(-0.1, 0.15) * _SIZE[1])


def _half(thing: Image.Image, chance: Random) -> Image.Image:
    left = chance.random() < 0.5
    part = thing.copy()
    alpha = np.asarray(part.getchannel("A")).copy()
    middle = int(part.width * chance.uniform(0.4, 0.6))
    if left:
        alpha[:, :middle] = 0
    else:
        alpha[:, middle:] = 0
    part.putalpha(Image.fromarray(alpha))
    return part


def _passer_by(chance: Random) -> Callable[[Image.Image], Image.Image]:
    """Somebody or something small at the edge of the picture, in one of both photos."""

    def walk(scene: Image.Image) -> Image.Image:
        x = int(_SIZE[0] * chance.choice((chance.uniform(0.1, 0.2), chance.uniform(0.8, 0.88))))
        y, height = int(_SIZE[1] * 0.35), int(_SIZE[1] * chance.uniform(0.2, 0.4))
        passed = scene.copy()
        draw = ImageDraw.Draw(passed)
        tone = tuple(chance.randint(0, 255) for _ in range(3))
        draw.ellipse((x, y, x + height // 6, y + height // 6), fill=(190, 150, 120))
        draw.rectangle((x - 8, y + height // 6, x + height // 4, y + height * 2 // 3), fill=tone)
        draw.rectangle((x - 4, y + height * 2 // 3, x + height // 5, y + height), fill=(30, 30, 60))
        return passed

    return walk


def _outline(chance: Random, side: int) -> Image.Image:
    mask = Image.new("L", (side, side), 0)
    turns = np.linspace(0, 2 * np.pi, 14, endpoint=False)
    radii = [side / 2 * chance.uniform(0.6, 1.0) for _ in turns]
    points = [(side / 2 + r * np.cos(a), side / 2 + r * np.sin(a)) for a, r in zip(turns, radii, strict=True)]
    ImageDraw.Draw(mask).polygon([(float(x), float(y)) for x, y in points], fill=255)
    return mask.filter(ImageFilter.GaussianBlur(1.5))


def _fitted(photo: Image.Image) -> Image.Image:
    """The middle of it in the shape of all scenes."""
    scale = max(_SIZE[0] / photo.width, _SIZE[1] / photo.height)
    large = photo.convert("RGB").resize(
        (round(photo.width * scale + 0.5), round(photo.height * scale + 0.5)), Image.Resampling.BICUBIC
    )
    x, y = (large.width - _SIZE[0]) // 2, (large.height - _SIZE[1]) // 2
    return large.crop((x, y, x + _SIZE[0], y + _SIZE[1]))


def _jpeg(picture: Image.Image, quality: int) -> Image.Image:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    out.seek(0)
    with Image.open(out) as read:
        return read.convert("RGB")
