"""Values reach handlers one way: typed dependencies that `backend/routes/http/dependencies.py` declares once."""

from pathlib import Path

import pytest
from litestar.routes import HTTPRoute

from backend import config
from backend.app import create_app

ROUTES = Path(__file__).parents[2] / "backend" / "routes"
PROVIDER = ROUTES / "http" / "dependencies.py"


@pytest.mark.parametrize("shortcut", ["app.state", "clock.now(", "datetime.now("])
def test_no_handler_helps_itself_to_what_the_app_holds(shortcut: str) -> None:
    takers = [
        str(file.relative_to(ROUTES))
        for file in ROUTES.rglob("*.py")
        if file != PROVIDER and shortcut in file.read_text(encoding="utf-8")
    ]

    assert takers == []


def test_only_what_gets_no_dependencies_asks_the_app_for_them() -> None:
    askers = {
        str(file.relative_to(ROUTES))
        for file in ROUTES.rglob("*.py")
        if file != PROVIDER and ("runtime_of(" in (text := file.read_text(encoding="utf-8")) or "context_of(" in text)
    }

    assert askers == {"api/metrics.py", "pages/error_page.py"}, "a guard, and the page of the exception handler"


def test_the_values_of_a_request_are_found_in_a_row() -> None:
    """Of two that do not stand on each other litestar makes tasks, which costs more than both of them."""
    app = create_app(config.from_environment({"DATABASE_URL": "postgresql:///nowhere", "YIMA_MODE": "demo"}))
    abreast = {
        f"{method} {route.path}": sorted(dependency.key for dependency in batch)
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for method, (_, wants) in route.route_handler_map.items()
        for batch in wants.dependency_batches
        if len(batch) > 1
    }

    assert abreast == {}
