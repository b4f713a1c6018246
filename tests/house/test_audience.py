"""Who may see and do what is decided by an order and one grant, in one place: never by a role that is held anywhere."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("backend", "media", "qr", "push")
OFFERS = {
    "backend/accounts/structs.py",
}
"""Where a role held anywhere only says which pages to offer. Below `backend/web/` all is of that kind."""


def sources() -> dict[str, str]:
    return {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if "piccolo_migrations" not in path.parts
    }


def test_a_role_held_anywhere_only_offers_pages():
    asking = {name for name, text in sources().items() if ".has_role(" in text or "def has_role(" in text}

    assert {name for name in asking if not name.startswith("backend/web/")} == OFFERS


def test_only_one_place_says_who_is_staff_of_an_order():
    asking = {name for name, text in sources().items() if "sees_unit(" in text}

    assert asking == {"backend/accounts/scope.py", "backend/orders/model/audience.py", "backend/routes/api/live.py"}
