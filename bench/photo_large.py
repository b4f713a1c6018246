"""What the decoder needs for the largest pictures that it takes: memory and time, `python -m bench.photo_large`."""

import asyncio
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pillow_heif
from PIL import Image

from backend.errors import AppError
from media.decoder.pool import Decoder
from media.kinds import MediaKind
from media.limits import DecodeLimits
from media.service.copying import LARGE_JPEG

_STATUS = {"VmPeak": "address space", "VmHWM": "resident"}


def scene(width: int, height: int) -> Image.Image:
    """Something with structure, at so many pixels."""
    noise = np.random.default_rng(1).integers(0, 255, (90, 120, 3), dtype=np.uint8)
    return Image.fromarray(noise).resize((width, height), Image.Resampling.BICUBIC)


def inputs(folder: Path) -> Iterator[tuple[str, MediaKind, Path]]:
    pillow_heif.register_heif_opener()
    file = folder / "picture"
    for width, height in ((12_000, 9_000), (16_320, 12_240)):
        for is_progressive in (False, True):
            scene(width, height).save(file, "JPEG", quality=80, progressive=is_progressive)
            yield f"JPEG {width} x {height}{', progressive' * is_progressive}", MediaKind.JPEG, file
    largest = scene(9_600, 7_200)
    for kind, options in (
        (MediaKind.PNG, {"compress_level": 1}),
        (MediaKind.WEBP, {"method": 0}),
        (MediaKind.HEIC, {"quality": 50}),
    ):
        name = "HEIF" if kind is MediaKind.HEIC else kind.name
        largest.save(file, name, **options)
        yield f"{name} 9600 x 7200", kind, file


async def main() -> None:
    print("| picture | MB of file | address space, MB | resident, MB | s |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for words, kind, file in inputs(folder):
            decoder = Decoder(DecodeLimits())
            began = time.perf_counter()
            try:
                await decoder.develop(kind, file, [LARGE_JPEG], [folder / "copy"])
                cells = f"{' | '.join(_used_mb(decoder))} | {time.perf_counter() - began:.1f}"
            except AppError as refused:
                cells = f"{refused.code} | | "
            print(f"| {words} | {file.stat().st_size / 1e6:.1f} | {cells} |", flush=True)
            await decoder.close()


def _used_mb(decoder: Decoder) -> list[str]:
    lines = Path(f"/proc/{decoder.idle_pids()[0]}/status").read_text().splitlines()
    told = {
        name: int(rest.split()[0]) // 1024
        for name, _, rest in (line.partition(":") for line in lines)
        if name in _STATUS
    }
    return [f"{told[name]:,}" for name in _STATUS]


if __name__ == "__main__":
    asyncio.run(main())
