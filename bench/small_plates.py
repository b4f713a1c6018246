"""How small and how dark a plate in a photo may be until the server no longer reads it: `python -m bench.small_plates`.

Photos of 12 megapixels, each with one plate on a patchy wall, turned at random, a little out of focus, with the noise
of a sensor, as JPEG. Read as the product reads them, in the guarded process.
"""

import argparse
import asyncio
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter

from media.decoder.pool import Decoder
from media.kinds import MediaKind
from media.limits import DecodeLimits
from media.service.copying import LARGE_JPEG
from qr import codes, render
from qr.payload import payload
from qr.symbols import stencil

TOWN = payload("https://q.example.gov.cn")
KEYS = codes.keyring("bench")
SIZE = (4000, 3000)
CASES = (
    ("2 % of the width", 0.02, 1.0),
    ("2.5 %", 0.025, 1.0),
    ("3 %", 0.03, 1.0),
    ("5 %", 0.05, 1.0),
    ("2.5 %, a twentieth of the light", 0.025, 0.05),
    ("5 %, a twelfth of the light", 0.05, 0.08),
    ("5 %, a twenty-fifth of the light", 0.05, 0.04),
    ("10 %, a thirtieth of the light", 0.10, 0.03),
)
_SIGMA_PX, _SENSOR_NOISE = 0.8, 2.0


def photo(share: float, light: float, chance: np.random.Generator) -> tuple[str, Image.Image]:
    """The plate's address, and a picture in which its symbol with quiet zone is so much of the width."""
    code = codes.compose(KEYS, lambda bits: int(chance.integers(0, 2**bits)))
    symbol = render.image(stencil(TOWN.url("")).symbol(code), 8)
    side = int(SIZE[0] * share)
    plate = Image.new("L", (side * 2, side * 2), 235)
    plate.paste(symbol.resize((side, side), Image.Resampling.LANCZOS), (side // 2, side // 2))
    degrees = chance.uniform(-25, 25)
    turned = plate.rotate(degrees, Image.Resampling.BICUBIC, expand=True)
    mask = Image.new("L", plate.size, 255).rotate(degrees, expand=True)
    wall = Image.fromarray(chance.integers(60, 200, (60, 80), dtype=np.uint8)).resize(SIZE, Image.Resampling.BICUBIC)
    at = [int(chance.integers(0, whole - part)) for whole, part in zip(SIZE, turned.size, strict=True)]
    wall.paste(turned, (at[0], at[1]), mask)
    seen = np.asarray(wall.filter(ImageFilter.GaussianBlur(_SIGMA_PX)), dtype=np.float64) * light
    noisy = seen + chance.normal(0, _SENSOR_NOISE, seen.shape)
    return TOWN.url(code), Image.fromarray(noisy.clip(0, 255).astype(np.uint8))


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=40)
    times = parser.parse_args().times
    decoder = Decoder(DecodeLimits())
    print(f"{times} photos each\n\n| plate | original | copy of 1600 px | ms for the original |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        file, copy = Path(name, "photo"), Path(name, "copy")
        for words, share, light in CASES:
            chance = np.random.default_rng(7)
            read, read_small, took = 0, 0, 0.0
            for _ in range(times):
                address, picture = photo(share, light, chance)
                picture.save(file, "JPEG", quality=85)
                began = time.perf_counter()
                read += address in (await decoder.find_symbols(MediaKind.JPEG, file)).texts
                took += time.perf_counter() - began
                await decoder.develop(MediaKind.JPEG, file, [LARGE_JPEG], [copy])
                read_small += address in (await decoder.find_symbols(MediaKind.JPEG, copy)).texts
            print(f"| {words} | {read} | {read_small} | {took / times * 1000:.0f} |", flush=True)
    await decoder.close()


if __name__ == "__main__":
    asyncio.run(main())
