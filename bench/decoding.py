"""How spoilt a plate may be until nobody reads it: `python -m bench.decoding [--foreign FOLDER] [--times N]`.

Needs the bench extra (`pip install --require-hashes -r requirements/bench.txt`) and zbar's library (apt: libzbar0).
"""

import argparse
import sys
import time
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

try:
    import cv2
    import numpy as np

    from bench.parts import plates_seen as seen
    from bench.parts.decoders import DECODERS, by_zxing
    from bench.parts.plates_seen import Picture, Spoil
except ImportError as missing:
    sys.stdout.write(f"bench.decoding is left out: {missing}; see its first lines\n")
    raise SystemExit(0) from missing
from qr import codes, reading
from qr.payload import payload
from qr.printing.layout import PLATES_MM
from qr.symbols import stencil

TOWN = payload("https://q.example.gov.cn")
KEYS = codes.keyring("bench")
DISTANCE_M = 0.5
DISTANCES_M = (0.25, 0.35, 0.5, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0)
READS_AT = 0.95
"""A limit is the worst case that is still read this often."""

Dirt = tuple[str, float]
Case = tuple[str, dict, list[Spoil], Dirt | None]
DIRT = {
    "spatter": (0.05, 0.10, 0.15),
    "spatter off the corners": (0.05, 0.10, 0.15),
    "blots": (0.02, 0.05, 0.10),
    "patch in the middle": (0.05, 0.10, 0.15, 0.20),
}
CASES: list[Case] = [
    ("clean", {}, [], None),
    *[(f"tilted {degrees}°", {"tilt_degrees": degrees}, [], None) for degrees in (20, 40, 50, 60)],
    *[(f"out of focus σ {sigma:g} px", {}, [seen.blurred(sigma)], None) for sigma in (1, 1.5, 2, 3, 4)],
    *[(f"shaken {length} px", {}, [seen.shaken(length)], None) for length in (3, 5, 9, 13)],
    *[(f"{kind} {share:.0%}", {}, [], (kind, share)) for kind, most in DIRT.items() for share in most],
    *[(f"light {light:.0%}", {}, [seen.dimmed(light)], None) for light in (0.5, 0.25, 0.12)],
    *[(f"JPEG quality {quality}", {}, [seen.squeezed(quality)], None) for quality in (50, 20, 8)],
]
STREET: Case = (
    "street: tilt 25°, σ 1, spatter 3 %, light 50 %, JPEG 40",
    {"tilt_degrees": 25},
    [seen.blurred(1), seen.dimmed(0.5), seen.squeezed(40)],
    ("spatter", 0.03),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--host", default="https://q.example.gov.cn", help="its length decides version and level")
    parser.add_argument("--foreign", type=Path, help="folder of other people's symbols, text beside each picture")
    arguments = parser.parse_args()
    cut = stencil(payload(arguments.host).url(""))
    _say(f"{cut.prefix}: version {cut.version}, level {cut.level}\n\n")
    _spoilt(arguments.host, arguments.times)
    _far(arguments.host, arguments.times)
    if arguments.foreign:
        _foreign(arguments.foreign)


@lru_cache
def plates(host: str, symbol_mm: float, times: int) -> list[tuple[str, Picture]]:
    """Freshly minted plates with their addresses, the same for every case."""
    chance = np.random.default_rng(int(symbol_mm))
    urls = [payload(host).url(codes.compose(KEYS, lambda bits: int(chance.integers(0, 2**bits)))) for _ in range(times)]
    return list(zip(urls, seen.render_plates(symbol_mm, urls), strict=True))


def pictures(host: str, case: Case, symbol_mm: float, distance_m: float, times: int) -> Iterable[tuple[str, Picture]]:
    """A photograph of each plate, turned at random."""
    name, pose, spoils, dirt = case
    chance = np.random.default_rng([len(name), int(symbol_mm), int(distance_m * 100)])
    for url, clean in plates(host, symbol_mm, times):
        plate = _soiled(clean, dirt, symbol_mm, chance) if dirt else clean
        picture = seen.photograph(plate, distance_m, chance, turn_degrees=chance.uniform(0, 360), **pose)
        for spoil in spoils:
            picture = spoil(picture, chance)
        yield url, picture


def _soiled(plate: Picture, dirt: Dirt, symbol_mm: float, chance: np.random.Generator) -> Picture:
    kind, share = dirt
    if kind == "patch in the middle":
        return seen.patched(plate, share, symbol_mm)
    return seen.soiled(plate, share, seen.BLOTS if kind == "blots" else seen.SPATTER, symbol_mm, chance, "off" in kind)


def shares(host: str, case: Case, symbol_mm: float, distance_m: float, times: int) -> dict[str, float]:
    """How often each decoder reads the right address."""
    right = dict.fromkeys(DECODERS, 0)
    for url, picture in pictures(host, case, symbol_mm, distance_m, times):
        for name, decode in DECODERS.items():
            right[name] += url in decode(picture)
    return {name: count / times for name, count in right.items()}


def _spoilt(host: str, times: int) -> None:
    _say(
        f"Share read of {times} photographs at {DISTANCE_M:g} m, each turned at random, plates of 40 | 75 | 120 mm\n\n"
    )
    _say(f"| case | {' | '.join(DECODERS)} |\n|---|{'---|' * len(DECODERS)}\n")
    for case in [*CASES, STREET]:
        sizes = [shares(host, case, symbol_mm, DISTANCE_M, times) for symbol_mm in PLATES_MM]
        cells = [" \\| ".join(f"{size[name] * 100:.0f}" for size in sizes) for name in DECODERS]
        _say(f"| {case[0]} | {' | '.join(cells)} |\n")


def _far(host: str, times: int) -> None:
    _say(f"\nFarthest distance in metres at which {READS_AT:.0%} are read, clean / street\n\n")
    _say(f"| plate | {' | '.join(DECODERS)} |\n|---|{'---|' * len(DECODERS)}\n")
    for symbol_mm in PLATES_MM:
        reach: dict[str, list[float]] = {name: [0, 0] for name in DECODERS}
        for number, case in enumerate((CASES[0], STREET)):
            for distance_m in DISTANCES_M:
                for name, share in shares(host, case, symbol_mm, distance_m, times).items():
                    if share >= READS_AT:
                        reach[name][number] = distance_m
        cells = [f"{clean:g} / {street:g}" for clean, street in reach.values()]
        _say(f"| {symbol_mm} mm | {' | '.join(cells)} |\n")


def _foreign(folder: Path) -> None:
    """Other people's symbols: how many each decoder reads, and that none is taken for ours."""
    files = sorted(file for file in folder.rglob("*") if file.suffix in (".png", ".jpg", ".jpeg"))
    read, took, accepted = dict.fromkeys(DECODERS, 0), dict.fromkeys(DECODERS, 0.0), 0
    for file in files:
        picture: Any = cv2.imread(str(file), cv2.IMREAD_GRAYSCALE)
        wanted = file.with_suffix(".txt").read_bytes().decode("utf-8", "replace").strip()
        for name, decode in DECODERS.items():
            began = time.perf_counter()
            texts = decode(picture)
            took[name] += time.perf_counter() - began
            read[name] += wanted in {text.strip() for text in texts}
        accepted += len(reading.sort_symbols(list(by_zxing(picture)), TOWN).codes)
    _say(f"\n{len(files)} photographs of foreign symbols; taken for one of ours: {accepted}\n\n")
    for name in DECODERS:
        _say(f"- {name}: {read[name]} read as written beside them, {took[name] / len(files) * 1000:.1f} ms each\n")


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
