"""How often the same picture is found again after an edit, how often another is taken for it, and how long a search is.

On the real pictures of the collection (set YIMA_DATA where it lies elsewhere) and on scenes made here; the search on
100,000 rows. Photos of one symbol are one subject: they may be alike.
"""

import asyncio
import io
import time
from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path

import asyncpg
import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from bench.parts import photo_inputs, stage
from bench.parts.stage import BenchFailed
from media import likeness
from media.decoder.phash import CUTS, hashes_of
from media.likeness import ALIKE_MAX_BITS, PART_MAX_BITS
from media.service import comparing

_SIDE_MIN_PX = 200
_ROWS = 100_000
_BATCH = 2_000
_SCENES = 200
_SCREEN_PX = (1080, 2340)


def _crop(share: float) -> Callable[[Image.Image], Image.Image]:
    def cut(image: Image.Image) -> Image.Image:
        width, height = image.size
        return image.crop(
            (int(width * share), int(height * share), int(width * (1 - share)), int(height * (1 - share)))
        )

    return cut


def _side_cut(side: int, share: float) -> Callable[[Image.Image], Image.Image]:
    """Left, top, right, bottom are 0 to 3."""

    def cut(image: Image.Image) -> Image.Image:
        width, height = image.size
        edges = [0, 0, width, height]
        edges[side] += int((width, height)[side % 2] * share) * (1 if side < 2 else -1)
        return image.crop((edges[0], edges[1], edges[2], edges[3]))

    return cut


def _random_cut(kept: float) -> Callable[[Image.Image], Image.Image]:
    chance = np.random.default_rng(3)

    def cut(image: Image.Image) -> Image.Image:
        width, height = int(image.width * kept), int(image.height * kept)
        x, y = int(chance.integers(image.width - width + 1)), int(chance.integers(image.height - height + 1))
        return image.crop((x, y, x + width, y + height))

    return cut


def _screenshot(colour: tuple[int, int, int]) -> Callable[[Image.Image], Image.Image]:
    """The picture on a phone's screen: bars above and below, in them a clock, a way back and four buttons."""

    def shoot(image: Image.Image) -> Image.Image:
        screen = Image.new("RGB", _SCREEN_PX, colour)
        scale = min(_SCREEN_PX[0] / image.width, _SCREEN_PX[1] / image.height)
        fitted = image.resize((round(image.width * scale), round(image.height * scale)))
        screen.paste(fitted, ((screen.width - fitted.width) // 2, (screen.height - fitted.height) // 2))
        ink = (255, 255, 255) if sum(colour) < 380 else (20, 20, 20)
        draw = ImageDraw.Draw(screen)
        for box in ((40, 30, 160, 70), (860, 35, 1020, 65), (40, 150, 100, 200), (360, 2310, 720, 2320)):
            draw.rectangle(box, fill=ink)
        for x in (150, 400, 650, 900):
            draw.rectangle((x, 2140, x + 60, 2200), fill=ink)
        return _recompressed(screen)

    return shoot


def _stamped(share: float) -> Callable[[Image.Image], Image.Image]:
    """Three lines of white on the lower left, each so much of the height."""

    def stamp(image: Image.Image) -> Image.Image:
        copy, size = image.copy(), max(8, int(image.height * share))
        words = "2026-11-27 10:32\n100 Lianan Road\nTeam 3"
        at = (int(image.width * 0.03), image.height - 4 * size)
        ImageDraw.Draw(copy).text(
            at, words, (255, 255, 255), font_size=size, stroke_width=size // 16, stroke_fill=(0, 0, 0)
        )
        return copy

    return stamp


def _banner(image: Image.Image) -> Image.Image:
    """A white strip with text below the picture."""
    strip = int(image.height * 0.12)
    whole = Image.new("RGB", (image.width, image.height + strip), (255, 255, 255))
    whole.paste(image)
    ImageDraw.Draw(whole).text(
        (20, image.height + strip // 4), "2026-11-27 Lianan Road", (0, 0, 0), font_size=max(8, strip // 2)
    )
    return whole


def _recompressed(image: Image.Image) -> Image.Image:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=40)
    return Image.open(out)


EDITS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "recompressed, quality 40": _recompressed,
    "half the size": lambda image: image.resize((image.width // 2, image.height // 2)),
    "blurred, sigma 3 px": lambda image: image.filter(ImageFilter.GaussianBlur(3)),
    "25 % brighter": lambda image: ImageEnhance.Brightness(image).enhance(1.25),
    "25 % darker": lambda image: ImageEnhance.Brightness(image).enhance(0.75),
    "30 % more contrast": lambda image: ImageEnhance.Contrast(image).enhance(1.3),
    "grey": lambda image: image.convert("L").convert("RGB"),
    "cut 2 % each side": _crop(0.02),
    "cut 5 % each side": _crop(0.05),
    "cut 7.5 % each side": _crop(0.075),
    "cut 10 % each side": _crop(0.10),
    "cut 15 % each side": _crop(0.15),
    "cut 12 % each side": _crop(0.12),
    "cut 18 % each side": _crop(0.18),
    "cut 25 % each side": _crop(0.25),
    "cut 10 % on the left": _side_cut(0, 0.10),
    "cut 12 % at the top": _side_cut(1, 0.12),
    "cut 15 % on the right": _side_cut(2, 0.15),
    "cut 20 % at the bottom": _side_cut(3, 0.20),
    "cut 25 % at the bottom": _side_cut(3, 0.25),
    "cut anywhere, 90 % of width and height kept": _random_cut(0.90),
    "cut anywhere, 80 % kept": _random_cut(0.80),
    "screenshot, black bars": _screenshot((0, 0, 0)),
    "screenshot, white bars": _screenshot((255, 255, 255)),
    "screenshot of a cut of 10 % each side": lambda image: _screenshot((0, 0, 0))(_crop(0.10)(image)),
    "stamped, lines of 4 % of the height": _stamped(0.04),
    "stamped, lines of 7 %": _stamped(0.07),
    "stamped, then a screenshot": lambda image: _screenshot((0, 0, 0))(_stamped(0.04)(image)),
    "a white strip with text below": _banner,
    "turned by 1 degree": lambda image: image.rotate(1, Image.Resampling.BICUBIC),
    "turned by 3 degrees": lambda image: image.rotate(3, Image.Resampling.BICUBIC),
    "mirrored": ImageOps.mirror,
}


def main() -> None:
    shown = pictures()
    known = [hashes(picture) for picture in shown]
    print(
        f"{len(shown)} pictures, {len(CUTS)} parts; limits {ALIKE_MAX_BITS} and for parts {PART_MAX_BITS} of 64 bits\n"
    )
    print("| edit | found again |\n|---|---|")
    for name, edit in EDITS.items():
        found = [_is_found(mine, hashes(edit(picture))) for mine, picture in zip(known, shown, strict=True)]
        print(f"| {name} | {sum(found) / len(found):.0%} |", flush=True)
    _tell_wrong("real pictures of different subjects", known, subjects())
    scenes = [hashes(_scene(seed)) for seed in range(_SCENES)]
    _tell_wrong("scenes of smooth noise", scenes, range(_SCENES))
    asyncio.run(_search())


def _tell_wrong(words: str, known: Sequence[list[int]], subjects: Sequence[object]) -> None:
    pairs = [(one, two) for one, two in combinations(range(len(known)), 2) if subjects[one] != subjects[two]]
    wrong = sum(distance(known[one], known[two]) is not None for one, two in pairs)
    print(f"taken for another among {words}: {wrong} of {len(pairs)} pairs")


def _is_found(mine: list[int], other: list[int]) -> bool:
    """As the search finds it: by the index first, then by the distance."""
    is_candidate = not set(likeness.keys_of(mine)).isdisjoint(likeness.probes_of(other))
    return is_candidate and distance(mine, other) is not None


def _scene(seed: int) -> Image.Image:
    noise = np.random.default_rng(seed).integers(0, 255, (9, 12), dtype=np.uint8)
    return Image.fromarray(noise).resize((320, 240), Image.Resampling.BICUBIC)


def files() -> list[Path]:
    folder = photo_inputs.REAL.parent
    found = sorted([*folder.glob("photos/exif/**/*.jpg"), *folder.glob("qr/**/*.png")])
    found = [file for file in found if min(Image.open(file).size) >= _SIDE_MIN_PX]
    if not found:
        raise BenchFailed(f"no pictures in {folder}")
    return found


def pictures() -> list[Image.Image]:
    found = []
    for file in files():
        picture = ImageOps.exif_transpose(Image.open(file)).convert("RGB")
        picture.thumbnail((1600, 1600))
        found.append(picture)
    return found


def subjects() -> list[str]:
    """What each picture shows: the text of its symbol where one is written beside it."""
    beside = [(file, file.with_suffix(".txt")) for file in files()]
    return [text.read_text("utf-8", "replace") if text.exists() else str(file) for file, text in beside]


def hashes(picture: Image.Image) -> list[int]:
    small = picture.copy()
    small.thumbnail((320, 320))
    return hashes_of(small)


def distance(mine: list[int], other: list[int]) -> int | None:
    """As the product counts it; None: not alike."""
    return likeness.distance(mine, other)


async def _search() -> None:
    """One search among a million photos, as the job makes it."""
    here = await stage.build()
    stage.prepare(here)
    server = await asyncpg.connect(here.database_url)
    try:
        owner = await server.fetchval("INSERT INTO account (kind, created_at) VALUES ('device', now()) RETURNING id")
        chance = np.random.default_rng(1)
        for start in range(0, _ROWS, _BATCH):
            await server.executemany(_FILL, [_row(owner, start + number, chance) for number in range(_BATCH)])
        await server.execute("VACUUM ANALYZE photo")
        one, found = await server.fetchrow("SELECT id, hashes FROM photo LIMIT 1")
        took = []
        for _ in range(5):
            began = time.perf_counter()
            async with server.transaction():
                await server.execute(comparing.BY_INDEX)
                await server.fetch(comparing.NEAR, one, likeness.probes_of(found), 20)
            took.append((time.perf_counter() - began) * 1000)
        print(f"one search among {_ROWS:,} photos: {min(took):.0f} to {max(took):.0f} ms")
        await server.execute("DELETE FROM photo WHERE owner_id = $1", owner)
    finally:
        await server.close()


_FILL = """
    INSERT INTO photo (owner_id, sha256, media_type, width, height, size_bytes, phash, hashes, hash_keys, original_key)
    VALUES ($1, sha256($2::text::bytea), 'image/jpeg', 1, 1, 1, 0, $3, $4, $2)
"""


def _row(owner: int, number: int, chance: np.random.Generator) -> tuple[int, str, list[int], list[int]]:
    """A photo whose hashes are as good as random, its parts' each a few bits off the whole's as in life."""
    whole = int(chance.integers(-(2**63), 2**63 - 1))
    found = [whole, whole, *(_flipped(whole, chance) for _ in CUTS)]
    return owner, str(number), found, likeness.keys_of(found)


def _flipped(whole: int, chance: np.random.Generator) -> int:
    flips = sum({1 << int(bit) for bit in chance.integers(0, 63, 14)})
    return whole ^ flips


if __name__ == "__main__":
    main()
