"""Printing: what is released can be printed, what cannot be read back is not released."""

import csv
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from backend import db
from backend.commands.sheet import dirt_warning
from qr import service as qr
from qr.codes import grouped
from qr.payload import payload
from qr.printing import pdf, press, proof
from qr.printing.fonts import FontLacks, FontMissing, find_font
from qr.printing.job import Format, PrintJob, Selection
from qr.printing.layout import Label
from qr.printing.proof import ProofFailed
from tests.makers.qr import AREA, KEYS, make_codes, make_doors

pytestmark = pytest.mark.usefixtures("database")

TOWN = payload("https://q.example.gov.cn")


def job(out: Path, **changes: object) -> PrintJob:
    wanted: dict = {"selection": Selection(area=AREA), "payload": TOWN, "hotline": "12345", "font": find_font(None)}
    return PrintJob(**{**wanted, "out": out, **changes})


async def test_a_street_is_printed_on_a4_with_names_codes_and_the_hotline(tmp_path: Path, now: datetime) -> None:
    bound = await qr.mint_bound(await make_doors(23), keys=KEYS, now=now)

    [file] = await press.run(job(tmp_path / "street.pdf"))

    document = pypdfium2.PdfDocument(file)
    assert len(document) == 2
    assert [round(side / 72 * 25.4) for side in document[0].get_size()] == [210, 297]
    words = document[0].get_textpage().get_text_bounded() + document[1].get_textpage().get_text_bounded()
    assert all(grouped(code) in words for code in bound.values())
    assert "莲安东路22号" in words
    assert words.count("热线12345") == 23


async def test_plates_come_in_the_order_of_the_street(tmp_path: Path, now: datetime) -> None:
    bound = await qr.mint_bound(await make_doors(30), keys=KEYS, now=now)

    [file] = await press.run(job(tmp_path / "street.csv", format=Format.CSV))

    with file.open(encoding="utf-8-sig") as content:
        rows = list(csv.DictReader(content))
    assert [row["code"] for row in rows] == list(bound.values())
    assert rows[0]["url"] == TOWN.url(rows[0]["code"])


async def test_a_batch_is_printed_before_anybody_knows_its_doors(tmp_path: Path, now: datetime) -> None:
    minted = await make_codes(3, now)
    wanted = job(tmp_path / "batch.zip", selection=Selection(batch_id=1), format=Format.SVG_ZIP)

    [file] = await press.run(wanted)

    with zipfile.ZipFile(file) as archive:
        assert sorted(archive.namelist()) == [f"{code}.svg" for code in minted]


async def test_replaced_and_revoked_plates_are_not_printed_again(tmp_path: Path, now: datetime) -> None:
    bound = await qr.mint_bound(await make_doors(3), keys=KEYS, now=now)
    gone, stays, old = bound.values()
    [fresh] = await make_codes(1, now)
    await qr.revoke(gone, actor=None, now=now, why="")
    await qr.replace(old, fresh, actor=None, now=now)

    [file] = await press.run(job(tmp_path / "street.csv", format=Format.CSV))

    assert {line.split(",")[0] for line in file.read_text("utf-8-sig").splitlines()[1:]} == {stays, fresh}


async def test_a_single_plate_is_a_page_of_its_own_size(tmp_path: Path, now: datetime) -> None:
    await qr.mint_bound(await make_doors(2), keys=KEYS, now=now)

    [file] = await press.run(job(tmp_path / "plates.pdf", symbol_mm=120, is_single=True))

    document = pypdfium2.PdfDocument(file)
    width_mm, height_mm = (side / 72 * 25.4 for side in document[0].get_size())
    assert len(document) == 2
    assert width_mm == pytest.approx(120 * 41 / 33 + 10, abs=0.1)
    assert height_mm > width_mm


async def test_a_logo_is_printed_and_the_symbol_still_reads(tmp_path: Path, now: datetime) -> None:
    await qr.mint_bound(await make_doors(20), keys=KEYS, now=now)
    Image.new("RGB", (64, 64), "#14509a").save(tmp_path / "logo.png")

    files = await press.run(job(tmp_path / "street.pdf", logo=tmp_path / "logo.png"))

    assert len(files) == 1


async def test_a_large_selection_comes_in_volumes_and_goes_on_after_an_interruption(
    tmp_path: Path, now: datetime
) -> None:
    await qr.mint_bound(await make_doors(5), keys=KEYS, now=now)
    wanted = job(tmp_path / "street.pdf", volume_labels=2)
    seen: list[tuple[int, int]] = []

    files = await press.run(wanted, lambda done, total: seen.append((done, total)))
    second, written = files[1], [file.stat().st_mtime_ns for file in files]
    second.unlink()
    again = await press.run(wanted)

    assert [file.name for file in files] == ["street-0001.pdf", "street-0002.pdf", "street-0003.pdf"]
    assert seen == [(2, 5), (4, 5), (5, 5)]
    assert again == files
    kept = [file.stat().st_mtime_ns == before for file, before in zip(again, written, strict=True)]
    assert kept == [True, False, True]


async def test_a_sheet_with_a_wrong_symbol_is_not_released(
    tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    await qr.mint_bound(await make_doors(4), keys=KEYS, now=now)
    honest = pdf.write

    def with_two_swapped(out: Path, labels: Sequence[Label], *rest: object) -> None:
        honest(out, [labels[1], labels[0], *labels[2:]], *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(pdf, "write", with_two_swapped)

    with pytest.raises(ProofFailed):
        await press.run(job(tmp_path / "street.pdf"))
    assert not (tmp_path / "street.pdf").exists()


async def test_a_smudge_over_a_symbol_is_noticed(tmp_path: Path, now: datetime) -> None:
    await qr.mint_bound(await make_doors(1), keys=KEYS, now=now)
    wanted = job(tmp_path / "street.pdf", logo=None)
    [file] = await press.run(wanted)
    other = Label("000000000000", "https://q.example.gov.cn/q/000000000000", "", "")

    with pytest.raises(ProofFailed):
        proof.check_pdf(file, [other], wanted.grid)


def test_a_font_that_is_missing_is_named_with_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qr.printing.fonts._CANDIDATES", (str(tmp_path / "none.ttf"),))

    with pytest.raises(FontMissing, match="apt-get install fonts-wqy-microhei"):
        find_font()


@pytest.mark.parametrize("content", [b"root:x:0:0", b""])
def test_a_file_that_is_no_font_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "chosen.ttf").write_bytes(content)

    with pytest.raises(FontMissing, match="not a TrueType or OpenType font"):
        find_font(tmp_path / "chosen.ttf")


@pytest.mark.parametrize("form", [Format.PDF, Format.SVG_ZIP])
async def test_a_name_that_the_font_cannot_write_stops_the_sheet_and_is_named(
    tmp_path: Path, now: datetime, form: Format
) -> None:
    doors = await make_doors(3)
    await db.execute("UPDATE place SET name = '𠮷野家🔥' WHERE id = $1", doors[1])
    bound = await qr.mint_bound(doors, keys=KEYS, now=now)

    with pytest.raises(FontLacks) as refused:
        await press.run(job(tmp_path / "street.out", format=form))

    assert f"{grouped(bound[doors[1]])} 𠮷野家🔥: 𠮷🔥" in str(refused.value)
    assert not (tmp_path / "street.out").exists()


async def test_a_gap_is_printed_where_somebody_asked_for_it(tmp_path: Path, now: datetime) -> None:
    [door] = await make_doors(1)
    await db.execute("UPDATE place SET name = '𠮷野家' WHERE id = $1", door)
    await qr.mint_bound([door], keys=KEYS, now=now)

    [file] = await press.run(job(tmp_path / "street.pdf", has_gaps=True))

    assert "〓野家" in pypdfium2.PdfDocument(file)[0].get_textpage().get_text_bounded()


async def test_a_name_stands_on_one_line_without_what_only_steers(tmp_path: Path, now: datetime) -> None:
    [door] = await make_doors(1)
    await db.execute("UPDATE place SET name = E'\u202e张三\n小吃\u200b店\a' WHERE id = $1", door)
    await qr.mint_bound([door], keys=KEYS, now=now)

    [file] = await press.run(job(tmp_path / "street.pdf"))

    assert "张三 小吃店" in pypdfium2.PdfDocument(file)[0].get_textpage().get_text_bounded()


async def test_a_name_too_long_for_the_plate_keeps_both_its_ends(tmp_path: Path, now: datetime) -> None:
    [door] = await make_doors(1)
    await db.execute("UPDATE place SET name = '川沙路' || repeat('长', 90) || '567室' WHERE id = $1", door)
    await qr.mint_bound([door], keys=KEYS, now=now)

    [file] = await press.run(job(tmp_path / "street.pdf"))

    words = pypdfium2.PdfDocument(file)[0].get_textpage().get_text_bounded().splitlines()[0]
    assert words.startswith("川沙路")
    assert words.endswith("567室")
    assert words.count("长") == pytest.approx(28, abs=4)


@pytest.mark.parametrize(
    ("base_url", "level", "words"),
    [
        ("https://q.example.gov.cn", "Q", "a shorter YIMA_CODE_PREFIX"),
        ("https://q.pud.gov.cn", "H", ""),
        ("https://q.hs.cn", "Q", "--level H fits"),
    ],
)
def test_whoever_prints_below_level_h_is_told_what_dirt_will_do(
    tmp_path: Path, base_url: str, level: str, words: str
) -> None:
    wanted = job(tmp_path / "plates.pdf", payload=payload(base_url))

    assert wanted.stencil.level == level
    assert (words in dirt_warning(wanted)) if words else dirt_warning(wanted) == ""
