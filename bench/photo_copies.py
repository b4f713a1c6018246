"""CPU of both copies of a 12-megapixel photo, beside what vipsthumbnail takes for the large one alone. Interleaved."""

import asyncio
import resource
import subprocess
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.parts import photo_inputs, tools
from media.decoder.messages import Output
from media.decoder.pool import Decoder
from media.kinds import MediaKind
from media.limits import DecodeLimits
from media.service.copying import LARGE_JPEG, THUMB_JPEG

_ROUNDS = 7
_EACH = 5
_RATIO_MAX = 0.7


def main() -> None:
    tools.need("vipsthumbnail", "libvips-tools")
    with TemporaryDirectory() as folder:
        photo = Path(folder) / "photo.jpg"
        photo.write_bytes(photo_inputs.camera_photo(4000, 3000))
        ours, webp, vips = asyncio.run(_rounds(photo))
    ratio = median(ours) / median(vips)
    print(f"ours, 320 at the gate + 1600 in the job, CPU ms a photo: {median(ours):.0f} ({_all(ours)})")
    print(f"vipsthumbnail, 1600 alone:                                {median(vips):.0f} ({_all(vips)})")
    print(f"ratio {ratio:.2f} (at most {_RATIO_MAX}); WebP of both sizes later: {median(webp):.0f} more")


async def _rounds(photo: Path) -> tuple[list[float], list[float], list[float]]:
    ours, webp, vips = [], [], []
    decoder = Decoder(DecodeLimits())
    await _develop(decoder, photo, THUMB_JPEG)  # the process starts once, not for each photo
    pid = decoder.idle_pids()[0]
    large = photo.with_name("1600")
    for _ in range(_ROUNDS):
        before = _cpu_ms(pid)
        for _ in range(_EACH):
            await _develop(decoder, photo, THUMB_JPEG)
            await _develop(decoder, photo, LARGE_JPEG)
        middle = _cpu_ms(pid)
        for _ in range(_EACH):
            await _develop(decoder, large, *(Output(side_px=side, format="WEBP", quality=76) for side in (1600, 320)))
        after = _cpu_ms(pid)
        ours.append((middle - before) / _EACH)
        webp.append((after - middle) / _EACH)
        vips.append(_vips_ms(photo))
    await decoder.close()
    return ours, webp, vips


async def _develop(decoder: Decoder, source: Path, *outputs: Output) -> None:
    targets = [source.with_name(str(output.side_px) + ("w" if output.format == "WEBP" else "")) for output in outputs]
    is_hashed = outputs == (THUMB_JPEG,)
    await decoder.develop(MediaKind.JPEG, source, outputs, targets, is_hashed=is_hashed)


def _vips_ms(photo: Path) -> float:
    before = _children_ms()
    for _ in range(_EACH):
        command = ["vipsthumbnail", str(photo), "-s", "1600", "-o", f"{photo.with_name('vips')}.jpg[Q=82,strip]"]
        subprocess.run(command, check=True)
    return (_children_ms() - before) / _EACH


def _children_ms() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (used.ru_utime + used.ru_stime) * 1000


def _cpu_ms(pid: int) -> float:
    """From the scheduler, in nanoseconds: finer than the clock ticks of `stat`."""
    return int(Path(f"/proc/{pid}/schedstat").read_text("utf-8").split()[0]) / 1e6


def _all(figures: list[float]) -> str:
    return " ".join(f"{figure:.0f}" for figure in sorted(figures))


if __name__ == "__main__":
    main()
