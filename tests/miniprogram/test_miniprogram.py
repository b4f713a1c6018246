"""The tests of the mini-program are JavaScript, since the program is: jest runs them all in this one test."""

import os
import random
import subprocess

import pytest

from qr import codes
from tests.fixtures.compiled import TESTS, compiled_program, environment, jest

PATIENCE_S = 300
WORKERS = 1
"""pytest has all cores busy already."""
CODES = 50


def made_codes() -> str:
    """Codes as the server makes them, for the program's own check of what is typed."""
    keys, draw = codes.keyring("secret"), random.Random(1).getrandbits
    return " ".join(codes.compose(keys, draw) for _ in range(CODES))


def test_the_pages_of_the_mini_program_do_what_they_say(tmp_path_factory: pytest.TempPathFactory) -> None:
    compiled = compiled_program(tmp_path_factory)

    ended = subprocess.run(
        jest(f"--maxWorkers={WORKERS}"),
        cwd=TESTS,
        env=os.environ | environment(compiled) | {"MINIPROGRAM_CODES": made_codes()},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
    )

    assert ended.returncode == 0, ended.stdout + ended.stderr
