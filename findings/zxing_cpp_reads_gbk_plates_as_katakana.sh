#!/bin/sh
# zxing-cpp 3.1.1, plates whose symbol holds Chinese text in GBK without an ECI.
#
# Expected: a phone in China shows the road, so a decoder gives it too, or says that it is not sure, or gives no text.
# Seen: of twenty road names none comes as Chinese. Some come as half-width katakana (the bytes taken for Shift_JIS),
#   the others as accented letters and signs (Latin-1); content_type says "Text" of all, and nothing says that it was a guess.
#   `bytes` are right each time, and what is ASCII in the text (an address, a number) is right as well. The same names
#   in UTF-8 come as they are, and so do those in GBK whose symbol names its ECI (29).
#   So a plate's text is good for the address in it, and Chinese of an older plate has to be read from `bytes`.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check zxing-cpp==3.1.1 segno==1.6.6 Pillow==13.0.0 numpy==2.4.6
"$folder/venv/bin/python" - <<'PY'
import io
import unicodedata

import numpy
import segno
import zxingcpp
from PIL import Image

ROADS = """南京东路 中山东一路 四川中路 福州路 广东路 延安东路 金陵东路 人民大道 西藏中路 浙江中路
河南中路 江西中路 城西路 听潮路 卫星路 英雄路 南门大街 北门路 靖海路 沪南公路""".split()


def seen(data: bytes) -> zxingcpp.Barcode:
    return seen_symbol(segno.make_qr(data, error="m"))


def seen_symbol(symbol: segno.QRCode) -> zxingcpp.Barcode:
    picture = io.BytesIO()
    symbol.save(picture, kind="png", scale=4, border=4)
    (found,) = zxingcpp.read_barcodes(numpy.array(Image.open(picture).convert("L")))
    return found


def script(text: str) -> str:
    """The road starts the text: katakana, Chinese, or else what Latin-1 has above ASCII."""
    name = unicodedata.name(text[0])
    return next((each for each in ("KATAKANA", "CJK") if each in name), "LATIN-1" if ord(text[0]) < 256 else name)


plates = {road: f"{road}12号 https://example.cn/q/AB12" for road in ROADS}
in_gbk = {road: seen(text.encode("gbk")) for road, text in plates.items()}
in_utf8 = {road: seen(text.encode()) for road, text in plates.items()}
scripts = [script(found.text) for found in in_gbk.values()]
print({name: scripts.count(name) for name in sorted(set(scripts))}, "of", len(ROADS))
assert set(scripts) == {"KATAKANA", "LATIN-1"}, "changed: GBK is read as something else"
assert all(found.content_type == zxingcpp.ContentType.Text for found in in_gbk.values()), "changed: it says more"
assert all(found.bytes.decode("gbk") == plates[road] for road, found in in_gbk.items())
assert all(found.text.endswith(" https://example.cn/q/AB12") for found in in_gbk.values())
assert all(found.text == plates[road] for road, found in in_utf8.items()), "UTF-8 without an ECI comes as it is"
assert seen_symbol(segno.make_qr(plates["福州路"], encoding="gbk", eci=True)).text == plates["福州路"]
PY
