"""Symbols: the fast way draws what the encoder draws, and every decoder in the house reads it."""

import random

import pytest
import zxingcpp

from qr import codes, render
from qr.symbols import PayloadTooLong, stencil

KEYS = codes.keyring("a secret of the town")
CHANCE = random.Random(3)
CODES = [codes.compose(KEYS, CHANCE.getrandbits) for _ in range(25)]
PREFIXES = [
    "https://q.example.gov.cn/q/",
    "http://127.0.0.1:8000/q/",
    "HTTPS://Q.EXAMPLE.CN/Q/",
    "https://q.pd.cn/q/",
    "https://q.yima.cn/q/",
]


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_symbol_is_the_encoders_own_and_reads_as_its_address(prefix: str) -> None:
    cut = stencil(prefix)

    for code in CODES:
        symbol = cut.symbol(code)
        assert symbol.dark == cut._encode(code)
        [read] = zxingcpp.read_barcodes(render.image(symbol, 4))
        assert read.text == prefix + code


def test_an_ordinary_host_fits_version_four_and_a_short_or_upper_case_one_version_three() -> None:
    assert [stencil(prefix).version for prefix in PREFIXES] == [4, 4, 3, 3, 3]


def test_a_prefix_that_needs_finer_modules_than_plates_carry_is_refused() -> None:
    with pytest.raises(PayloadTooLong):
        stencil("https://a-very-long-host-name-of-the-city.example.gov.cn/q/")


def test_a_drawing_has_a_quiet_zone_and_its_size_in_millimetres() -> None:
    drawing = render.svg(stencil(PREFIXES[0]).symbol(CODES[0]), width_mm=40)

    assert 'viewBox="0 0 41 41" width="49.697mm"' in drawing
    assert "M4 4h7v1h-7z" in drawing
