"""What a run tells its children and the person in front of it."""

import os
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from deploy.local import bench, packages, progress, reset, settings, state, venv
from deploy.local.settings import Address
from deploy.local.state import Lock, State
from deploy.local.trouble import Trouble

HERE = State(Path("/srv/yima/.yima"))


def test_the_children_are_told_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("YIMA_MODE", "YIMA_BASE_URL", "PGPASSWORD"):
        monkeypatch.delenv(name, raising=False)

    told = settings.for_children(HERE, Address("127.0.0.1", 8001), "postgresql://x")

    assert (told["YIMA_MODE"], told["YIMA_BASE_URL"]) == ("demo", "http://127.0.0.1:8001")
    assert (told["HOST"], told["PORT"], told["DATABASE_URL"]) == ("127.0.0.1", "8001", "postgresql://x")
    assert told["YIMA_STATE"] == "/srv/yima/.yima"


def test_what_the_operator_set_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIMA_MODE", "production")
    monkeypatch.setenv("YIMA_BASE_URL", "https://yima.example")

    told = settings.for_children(HERE, Address("0.0.0.0", 8000), "postgresql://x")

    assert (told["YIMA_MODE"], told["YIMA_BASE_URL"]) == ("production", "https://yima.example")


def test_settings_of_another_database_do_not_reach_the_private_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("PGHOST", "elsewhere")

    assert "PGHOST" not in settings.for_children(HERE, Address("127.0.0.1", 8000), "postgresql://x")


def test_a_web_that_listens_everywhere_is_asked_near_by() -> None:
    assert Address("0.0.0.0", 8000).near_host == "127.0.0.1"
    assert Address("::", 8000).url == "http://[::]:8000"


@pytest.mark.parametrize("host", settings.EVERYWHERE)
def test_a_web_that_listens_everywhere_is_named_as_a_phone_reaches_it(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("YIMA_BASE_URL", raising=False)
    where = Address(host, 8000)

    assert settings.for_children(HERE, where, "postgresql://x")["YIMA_BASE_URL"] == where.outside_url
    assert urlsplit(where.outside_url).hostname not in settings.EVERYWHERE
    assert urlsplit(where.outside_url).port == 8000
    assert Address("127.0.0.1", 8000).outside_url == "http://127.0.0.1:8000"


@pytest.mark.parametrize("text", ["eighty", "0", "65536", "-1", "８０００"])
def test_a_port_that_is_none_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", text)

    with pytest.raises(Trouble, match="is not a port"):
        settings.address()


def test_a_taken_port_is_named_together_with_the_way_out() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(Trouble, match=f"PORT={port + 1} make run"):
            settings.check_free(Address("127.0.0.1", port))


def test_a_state_belongs_to_one_process_at_a_time(tmp_path: Path) -> None:
    first, second = Lock(State(tmp_path)), Lock(State(tmp_path))

    assert first.take()
    assert not second.take()
    assert second.holder() == os.getpid()


def test_the_state_of_the_tests_lies_apart_from_that_of_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIMA_STATE", str(tmp_path / "mine"))

    assert state.of_this_run("test").path == state.of_this_run().path / "test"


def test_a_reset_removes_a_link_and_not_what_it_points_at(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    link = tmp_path / "media"
    link.symlink_to(kept)

    reset.remove(link)

    assert kept.exists()
    assert not link.exists()


def test_the_pins_of_a_lock_are_read_without_hashes_and_comments() -> None:
    lock = (
        "# made by a tool\nanyio==4.1 \\\n    --hash=sha256:00\n    # via httpx\nuvloop==0.2 ; python_version > '3'\n"
    )

    assert venv.pins(lock) == {"anyio==4.1", "uvloop==0.2"}


@pytest.mark.parametrize(("seconds", "words"), [(0.34, "0.3 s"), (12.4, "12 s"), (125.2, "2 min 5 s")])
def test_a_duration_is_said_as_a_person_says_it(seconds: float, words: str) -> None:
    assert progress.in_words(seconds) == words


def test_a_bench_takes_any_free_port_while_the_usual_one_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORT", raising=False)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setattr(settings, "address", lambda: Address("127.0.0.1", taken.getsockname()[1]))

        told = bench.environment(HERE, "postgresql://x")

        settings.check_free(Address(told["HOST"], int(told["PORT"])))


def test_a_port_that_the_operator_names_for_a_bench_is_kept_or_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("PORT", str(taken.getsockname()[1]))

        with pytest.raises(Trouble, match="already taken"):
            bench.environment(HERE, "postgresql://x")


def test_a_missing_program_is_installed_where_we_may_and_else_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(packages, "_apt", lambda arguments, _state: asked.append(arguments) or 0)
    monkeypatch.setattr(packages, "may_apt", lambda: True)

    packages.ensure_programs({"sh": "dash"}, State(tmp_path))
    assert asked == []

    packages.ensure_programs({"sh": "dash", "no-such-program": "its-package"}, State(tmp_path))
    assert asked[-1][-1] == "its-package"

    monkeypatch.setattr(packages, "may_apt", lambda: False)
    with pytest.raises(Trouble) as trouble:
        packages.ensure_programs({"no-such-program": "its-package"}, State(tmp_path))
    assert "apt-get install -y its-package" in trouble.value.help_lines[0]


def test_no_bench_stops_at_a_program_that_could_be_installed() -> None:
    """Each bench asks for its programs where they are provisioned, and nowhere else."""
    root = Path(__file__).parents[2]
    benches = (root / "bench").glob("*.py")

    assert [file.name for file in benches if 'SystemExit("' in file.read_text("utf-8")] == []
    assert "tools.need(" in (root / "bench" / "scan.py").read_text("utf-8")
