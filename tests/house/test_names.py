"""Our packages have common words for names: none of them may be shadowed by an installed one."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "name", ["backend", "backend.routes", "qr", "push", "media", "shops", "grab_orders", "openapi", "tests"]
)
def test_the_name_leads_into_this_repository(name):
    spec = importlib.util.find_spec(name)

    assert spec is not None
    assert spec.origin is not None
    assert Path(spec.origin).is_relative_to(ROOT)


def test_no_lock_file_names_the_address_of_an_index():
    locks = list((ROOT / "requirements").glob("*.txt"))

    assert locks
    for lock in locks:
        assert "://" not in lock.read_text(encoding="utf-8")


def test_every_lock_has_what_the_product_runs_on_in_the_same_version():
    run, *others = [_pinned(ROOT / "requirements" / f"{name}.txt") for name in ("run", "dev", "sms", "pay")]

    assert run
    assert [other for other in others if not run.items() <= other.items()] == []


def _pinned(lock: Path) -> dict[str, str]:
    lines = [line for line in lock.read_text(encoding="utf-8").splitlines() if line[:1].isalnum()]
    return dict(line.split(" ", 1)[0].split("==") for line in lines)
