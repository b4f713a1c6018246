"""Commands as an operator types them. Starting the product takes a second; a table of them shares one start."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
_ONE_AFTER_ANOTHER = """
import contextlib, io, json, sys
from backend import cli
typed, sys.stdin, answers = json.load(sys.stdin), io.StringIO(), []
for words in typed:
    sys.argv = ["yima", *words]
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()) as err:
        try:
            code = cli.main()
        except SystemExit as stop:
            code = stop.code
    answers.append((code, out.getvalue(), err.getvalue()))
json.dump(answers, sys.stdout)
"""


class Answer(NamedTuple):
    code: int
    out: str
    err: str


def type_all(database: str, commands: Iterable[Sequence[str]], **settings: str) -> list[Answer]:
    """What each command answers, in a process of their own; one that breaks off breaks off all."""
    environment = {"PATH": os.environ["PATH"], "DATABASE_URL": database, **settings}
    asked = subprocess.run(
        [sys.executable, "-c", _ONE_AFTER_ANOTHER],
        cwd=ROOT,
        env=environment,
        input=json.dumps([list(words) for words in commands]),
        capture_output=True,
        text=True,
    )
    assert asked.returncode == 0, asked.stderr
    return [Answer(*answer) for answer in json.loads(asked.stdout)]
