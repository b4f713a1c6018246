"""Colours of maps and of the wall: told apart by all kinds of colour vision, and seen on what they lie upon.

Colour vision is simulated after Machado, Oliveira and Fernandes (2009, severity 1), distances are those of CIELAB
(1976): 2 is just to be seen side by side. Contrast is WCAG's.
"""

import re
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from backend.web.assets import files
from backend.web.views import grid_map, shop_map

Rgb = tuple[float, float, float]
VISION = {
    "usual": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
}
APART, NEIGHBOURS_APART = 20.0, 17.0
"""Of colours that mean different things; of steps that follow each other from light to dark."""
SHAPE_CONTRAST, LETTER_CONTRAST = 3.0, 4.5
LAND, PAPER = "#f2f5f8", "#ffffff"


def said(path: Path, pattern: str) -> dict[str, str]:
    """Colours by name, as a script or a style sheet says them."""
    found = dict(re.findall(pattern, path.read_text(encoding="utf-8")))
    assert found, path
    return found


SIGNS = said(files.SCRIPTS / "map/order_signs.js", r"const (IN_TIME|LATE|RESTING) = '(#\w{6})'")
DOTS = said(files.STYLES / "pages/desk_map.css", r"\.grid-map \.(good|plain|warn|bad) \{ fill: (#\w{6})")
TOKENS = said(files.STYLES / "base/tokens.css", r"--(blue|ink|card|red): (#\w{3,6});")
GROUPS = {
    "signs of orders": list(SIGNS.values()),
    "devices": list(DOTS.values()),
    "grades of shops": [each.fill for each in shop_map.GRADE_COLOURS.values()],
    "bars of days": [TOKENS["blue"], TOKENS["ink"]],
}


def linear(colour: str) -> Rgb:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return tuple(each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in (red, green, blue))  # type: ignore[return-value]


def lab(colour: str, vision: str) -> Rgb:
    seen = linear(colour)
    red, green, blue = (
        min(1.0, max(0.0, sum(share * part for share, part in zip(row, seen, strict=True)))) for row in VISION[vision]
    )
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    bent = [each ** (1 / 3) if each > 0.008856 else 7.787 * each + 16 / 116 for each in (x, y, z)]
    return 116 * bent[1] - 16, 500 * (bent[0] - bent[1]), 200 * (bent[1] - bent[2])


def distance(one: str, other: str, vision: str) -> float:
    return sum((a - b) ** 2 for a, b in zip(lab(one, vision), lab(other, vision), strict=True)) ** 0.5


def contrast(one: str, other: str) -> float:
    light = sorted(
        sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear(each), strict=True)) for each in (one, other)
    )
    return (light[1] + 0.05) / (light[0] + 0.05)


def test_black_and_white_are_as_far_apart_as_can_be_and_red_and_green_are_not_for_everybody() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert distance("#000000", "#ffffff", "usual") == pytest.approx(100, abs=0.1)
    assert distance("#c83232", "#6e7d32", "usual") > 3 * distance("#c83232", "#6e7d32", "protanopia")


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("group", GROUPS)
def test_colours_that_mean_different_things_are_told_apart(group: str, vision: str) -> None:
    near = {pair: distance(*pair, vision) for pair in combinations(GROUPS[group], 2)}

    assert {pair: how for pair, how in near.items() if how < APART} == {}


@pytest.mark.parametrize("vision", VISION)
def test_steps_go_from_light_to_dark_each_apart_from_the_next(vision: str) -> None:
    fills = [each.fill for each in grid_map.STEP_COLOURS]
    lightness = [lab(each, vision)[0] for each in fills]

    assert lightness == sorted(lightness, reverse=True)
    assert min(distance(*pair, vision) for pair in pairwise(fills)) >= NEIGHBOURS_APART


@pytest.mark.parametrize("colours", [*grid_map.STEP_COLOURS, *shop_map.GRADE_COLOURS.values()])
def test_numbers_are_read_on_their_cells(colours: grid_map.CellColours) -> None:
    assert contrast(colours.ink, colours.fill) >= LETTER_CONTRAST


@pytest.mark.parametrize("ground", [LAND, PAPER])
def test_signs_and_lines_are_seen_on_the_ground(ground: str) -> None:
    seen = [*SIGNS.values(), *DOTS.values(), TOKENS["blue"], TOKENS["ink"], grid_map.EDGE, grid_map.HATCH]

    assert {each for each in seen if contrast(each, ground) < SHAPE_CONTRAST} == set()
