"""Codes a second and the time of a sheet, beside `qrencode`, in one run: `python -m bench.codes [--labels 1800]`."""

import argparse
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from qr import codes, render
from qr.payload import payload
from qr.printing import volume
from qr.printing.fonts import find_font
from qr.printing.job import Format, PrintJob, Selection
from qr.printing.layout import Label
from qr.symbols import stencil

TOWN = payload("https://q.example.gov.cn")
KEYS = codes.keyring("bench")
_ENOUGH_S = 2.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=int, default=1800)
    labels = _labels(parser.parse_args().labels)
    cut = stencil(TOWN.url(""))
    words = cycle([label.code for label in labels])
    _say("| one core, one after another | a second |\n|---|---|\n")
    _rate("minted and signed", lambda: codes.compose(KEYS, secrets.randbits))
    _rate("symbol, by the stencil", lambda: cut.symbol(next(words)))
    _rate("symbol, by qrcode with our mask", lambda: cut._encode(next(words)))
    _rate("SVG, by the stencil", lambda: render.svg(cut.symbol(next(words))))
    _rate("PNG 8 px a module, by the stencil", lambda: render.png(cut.symbol(next(words))))
    if shutil.which("qrencode"):
        _rate("SVG by qrencode, a process each", lambda: _qrencode("-t", "SVG", TOWN.url(next(words))))
        _rate("PNG by qrencode, a process each", lambda: _qrencode("-t", "PNG", "-s", "8", TOWN.url(next(words))))
    _sheets(labels)


def _sheets(labels: list[Label]) -> None:
    _say(f"\n| {len(labels):,} plates | seconds |\n|---|---|\n")
    with TemporaryDirectory() as folder:
        for form, proved in ((Format.PDF, "A4 PDF"), (Format.SVG_ZIP, "SVG zip")):
            job = PrintJob(Selection(batch_id=1), TOWN, "12345", Path(folder, form), find_font(), form)
            began = time.perf_counter()
            volume.make(job, job.out, labels)
            _say(f"| ours: {proved} with names, every symbol read back | {time.perf_counter() - began:.2f} |\n")
        if shutil.which("qrencode"):
            began = time.perf_counter()
            with ThreadPoolExecutor(2) as pool:
                list(pool.map(lambda label: _qrencode("-t", "SVG", "-o", f"{folder}/{label.code}", label.url), labels))
            _say(f"| qrencode: bare SVG symbols, two processes at a time | {time.perf_counter() - began:.2f} |\n")


def _labels(count: int) -> list[Label]:
    words = [codes.compose(KEYS, secrets.randbits) for _ in range(count)]
    return [Label(word, TOWN.url(word), f"莲安东路{number}号", "12345") for number, word in enumerate(words)]


def _qrencode(*words: str) -> bytes:
    command = ["qrencode", "-l", "Q", "-m", "4", *(() if "-o" in words else ("-o", "-")), *words]
    return subprocess.run(command, capture_output=True, check=True).stdout


def _rate(title: str, once: Callable[[], object]) -> None:
    once()
    count, began = 0, time.perf_counter()
    while time.perf_counter() - began < _ENOUGH_S:
        once()
        count += 1
    _say(f"| {title} | {count / (time.perf_counter() - began):,.0f} |\n")


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
