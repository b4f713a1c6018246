"""How often the same picture is found again after an edit, how often another is taken for it, and how long a search is.

On the real pictures of the collection (set YIMA_DATA where it lies elsewhere); the search on 300,000 rows.
"""

import asyncio
import io
import time
from collections.abc import Callable
from itertools import combinations

import asyncpg
from PIL import Image, ImageEnhance, ImageFilter, ImageOps

from bench.parts import photo_inputs, stage
from bench.parts.stage import BenchFailed
from media.decoder.messages import Hashes
from media.decoder.phash import hashes_of
from media.service import comparing
from media.service.comparing import ALIKE_MAX_BITS

_SIDE_MIN_PX = 200
_ROWS = 300_000
_MASK = 2**64 - 1


def _crop(share: float) -> Callable[[Image.Image], Image.Image]:
    def cut(image: Image.Image) -> Image.Image:
        width, height = image.size
        return image.crop(
            (int(width * share), int(height * share), int(width * (1 - share)), int(height * (1 - share)))
        )

    return cut


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
    "cut 10 % on the left": lambda image: image.crop((image.width // 10, 0, image.width, image.height)),
    "turned by 1 degree": lambda image: image.rotate(1, Image.Resampling.BICUBIC),
    "turned by 3 degrees": lambda image: image.rotate(3, Image.Resampling.BICUBIC),
    "mirrored": ImageOps.mirror,
}


def main() -> None:
    shown = pictures()
    known = [hashes(picture) for picture in shown]
    print(f"{len(shown)} pictures, alike when at most {ALIKE_MAX_BITS} of 64 bits differ\n")
    print("| edit | found again |\n|---|---|")
    for name, edit in EDITS.items():
        found = [distance(mine, hashes(edit(picture))) for mine, picture in zip(known, shown, strict=True)]
        print(f"| {name} | {_share(found):.0%} |")
    others = [distance(one, other) for one, other in combinations(known, 2)]
    wrong = sum(distance <= ALIKE_MAX_BITS for distance in others)
    print(f"\ntaken for another: {wrong} of {len(others)} pairs of different pictures; nearest {min(others)} bits")
    asyncio.run(_search())


def pictures() -> list[Image.Image]:
    folder = photo_inputs.REAL.parent
    files = [*folder.glob("photos/exif/**/*.jpg"), *folder.glob("qr/**/*.png")]
    found = []
    for file in sorted(files):
        picture = ImageOps.exif_transpose(Image.open(file)).convert("RGB")
        if min(picture.size) >= _SIDE_MIN_PX:
            picture.thumbnail((1600, 1600))
            found.append(picture)
    if not found:
        raise BenchFailed(f"no pictures in {folder}")
    return found


def hashes(picture: Image.Image) -> Hashes:
    small = picture.copy()
    small.thumbnail((320, 320))
    return hashes_of(small)


def distance(mine: Hashes, other: Hashes) -> int:
    """As the search counts it."""
    pairs = [(other.whole, each) for each in (mine.whole, mine.inner, mine.core)]
    pairs += [(other.inner, mine.whole), (other.core, mine.whole)]
    return min(((one ^ two) & _MASK).bit_count() for one, two in pairs)


def _share(distances: list[int]) -> float:
    return sum(distance <= ALIKE_MAX_BITS for distance in distances) / len(distances)


async def _search() -> None:
    """One search among a million photos, as the job makes it."""
    here = await stage.build()
    stage.prepare(here)
    server = await asyncpg.connect(here.database_url)
    try:
        owner = await server.fetchval("INSERT INTO account (kind, created_at) VALUES ('device', now()) RETURNING id")
        await server.execute(_FILL, owner, _ROWS)
        await server.execute("VACUUM ANALYZE photo")
        one = await server.fetchval("SELECT id FROM photo LIMIT 1")
        took = []
        for _ in range(5):
            began = time.perf_counter()
            await server.fetch(comparing.NEAR, 1, 2, 3, ALIKE_MAX_BITS, one, 20)
            took.append((time.perf_counter() - began) * 1000)
        print(f"one search among {_ROWS:,} photos: {min(took):.0f} to {max(took):.0f} ms")
        await server.execute("DELETE FROM photo WHERE owner = $1", owner)
    finally:
        await server.close()


_FILL = """
    INSERT INTO photo (owner, sha256, media_type, width, height, size_bytes, phash, phash_inner, phash_core,
                       original_key)
    SELECT $1, sha256(n::text::bytea), 'image/jpeg', 1, 1, 1,
           hashtextextended('a' || n, 0), hashtextextended('b' || n, 0), hashtextextended('c' || n, 0), n::text
      FROM generate_series(1, $2::int) AS n
"""

if __name__ == "__main__":
    main()
