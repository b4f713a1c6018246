"""`make test` and `make check`: what must be green before a change lands."""

import os
import shlex
import signal
import subprocess
import time
from pathlib import Path

from deploy.local import (
    broker,
    browser,
    cluster,
    database,
    miniprogram,
    postgres,
    processes,
    progress,
    scripts,
    state,
    stop,
    venv,
)
from deploy.local.state import State

PYTEST_PATIENCE_S = 20
SCRIPTS = "the scripts of the pages"
MINI_PROGRAM = "the mini-program"
TYPED = {SCRIPTS: scripts.check, MINI_PROGRAM: miniprogram.check}
"""What TypeScript checks, by its name."""
FAST = ("tests/rules", "tests/house")
CHECKS = (
    ("ruff format", ("-m", "ruff", "format", "--check", ".")),
    ("ruff check", ("-m", "ruff", "check", ".")),
    ("pyright", ("-m", "pyright")),
    (
        "the layers",
        ("-c", "from importlinter.cli import lint_imports_command as run; run()"),
    ),
    ("the conventions", ("-m", "pytest", "-q", "tests/house")),
)


def test() -> int:
    """Run all tests on a private database, or on DATABASE_URL, and return pytest's exit code."""
    here = state.of_this_run("test")
    state.hold(here)
    given = os.environ.get("DATABASE_URL")
    found = [] if given else postgres.find(here)
    python = venv.ready("dev", here)
    browser.ensure(here)
    broker.ensure(here)
    miniprogram.prepare_tests(python, here)
    if given:
        code = _pytest(python, here, given)
    else:
        with database.running(here, cluster.TESTS, found) as own:
            code = _pytest(python, here, own.url("yima_test_base"))
    return code


def test_fast() -> int:
    """Run the tests that need no database, rules and conventions, and return pytest's exit code."""
    here = state.of_this_run("check")
    python = venv.ready("dev", here)
    return _let_finish(processes.spawn(_pytest_argv(python, here, FAST), farewell=signal.SIGINT))


def check() -> int:
    """Run every check, the later ones even when an earlier one failed, and return 0 when all are content."""
    here = state.of_this_run("check")
    python = venv.ready("dev", here)
    failed = [name for name, arguments in CHECKS if not _passes(name, [python, *arguments])]
    for name, fits in TYPED.items():
        with progress.step(name, ""):
            failed += [] if fits(python, here) else [name]
    progress.report(*((f"not content: {', '.join(failed)}", "未通过") if failed else ("all checks passed", "全部通过")))
    return 1 if failed else 0


def check_scripts() -> int:
    """Type-check the scripts of the pages alone, for the hook before a commit."""
    here = state.of_this_run("check")
    return 0 if scripts.check(venv.ready("dev", here), here) else 1


def check_mini_program() -> int:
    """Type-check the mini-program alone, for the hook before a commit."""
    here = state.of_this_run("check")
    return 0 if miniprogram.check(venv.ready("dev", here), here) else 1


def _passes(name: str, argv: list[str | Path]) -> bool:
    with progress.step(name, ""):
        return processes.wait(processes.spawn(argv)) == 0


def _pytest(python: Path, here: State, url: str) -> int:
    env = os.environ | {"YIMA_TEST_DATABASE_URL": url, "PYTHONUNBUFFERED": "1"}
    return _let_finish(processes.spawn(_pytest_argv(python, here), env=env, farewell=signal.SIGINT))


def _pytest_argv(python: Path, here: State, folders: tuple[str, ...] = ()) -> list[str | Path]:
    """All cores that we may use, whoever is done first taking over from the others; what failed is remembered for
    ARGS=--last-failed; ARGS has the last word."""
    ours = [
        "-n",
        str(processes.cores()),
        "--dist",
        "worksteal",
        "-o",
        f"cache_dir={here.path / 'pytest-cache'}",
        "--durations",
        "10",
    ]
    return [python, "-m", "pytest", *ours, *shlex.split(os.environ.get("ARGS", "")), *folders]


def _let_finish(pytest: subprocess.Popen[bytes]) -> int:
    """Wait for pytest; when asked to stop, interrupt it once and give it time to clean up after itself."""
    while pytest.poll() is None:
        if stop.is_requested():
            processes.end(pytest, signal.SIGINT, PYTEST_PATIENCE_S)
            return 130
        time.sleep(0.1)
    return pytest.returncode
