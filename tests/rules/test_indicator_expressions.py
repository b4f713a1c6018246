"""The language of indicators: what is read, what is refused and where, and that it is computed exactly."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.indicators.errors import ExpressionWrong
from backend.indicators.expressions.compiling import Slots, compiled
from backend.indicators.expressions.nodes import (
    Constant,
    MeasureReading,
    Negative,
    Node,
    Operation,
    is_linear,
    narrowed,
    text_of,
)
from backend.indicators.expressions.parser import known, parse
from backend.indicators.expressions.vocabulary import Vocabulary
from backend.web.i18n import error_texts

KNOWN = Vocabulary(frozenset({"A", "A1", "A101", "A102", "B", "B1"}), frozenset({"closed", "due", "closed_on_time"}))
WRONG = [
    ("", "ends_early", 1, ""),
    ("closed +", "ends_early", 9, ""),
    ("closed due", "left_over", 8, "due"),
    ("clsed", "measure", 1, "clsed"),
    ("closed / (due", "expected", 14, ")"),
    ("closed # 2", "character", 8, "#"),
    ("closed * )", "operand", 10, ")"),
    ("closed[item=Z9]", "value_of_item", 13, "Z9"),
    ("closed[priority=P7]", "value_of_priority", 17, "P7"),
    ("closed[source=phone]", "value_of_source", 15, "phone"),
    ("closed[street=x]", "filter", 8, "street"),
    ("closed[item=A1, item=B]", "filter_twice", 17, "item"),
    ("closed[item=A|A101]", "overlap", 15, "A101"),
    ("closed[priority=P1|P1]", "overlap", 20, "P1"),
    ("closed[item A1]", "expected", 13, "="),
    ("closed[item=A1", "expected", 15, "]"),
    ("closed[]", "filter", 8, "]"),
    ("1234567890123", "number", 1, "1234567890123"),
    ("(" * 40 + "closed" + ")" * 40, "too_deep", 32, ""),
    ("closed + " * 60 + "closed", "too_long", 501, ""),
    ("closed\x00", "character", 7, "\x00"),
    ("结案", "character", 1, "结"),
]


@pytest.mark.parametrize(("text", "reason", "position", "part"), WRONG, ids=[text[:24] for text, *_ in WRONG])
def test_a_wrong_expression_is_refused_with_the_reason_and_the_place(text, reason, position, part):
    with pytest.raises(ExpressionWrong) as refused:
        parse(text, KNOWN)

    assert (refused.value.reason, refused.value.position, refused.value.part) == (reason, position, part)
    for lang in ("zh", "en"):
        said = error_texts.sentence(refused.value, lang)
        assert str(position) in said
        assert "expression." not in said


@pytest.mark.parametrize(
    ("text", "sums", "value"),
    [
        ("closed", {"closed": 7}, 7),
        ("2 + 3 * 4 - 1", {}, 13),
        ("(2 + 3) * 4", {}, 20),
        ("closed / due", {"closed": 1, "due": 3}, Fraction(1, 3)),
        ("10 - 4 - 3", {}, 3),
        ("-closed + 2 * -due", {"closed": 1, "due": 2}, -5),
        ("0.1 + 0.2", {}, Fraction(3, 10)),
        ("closed[item=A1|B, priority=P1]", {"closed[item=A1, priority=P1]": 2, "closed[item=B, priority=P1]": 3}, 5),
    ],
)
def test_an_expression_is_worth(text, sums, value):
    assert worth(parse(text), sums) == value


def test_nothing_divided_by_nought_is_not_a_number():
    with pytest.raises(ZeroDivisionError):
        worth(parse("closed / due"), {})


def test_narrowing_reaches_every_measure():
    node = narrowed(parse("2 * closed / (due[priority=P1] + 1)"), "item", "A1")

    assert text_of(node) == "2 * closed[item=A1] / (due[item=A1, priority=P1] + 1)"


@pytest.mark.parametrize(
    ("text", "linear"),
    [
        ("closed", True),
        ("2 * closed - due", True),
        ("closed / 2", True),
        ("closed + 1", False),
        ("closed * due", False),
    ],
)
def test_which_expressions_add_up_row_by_row(text, linear):
    assert is_linear(parse(text)) is linear


READINGS = st.builds(
    MeasureReading,
    st.sampled_from(["closed", "due", "filed"]),
    st.sampled_from(
        [((),), ((("item", "A1"),),), ((("item", "A"), ("priority", "P1")), (("item", "B"), ("priority", "P1")))]
    ),
)
CONSTANTS = st.builds(
    Constant, st.integers(0, 999) | st.sampled_from([Fraction(1, 2), Fraction(5, 4), Fraction(1, 100)])
)


def trees(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.builds(Negative, inner) | st.builds(Operation, st.sampled_from("+-*/"), inner, inner)


@given(st.recursive(READINGS | CONSTANTS, trees, max_leaves=12), st.lists(st.integers(0, 50), min_size=12, max_size=12))
def test_what_is_written_down_reads_as_the_same_and_is_worth_the_same(node, numbers):
    again = parse(text_of(node))

    slots = Slots()
    one, other = compiled(node, slots), compiled(again, slots)
    values = [numbers[place % 12] for place in range(len(slots.places))]
    try:
        expected = one(values)
    except ZeroDivisionError:
        with pytest.raises(ZeroDivisionError):
            other(values)
        return
    assert other(values) == expected


@given(st.text(max_size=60) | st.text("closed due[item=A1]()+-*/.0123,|", max_size=60))
def test_whatever_is_typed_is_read_or_refused_at_a_place_within_it(text):
    try:
        parse(text, KNOWN)
    except ExpressionWrong as refused:
        assert 1 <= refused.position <= len(text) + 1


def worth(node: Node, sums: dict[str, int]):
    slots = Slots()
    evaluate = compiled(node, slots)
    return evaluate([sums.get(text_of(MeasureReading(measure, (selector,))), 0) for measure, selector in slots.places])


def test_what_is_typed_is_not_remembered():
    """Each comes with a vocabulary of its own: four thousand of them would be a hundred megabytes."""
    before = known.cache_info().currsize

    for number in range(20):
        parse(f"closed + {number}", Vocabulary(frozenset({"A"}), frozenset({"closed"})))

    assert known.cache_info().currsize == before
