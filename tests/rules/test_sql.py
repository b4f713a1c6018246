"""Statements by name: every value lands where its name stands, whatever order it is given in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.sql import Sql, sql


def test_a_name_becomes_a_number_and_its_value_stands_at_that_number() -> None:
    statement = sql("SELECT :second::int, :first, :second", first="a", second=2)

    assert statement.bound() == ("SELECT $1::int, $2, $1", [2, "a"])


def test_casts_literals_and_braces_of_postgresql_are_left_alone() -> None:
    text = "SELECT to_char(now(), 'HH24:MI'), '{}'::jsonb, 'a:1', x::text[] FROM t WHERE id = :id"

    assert sql(text, id=7).bound() == (text.replace(":id", "$1"), [7])


def test_a_fragment_brings_its_own_values() -> None:
    mine = sql("o.handler_id = :account_id", account_id=5)

    statement = sql("SELECT 1 FROM work_order o WHERE ({mine}) AND o.state = :state", mine=mine, state="closed")

    assert statement.bound() == (
        "SELECT 1 FROM work_order o WHERE (o.handler_id = $1) AND o.state = $2",
        [5, "closed"],
    )


def test_two_fragments_may_share_a_value_but_not_contradict_each_other() -> None:
    one, same, other = (Sql("x = :x", {"x": value}) for value in (1, 1, 2))

    assert sql("{a} AND {b}", a=one, b=same).bound() == ("x = $1 AND x = $1", [1])
    with pytest.raises(TypeError, match="given twice"):
        sql("{a} AND {b}", a=one, b=other)


@pytest.mark.parametrize(
    ("text", "values", "said"),
    [
        ("SELECT :a", {}, "asked for"),
        ("SELECT :a", {"b": 1}, "missing"),
        ("SELECT :a", {"a": 1, "b": 2}, "asked for"),
        ("SELECT 1", {"a": 1}, "asked for"),
    ],
)
def test_a_value_too_few_or_too_many_is_refused(text: str, values: dict[str, int], said: str) -> None:
    with pytest.raises(TypeError, match=said):
        sql(text, **values).bound()


def test_a_fragment_without_a_place_is_refused() -> None:
    with pytest.raises(TypeError, match="no place"):
        sql("SELECT 1", mine=Sql("true"))


@given(st.permutations(["alpha", "beta", "gamma", "delta", "epsilon", "zeta"]), st.permutations(list(range(6))))
def test_the_order_in_which_values_are_given_does_not_matter(names: list[str], order: list[int]) -> None:
    values = {names[place]: place for place in order}

    text, bound = sql("SELECT " + ", ".join(f":{name}" for name in names), **values).bound()

    assert text == "SELECT $1, $2, $3, $4, $5, $6"
    assert bound == list(range(6))
