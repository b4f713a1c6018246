"""Every route is listed where its file lies, and the folders of `backend/routes` know each other in one direction."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from litestar import Router
from litestar.handlers import BaseRouteHandler
from litestar.routes import HTTPRoute

from backend.routes.api.all_resources import RESOURCES
from backend.routes.http.static import ASSETS
from backend.routes.pages.all_pages import PAGES
from tests.house.test_sizes import HANDLERS

ROUTES = Path(__file__).parents[2] / "backend" / "routes"
LISTS = {"api": RESOURCES, "pages": PAGES, "http": ASSETS, "actions": ()}
MAY_IMPORT = {
    "http": {"http"},
    "actions": {"http", "actions"},
    "api": {"http", "actions", "api"},
    "pages": {"http", "actions", "pages"},
}
ASKS_PAGES = {"http/guards.py", "http/problems.py"}
"""Who is not signed in, and whose request failed, gets a page, with the form that was being sent."""


def files(folder: str) -> list[Path]:
    return sorted((ROUTES / folder).rglob("*.py"))


def tree_of(file: Path) -> ast.AST:
    return ast.parse(file.read_text(encoding="utf-8"))


def module_of(file: Path) -> str:
    return ".".join(("backend", "routes", *file.relative_to(ROUTES).with_suffix("").parts))


def listed(handlers: Iterable[object]) -> Iterator[str]:
    """The modules of the handlers and controllers of a list."""
    for each in handlers:
        if isinstance(each, Router):
            routes = [route for route in each.routes if isinstance(route, HTTPRoute)]
            yield from (handler.fn.__module__ for route in routes for handler in route.route_handlers)
        elif isinstance(each, BaseRouteHandler):
            yield each.fn.__module__
        elif isinstance(each, type):
            yield each.__module__


def has_routes(file: Path) -> bool:
    decorators = (each for node in ast.walk(tree_of(file)) for each in getattr(node, "decorator_list", ()))
    return any(isinstance(each, ast.Call) and getattr(each.func, "id", "") in HANDLERS for each in decorators)


@pytest.mark.parametrize("folder", LISTS)
def test_a_folder_lists_the_routes_of_its_files_and_no_others(folder: str) -> None:
    own = {each for each in listed(LISTS[folder]) if each.startswith("backend.")}

    assert own == {module_of(file) for file in files(folder) if has_routes(file)}


@pytest.mark.parametrize("folder", MAY_IMPORT)
def test_api_and_pages_meet_in_actions_and_http_only(folder: str) -> None:
    crossing = {
        f"{name}: {node.module}"
        for file in files(folder)
        if (name := str(file.relative_to(ROUTES))) not in ASKS_PAGES
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("backend.routes.")
        if (node.module or "").split(".")[2] not in MAY_IMPORT[folder]
    }

    assert crossing == set()
