"""`yima qr sheet` as an operator types it: what stops it is said in a sentence, and nothing is left behind."""

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from qr import service as qr
from tests.makers.commands import type_all
from tests.makers.qr import AREA, KEYS, make_doors

ROOT = Path(__file__).parents[2]
STOPPED = (
    (["--batch", "4711"], "nothing to print"),
    (["--area", "99"], "nothing to print"),
    (["--area", "%"], "not an area code"),
    (["--batch", "99999999999999999999"], "not a whole number"),
    (["--area", AREA, "--limit", "-5"], "not a whole number"),
    (["--area", AREA, "--logo", __file__], "not a picture"),
    (["--area", AREA, "--font", __file__], "not a TrueType"),
    (["--area", AREA, "--max-version", "2"], "plates are made for 2"),
)


def sheet(database: str, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "DATABASE_URL": database, "YIMA_MODE": "demo"}
    argv = [sys.executable, "-m", "backend.cli", "qr", "sheet", *words]
    return subprocess.run(argv, cwd=ROOT, env=environment, capture_output=True, text=True)


def left_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_what_stops_a_sheet_is_said(database: str, tmp_path: Path, now: datetime) -> None:
    await qr.mint_bound(await make_doors(1), keys=KEYS, now=now)
    out = ["--out", str(tmp_path / "street.pdf")]

    answers = type_all(database, [["qr", "sheet", *words, *out] for words, _ in STOPPED], YIMA_MODE="demo")

    for (words, told), answer in zip(STOPPED, answers, strict=True):
        assert answer.code == 2, words
        assert told in answer.err, words
    assert left_in(tmp_path) == []


async def test_a_place_that_cannot_be_written_to_is_named(database: str, now: datetime) -> None:
    await qr.mint_bound(await make_doors(1), keys=KEYS, now=now)

    asked = sheet(database, "--area", AREA, "--out", "/proc/street.pdf")

    assert asked.returncode == 2
    assert "/proc/" in asked.stderr
    assert "Traceback" not in asked.stderr
