"""A start that finds everything as the last one left it prepares nothing; any change of what it depends on is seen."""

from pathlib import Path

import pytest

from deploy.local import prepared
from deploy.local.state import State

ENV = {"YIMA_MODE": "demo", "YIMA_BASE_URL": "http://127.0.0.1:8000", "PATH": "/bin"}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name in ("backend/app.py", "backend/orders/piccolo_migrations/one.py", "qr/codes.py", "data/PG_VERSION"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("1\n")
    return tmp_path


def digest(checkout: Path, **changed: str) -> str:
    return prepared.digest(ENV | changed, checkout / "data", checkout)


def test_an_unchanged_checkout_is_known_again(checkout: Path) -> None:
    before = digest(checkout)
    (checkout / "backend" / "__pycache__").mkdir()
    (checkout / "backend" / "__pycache__" / "app.pyc").write_text("compiled")

    assert digest(checkout, PATH="/usr/bin") == before


@pytest.mark.parametrize("file", ["backend/app.py", "backend/orders/piccolo_migrations/two.py", "data/PG_VERSION"])
def test_a_changed_or_new_file_is_seen_and_so_is_another_cluster(checkout: Path, file: str) -> None:
    before = digest(checkout)
    (checkout / file).write_text("22\n")

    assert digest(checkout) != before


def test_a_changed_setting_is_seen(checkout: Path) -> None:
    assert digest(checkout, YIMA_BASE_URL="https://yima.example") != digest(checkout)


def test_what_broke_off_or_lost_its_card_is_prepared_again(tmp_path: Path) -> None:
    here = State(tmp_path)
    assert not prepared.holds(here, "a")
    prepared.note(here, "a")
    assert not prepared.holds(here, "a")
    (tmp_path / prepared.CARD).write_text("card")

    assert prepared.holds(here, "a")
    assert not prepared.holds(here, "b")
    prepared.forget(here)
    assert not prepared.holds(here, "a")
