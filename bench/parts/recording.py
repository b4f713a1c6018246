"""Let a build say what it asks of PostgreSQL for some requests: it records itself, in a process of its own checkout."""

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bench.parts.script import Recording, Statement
from bench.parts.stage import BenchFailed, Stage

PROGRAM = Path(__file__).with_name("inside.py")
WARM_UP = 8
"""The first requests, whose statements are left out: the driver asks for types, caches are empty."""


class Request(NamedTuple):
    made_of: dict[str, str]
    """By name, what the script draws anew for each transaction."""
    path: str
    headers: dict[str, str] = {}
    body: str = ""
    """POST where there is one, else GET."""


def record(here: Stage, requests: Sequence[Request]) -> list[Recording]:
    """What each request but the first few sent. Raises BenchFailed when one of them was refused."""
    file = here.logs / "recorded.json"
    sent = [
        {"method": "POST" if each.body else "GET", "path": each.path, "headers": each.headers, "body": each.body}
        for each in requests
    ]
    run_inside(here, "record", str(file), text=json.dumps(sent))
    answers: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))
    recorded = []
    for request, answer in list(zip(requests, answers, strict=True))[WARM_UP:]:
        if answer["status"] >= 300:
            raise BenchFailed(f"{request.path} was answered with {answer['status']} while it was recorded")
        recorded.append(Recording(request.made_of, [Statement(**each) for each in answer["statements"]]))
    return recorded


def run_inside(here: Stage, *words: str, text: str = "") -> None:
    """Run a part of `bench/parts/inside.py` in the checkout. Raises BenchFailed with what it said."""
    env = {**here.environment, "PYTHONPATH": os.fspath(here.checkout)}
    argv = [here.python, "-P", PROGRAM, *words]
    done = subprocess.run(argv, cwd=here.checkout, env=env, input=text, capture_output=True, text=True, check=False)
    if done.returncode:
        said = f"{done.stdout[-2000:]}{done.stderr[-4000:]}"
        raise BenchFailed(f"{words[0]} in {here.checkout} ended with {done.returncode}:\n{said}")
