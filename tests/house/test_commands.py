"""The command `yima`: it lists at once, knows its house, and says what to do where there is none."""

import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from backend import cli
from backend.commands import catalogue
from deploy.local import instance, venv
from deploy.local.state import State

ROOT = Path(__file__).parents[2]
HEAVY = ("asyncpg", "litestar", "msgspec", "piccolo", "structlog", "uvloop")


def typed(*words: str, folder: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-m", "backend.cli", *words]
    named = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(argv, cwd=folder, env=named, capture_output=True, text=True, check=False)


def test_the_list_of_commands_waits_for_none_of_them() -> None:
    script = f"""
import sys
from backend import cli
try:
    cli.main(["--help"])
except SystemExit:
    sys.exit(", ".join(name for name in {HEAVY} if name in sys.modules) or 0)
"""
    asked = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (asked.returncode, asked.stderr) == (0, "")
    assert all(name in asked.stdout for lines in catalogue.FAMILIES.values() for name in lines)


@pytest.mark.parametrize("module", catalogue.FAMILIES)
def test_the_list_says_of_each_command_what_the_command_says(module: str) -> None:
    told: dict[str, str] = {}

    class Listening:
        def add_parser(self, name: str, *, help: str = "", **_: object) -> object:
            told[name] = help
            return cli.argparse.ArgumentParser()

    import_module(f"backend.commands.{module}").register(Listening())

    assert told == catalogue.FAMILIES[module]


@pytest.mark.parametrize("words", [("staff", "list"), ("serve",), ("qr", "mint", "1")], ids=str)
def test_outside_every_house_a_command_says_what_to_do(tmp_path: Path, words: tuple[str, ...]) -> None:
    asked = typed(*words, folder=tmp_path, YIMA_STATE=str(tmp_path / "none"))

    assert asked.returncode == 2
    assert "make run" in asked.stderr
    assert "DATABASE_URL" in asked.stderr
    assert "YIMA_STATE" in asked.stderr
    assert "Traceback" not in asked.stderr


def test_a_database_that_does_not_answer_is_told_without_a_trace(tmp_path: Path) -> None:
    asked = typed("staff", "list", folder=tmp_path, DATABASE_URL=f"postgresql://x@/x?host={tmp_path}")

    assert asked.returncode == 2
    assert "the database does not answer" in asked.stderr
    assert "Traceback" not in asked.stderr


def test_the_doctor_names_what_is_wrong_and_what_to_do(tmp_path: Path) -> None:
    asked = typed("doctor", folder=tmp_path, DATABASE_URL=f"postgresql://x@/x?host={tmp_path}", YIMA_MODE="demo")

    assert asked.returncode == 1
    lines = asked.stdout.splitlines()
    assert any(line.startswith("WRONG  database") for line in lines)
    assert any(line.startswith("ok     storage") for line in lines)
    assert any("postgres.log" in line for line in lines)


def test_a_house_is_found_by_its_state_and_what_the_caller_sets_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = State(tmp_path.resolve())
    asked = {"DATABASE_URL": "postgresql://x", "YIMA_MODE": "demo", "YIMA_SECRET": "secret", "PORT": "8001"}
    instance.note(state, asked | {"HOME": "/root", "YIMA_S3_SECRET_KEY": "key"}, is_private=True)
    for name in ("DATABASE_URL", "YIMA_MODE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("YIMA_STATE", str(tmp_path))
    monkeypatch.setenv("PORT", "8002")

    found = instance.find()

    assert found is not None
    assert dict(found.environment) == {
        "DATABASE_URL": "postgresql://x",
        "YIMA_MODE": "demo",
        "PORT": "8002",
        "YIMA_STATE": str(state.path),
    }
    assert (state.path / instance.NOTE).stat().st_mode & 0o077 == 0


def test_the_note_in_a_copied_folder_speaks_of_the_original(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    instance.note(State(tmp_path.resolve()), {"DATABASE_URL": "postgresql://x"}, is_private=True)
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / instance.NOTE).write_text(json.dumps(json.loads((tmp_path / instance.NOTE).read_text())))
    monkeypatch.setenv("YIMA_STATE", str(copy))
    monkeypatch.chdir(tmp_path)

    assert instance.find() is None


def test_the_environment_of_the_checkout_has_the_command_without_asking_an_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lib" / "python3.11" / "site-packages").mkdir(parents=True)
    (tmp_path / "bin").mkdir()
    monkeypatch.setattr(venv, "FOLDER", tmp_path)
    monkeypatch.setattr(venv, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(venv, "COMMAND", tmp_path / "bin" / "yima")

    venv.offer_command()

    asked = subprocess.run([tmp_path / "bin" / "yima", "--version"], cwd=tmp_path, capture_output=True, text=True)
    pth = tmp_path / "lib" / "python3.11" / "site-packages" / "yima.pth"
    assert pth.read_text().strip() == str(ROOT)
    assert asked.stdout.startswith("yima "), asked.stderr
