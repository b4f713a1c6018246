"""The tests of the mini-program are JavaScript, since the program is: jest runs them all in this one test."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local import miniprogram, node

HERE = Path(__file__).parent
PATIENCE_S = 120
WORKERS = 1
"""pytest has all cores busy already."""


def test_the_pages_of_the_mini_program_do_what_they_say(tmp_path: Path) -> None:
    if not node.is_ready(miniprogram.NAME):
        assert not os.environ.get("CI"), "the packages of requirements/miniprogram are missing"
        pytest.skip("the packages of requirements/miniprogram are missing: make test fetches them, where npm can")
    python, packages = Path(sys.executable), node.packages(miniprogram.NAME)
    compiled = tmp_path / "compiled"
    assert miniprogram.compile_into(python, compiled)

    jest = subprocess.run(
        [*node.command(python), packages / "jest" / "bin" / "jest.js", "--ci", f"--maxWorkers={WORKERS}"],
        cwd=HERE,  # with its configuration named from elsewhere, jest 30.5 looks for another one and stops
        env=os.environ
        | {"MINIPROGRAM_PACKAGES": str(packages), "MINIPROGRAM_COMPILED": str(compiled), "TZ": "Asia/Shanghai"},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
    )

    assert jest.returncode == 0, jest.stdout + jest.stderr
