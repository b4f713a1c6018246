"""One report as a pgbench script: the captured texts, with a variable wherever each needs a value of its own.

The code is drawn from the street's, the photo is the next fresh one, and what an earlier statement of the same
transaction answered is handed on (`\\gset`). All other values are sent as captured, as parameters too. So every
transaction touches rows of the same kind as a report does, and writes as many.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from bench.parts.statements import BEGIN, COMMIT, Statement, Statements

_PLACEHOLDER = re.compile(r"\$(\d+)")
_NEXT_PHOTO = "\\set n :n + 1\n\\set photo :first_photo + :client_id * 1000000 + :n\n"


class Varying(NamedTuple):
    """A statement of the report, known by a word of it: which placeholders vary, and how its answer is called later."""

    word: str
    varies: dict[int, str]
    answer: str = ""


VARYING = (
    Varying("FROM qr_code", {1: ":a_code"}, "door"),
    Varying("FROM item", {2: ":door_area_code", 6: ":door_grid_code"}, "dispatch"),
    Varying(
        "INSERT INTO work_order",
        {
            3: ":door_id",
            4: ":door_area_code",
            5: ":door_grid_code",
            6: ":door_lng",
            7: ":door_lat",
            11: ":dispatch_unit_id",
        },
        "opened",
    ),
    Varying("INSERT INTO photo_attachment", {1: "ARRAY[md5(:photo::text)::uuid]", 4: ":opened_step_id"}),
    Varying("INSERT INTO event_log", {1: "replace(:fact, '%order%', :opened_order_id)"}, "fact"),
    Varying("INSERT INTO pgqueuer", {3: "ARRAY[convert_to(translate(:fact_ids, '{}', '[]'), 'UTF8')]"}),
    Varying(
        "INSERT INTO report",
        {1: "md5('client' || :photo::text)", 3: ":opened_order_id", 4: "md5('token' || :photo::text)", 5: ":door_code"},
    ),
)


class Script(NamedTuple):
    text: str
    variables: dict[str, str]


class UnknownStatement(RuntimeError):
    """A report sends something that this page does not know how to vary."""


def script_of(report: Statements, codes: Sequence[str], order_id: int) -> Script:
    """The script. Variables `first_photo` and `n` are the caller's. Raises UnknownStatement."""
    if (report[0].sql, report[-1].sql) != (BEGIN, COMMIT) or len(report) != len(VARYING) + 2:
        raise UnknownStatement([said.sql for said in report])
    variables: dict[str, str] = {}
    middle = [_line(said, varying, variables) for said, varying in zip(report[1:-1], VARYING, strict=True)]
    choice = f"('{{{','.join(codes)}}}'::text[])[:pick::int]"
    draw = f"\\set pick random(1, {len(codes)})\n"
    text = "\n".join([f"{draw}{_NEXT_PHOTO}BEGIN;", *middle, "COMMIT;\n"]).replace(":a_code", choice)
    fact = next(said for said in report if "INSERT INTO event_log" in said.sql).values[0]
    return Script(text, {**variables, "fact": fact.replace(str(order_id), "%order%")})


def _line(said: Statement, varying: Varying, variables: dict[str, str]) -> str:
    if varying.word not in said.sql:
        raise UnknownStatement(said.sql)

    def replacement(placeholder: re.Match[str]) -> str:
        number = int(placeholder[1])
        return varying.varies.get(number) or _constant(said.values[number - 1], variables)

    return _PLACEHOLDER.sub(replacement, said.sql.strip()) + (f" \\gset {varying.answer}_" if varying.answer else ";")


def _constant(value: Any, variables: dict[str, str]) -> str:
    text = literal(value)
    if text is None:
        return ":nothing"  # a variable that nobody sets is sent as NULL
    name = next((name for name, known in variables.items() if known == text), f"constant_{len(variables) + 1}")
    variables[name] = text
    return f":{name}"


def literal(value: Any) -> str | None:
    """A value in PostgreSQL's text form, None for NULL."""
    match value:
        case None:
            return None
        case datetime():
            return value.isoformat()
        case timedelta():
            return f"{value.total_seconds()} seconds"
        case bytes():
            return "\\x" + value.hex()
        case list() | tuple():
            return "{" + ",".join("NULL" if each is None else _quoted(literal(each) or "") for each in value) + "}"
        case _:
            return str(value)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
