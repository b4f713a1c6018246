"""A recorded request becomes a pgbench script: where each value comes from is seen in how it differs."""

import pytest

from bench.parts.script import Inputs, NothingInCommon, Recording, Script, Statement, script_of

CODES = ("K7", "M3")
INPUTS = Inputs(
    "\\set pick random(1, 2)\n",
    {"code": "(:keys::text[])[:pick::int]"},
    "code",
    CODES,
)


def recordings(statements_of, inputs_of=lambda number, code: {"code": code}) -> list[Recording]:
    """Two for each code; `statements_of` is given the number of the recording and its code."""
    numbered = [(number, CODES[number % 2]) for number in range(4)]
    return [Recording(inputs_of(*each), statements_of(*each)) for each in numbered]


def script(statements_of, **more) -> Script:
    return script_of(recordings(statements_of, **more), INPUTS)


def test_what_is_always_the_same_is_a_constant():
    made = script(lambda number, code: [Statement("SELECT $1, $2", ["bigint", "text"], ["7", None], [])])

    assert made.text.endswith("SELECT :c1::bigint, NULL::text;\n")
    assert made.variables == {"c1": "7", "keys": '{"K7","M3"}'}


def test_what_the_request_was_made_of_is_drawn_anew():
    made = script(lambda number, code: [Statement("SELECT FROM qr_code WHERE code = $1", ["text"], [code], [])])

    assert (
        made.text == "\\set pick random(1, 2)\nSELECT FROM qr_code WHERE code = ((:keys::text[])[:pick::int])::text;\n"
    )


def test_what_a_statement_answered_is_handed_on():
    def statements(number: int, code: str) -> list[Statement]:
        return [
            Statement("INSERT … RETURNING id", [], [], [{"id": str(100 + number)}]),
            Statement("INSERT INTO step VALUES ($1)", ["bigint"], [str(100 + number)], None),
        ]

    made = script(statements)

    assert made.text.splitlines()[1:] == [
        "INSERT … RETURNING id \\gset s0_",
        "INSERT INTO step VALUES (nullif(:s0_id::text, '')::bigint);",
    ]


def test_an_element_of_an_answered_array_is_handed_on_inside_bytes():
    def statements(number: int, code: str) -> list[Statement]:
        payload = {"hex": f"[{100 + number}]".encode().hex()}
        return [
            Statement("SELECT ids", [], [], [{"ids": [str(100 + number)]}]),
            Statement("SELECT enqueue($1)", ["bytea[]"], [[payload]], None),
        ]

    made = script(statements)

    assert "ARRAY[convert_to(:c1::text || (:s0_ids::text[])[1] || :c2::text, 'UTF8')]::bytea[]" in made.text
    assert (made.variables["c1"], made.variables["c2"]) == ("[", "]")


def test_what_depends_on_the_code_alone_is_looked_up_by_it():
    places = {"K7": "31", "M3": None}
    made = script(lambda number, code: [Statement("SELECT $1", ["bigint"], [places[code]], [])])

    assert "nullif((:c1::text[])[:pick::int], '')::bigint" in made.text
    assert made.variables["c1"] == '{"31",NULL}'


def test_what_is_drawn_by_chance_is_drawn_again():
    def statements(number: int, code: str) -> list[Statement]:
        return [Statement("SELECT $1", ["text"], [f"fhgFGF5YKaw3De9ZHmrPUNN{number}"], [])]

    made = script(statements)

    assert "md5(concat(:c1::text, :photo::text))" in made.text
    assert ", 24)" in made.text


def test_a_fact_is_taken_apart_into_words():
    def statements(number: int, code: str) -> list[Statement]:
        fact = f'{{"name":"OrderOpened","id":{100 + number},"place":"{code}路1号","at":"08:00:0{number}Z"}}'
        return [
            Statement("SELECT opened", [], [], [{"id": str(100 + number)}]),
            Statement("SELECT record($1)", ["jsonb"], [fact], []),
        ]

    made = script(statements)

    assert made.text.splitlines()[-1] == (
        "SELECT record(nullif(:c3::text || :s0_id::text || :c4::text || (:c1::text[])[:pick::int]"
        " || :c5::text || :c2::text || :c6::text, '')::jsonb);"
    )
    assert made.variables["c1"] == '{"K7路1号","M3路1号"}'
    assert (made.variables["c2"], made.variables["c5"]) == ("03Z", '","at":"08:00:')
    assert made.as_recorded == ["SELECT record($1) $1: 03Z"]


def test_an_array_of_several_kinds_of_values_is_written_out():
    made = script(lambda number, code: [Statement("SELECT $1", ["text[]"], [["", code]], [])])

    assert "ARRAY[''::text, ((:keys::text[])[:pick::int])::text]::text[]" in made.text


def test_nothing_is_left_that_pgbench_would_take_for_a_variable():
    text = "SELECT to_char(now(), 'HH24:MI'), a[1:n], '{}'::text -- it's :late\nFROM t"
    made = script(lambda number, code: [Statement(text, [], [], [])])

    assert made.text.splitlines()[1] == "SELECT to_char(now(), ('HH24:' || 'MI')), a[1: n], '{}'::text "


def test_a_request_that_sent_something_else_is_left_out():
    usual = [Statement("SELECT 1", [], [], [])]
    odd = [Statement("SELECT 2", [], [], [])]

    assert script(lambda number, code: odd if number == 3 else usual).statements == 1
    with pytest.raises(NothingInCommon, match="2 of 4"):
        script(lambda number, code: odd if number > 1 else usual)


def test_a_request_without_statements_makes_an_empty_script():
    assert script(lambda number, code: []).statements == 0
