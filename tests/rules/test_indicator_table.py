"""The page about indicators holds the table that the command writes, and small figures stay with staff."""

from pathlib import Path

import pytest

from backend.indicators.disclosing import for_public
from backend.indicators.registry.table import shipped_table
from backend.indicators.structs import IndicatorFigure
from backend.web.views.line_chart import line_of, round_above

DOCUMENT = Path(__file__).parents[2] / "docs" / "indicators.md"


def test_the_document_holds_the_table_of_what_ships():
    assert shipped_table() in DOCUMENT.read_text(encoding="utf-8"), "yima indicators table"


@pytest.mark.parametrize(
    ("n", "value", "shown"), [(0, None, (None, 0, False)), (9, 0.5, (None, None, True)), (10, 0.5, (0.5, 10, False))]
)
def test_a_figure_of_few_cases_is_told_to_nobody_beyond_staff(n, value, shown):
    (figure,) = for_public([IndicatorFigure("filing_rate", "310115105", 1.0, float(n), value, n)])

    assert (figure.value, figure.n, figure.is_too_small) == shown


def test_a_line_breaks_where_a_day_has_no_value():
    drawn = line_of([("a", 0.5), ("b", 1.0), ("c", None), ("d", 0.0)], top=1.0)

    assert drawn is not None
    assert (len(drawn.paths), len(drawn.dots), drawn.top) == (1, 3, 1.0)
    assert [dot.y for dot in drawn.dots] == [100.0, 6.0, 194.0]
    assert line_of([("a", None)]) is None


@pytest.mark.parametrize(
    ("value", "above"), [(0, 1), (0.3, 0.5), (1, 1), (3, 5), (17, 20), (26, 50), (240, 250), (5e-324, 5e-324)]
)
def test_the_upper_edge_is_a_round_number(value, above):
    assert round_above(value) == pytest.approx(above)
