"""A sheet printed once more: what is still true is kept, what has changed is printed anew, one run at a time."""

import csv
import fcntl
import re
import zipfile
from datetime import datetime
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from backend import db
from qr import service as qr
from qr.payload import payload
from qr.printing import press, proof, svg
from qr.printing.delivery import OutBusy
from qr.printing.fonts import find_font
from qr.printing.job import Format, PrintJob, Selection
from qr.printing.logo import LogoUnusable, find_logo
from qr.printing.proof import ProofFailed
from tests.makers.qr import AREA, KEYS, make_doors

pytestmark = pytest.mark.usefixtures("database")

TOWN = payload("https://q.example.gov.cn")


def job(out: Path, **changes: object) -> PrintJob:
    wanted: dict = {"selection": Selection(area=AREA), "payload": TOWN, "hotline": "12345", "font": find_font(None)}
    return PrintJob(**{**wanted, "out": out, **changes})


def names_in(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def words_of(file: Path) -> str:
    return pypdfium2.PdfDocument(file)[0].get_textpage().get_text_bounded()


async def test_a_door_that_got_another_name_is_printed_with_it(tmp_path: Path, now: datetime) -> None:
    doors = await make_doors(3)
    await qr.mint_bound(doors, keys=KEYS, now=now)
    [file] = await press.run(job(tmp_path / "street.pdf"))
    assert "莲安东路1号" in words_of(file)
    await db.execute("UPDATE place SET name = '张三小吃店' WHERE id = $1", doors[1])

    [file] = await press.run(job(tmp_path / "street.pdf"))

    assert "张三小吃店" in words_of(file)


async def test_another_logo_under_the_same_name_is_printed(tmp_path: Path, now: datetime) -> None:
    await qr.mint_bound(await make_doors(1), keys=KEYS, now=now)
    wanted = job(tmp_path / "street.pdf", logo=tmp_path / "logo.png")
    Image.new("RGB", (64, 64), "navy").save(tmp_path / "logo.png")
    [file] = await press.run(wanted)
    first = file.read_bytes()
    Image.new("RGB", (64, 64), "red").save(tmp_path / "logo.png")

    [file] = await press.run(wanted)

    assert file.read_bytes() != first


async def test_two_runs_do_not_write_the_same_sheet(tmp_path: Path, now: datetime) -> None:
    await qr.mint_bound(await make_doors(1), keys=KEYS, now=now)
    wanted = job(tmp_path / "street.pdf")
    with (tmp_path / ".street.pdf.lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)

        with pytest.raises(OutBusy):
            await press.run(wanted)

    assert len(await press.run(wanted)) == 1


async def test_what_a_killed_run_left_half_written_goes_and_nobody_elses(tmp_path: Path, now: datetime) -> None:
    await qr.mint_bound(await make_doors(1), keys=KEYS, now=now)
    left = [tmp_path / name for name in (".street.pdf.4711.part", ".street-0002.pdf.4711.part", ".street.pdf.lock")]
    other = tmp_path / ".street2.pdf.4711.part"
    for file in (*left, other):
        file.write_text("half")

    await press.run(job(tmp_path / "street.pdf"))

    assert names_in(tmp_path) == {"street.pdf", "street.pdf.delivery.json", other.name}


async def test_a_sheet_that_fails_leaves_nothing_behind(
    tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    await qr.mint_bound(await make_doors(1), keys=KEYS, now=now)

    def fails(*_: object) -> None:
        raise ProofFailed("smudged")

    monkeypatch.setattr(proof, "check_pdf", fails)

    with pytest.raises(ProofFailed):
        await press.run(job(tmp_path / "street.pdf"))
    assert names_in(tmp_path) == set()


async def test_a_device_or_a_folder_is_not_replaced_by_a_sheet(tmp_path: Path, now: datetime) -> None:
    await qr.mint_bound(await make_doors(1), keys=KEYS, now=now)
    (tmp_path / "street.pdf").mkdir()

    with pytest.raises(OutBusy):
        await press.run(job(tmp_path / "street.pdf"))
    assert (tmp_path / "street.pdf").is_dir()


async def test_svg_plates_carry_the_logo_and_are_read_back_with_it(tmp_path: Path, now: datetime) -> None:
    bound = await qr.mint_bound(await make_doors(2), keys=KEYS, now=now)
    Image.new("RGBA", (300, 60), (20, 80, 154, 200)).save(tmp_path / "logo.png")

    [file] = await press.run(job(tmp_path / "street.zip", format=Format.SVG_ZIP, logo=tmp_path / "logo.png"))

    with zipfile.ZipFile(file) as archive:
        drawings = [archive.read(f"{code}.svg").decode() for code in bound.values()]
    assert all(drawing.count("data:image/png;base64,") == 1 for drawing in drawings)


async def test_a_logo_over_too_much_of_an_svg_symbol_is_noticed(
    tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    await qr.mint_bound(await make_doors(1), keys=KEYS, now=now)
    Image.new("RGB", (60, 60), "black").save(tmp_path / "logo.png")
    monkeypatch.setattr(svg, "LOGO_SIDE", 0.6)

    with pytest.raises(ProofFailed):
        await press.run(job(tmp_path / "street.zip", format=Format.SVG_ZIP, logo=tmp_path / "logo.png"))


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n"])
def test_a_logo_that_is_no_picture_is_named(tmp_path: Path, content: bytes) -> None:
    chosen = tmp_path / "logo.png"
    chosen.write_bytes(content)

    for wrong in (chosen, tmp_path / "none.png"):
        with pytest.raises(LogoUnusable, match=re.escape(str(wrong))):
            find_logo(wrong)


async def test_a_name_in_the_list_is_no_formula(tmp_path: Path, now: datetime) -> None:
    [door] = await make_doors(1)
    await db.execute("UPDATE place SET name = '=HYPERLINK(\"https://evil.example\")' WHERE id = $1", door)
    await qr.mint_bound([door], keys=KEYS, now=now)

    [file] = await press.run(job(tmp_path / "street.csv", format=Format.CSV))

    with file.open(encoding="utf-8-sig") as content:
        [row] = csv.DictReader(content)
    assert row["place"] == '\'=HYPERLINK("https://evil.example")'
