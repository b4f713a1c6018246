"""What holds for every operation and need not be repeated at each: who may call it, and the problems it may answer.

Pure work on the document as plain data; the app is only asked which operations are open to anybody.
"""

from collections.abc import Iterator
from typing import Any

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from openapi import source_bodies
from openapi.examples import EXAMPLES
from openapi.problems import PROBLEM, RESPONSES
from openapi.tidying import say_true_media_type, tidy

Operation = dict[str, Any]
_UNSAFE = ("post", "put", "patch", "delete")
_API = "/api/"


def complete(document: dict[str, Any], app: Litestar) -> dict[str, Any]:
    """Add security, problem responses and examples to each operation."""
    components = document.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = PROBLEM
    components["responses"] = RESPONSES
    components["schemas"].pop("ValidationException", None)
    open_to_all = _open_operations(app)
    for path, method, operation in operations(document):
        is_open = operation["operationId"] in open_to_all
        if is_open:
            operation["security"] = []
        source_bodies.describe(operation)
        for status in _problems(path, method, operation, is_open=is_open):
            operation["responses"][status] = {"$ref": f"#/components/responses/Problem{status}"}
        say_true_media_type(operation)
        _add_examples(operation)
    return tidy(document)


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, Operation]]:
    """Each operation with its path and its method in lower case."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if isinstance(operation, dict) and "operationId" in operation:
                yield path, method, operation


def _problems(path: str, method: str, operation: Operation, *, is_open: bool) -> list[str]:
    statuses = ["503"] if path != "/health" else []
    if operation.get("parameters") or "requestBody" in operation:
        statuses.append("400")
    if "{" in path:
        statuses.append("404")
    if not is_open:
        statuses += ["401", "403"]
    if source_bodies.is_of_source(operation["operationId"]):
        statuses += ["401", "403", "429"]
    if method in _UNSAFE and path.startswith(_API):
        statuses += ["409", "422", "429"]
        if operation["operationId"] in ("sign_in", "refresh_session"):
            statuses.append("401")
    if "requestBody" in operation:
        statuses += ["413", "415"]
    return statuses


def _add_examples(operation: Operation) -> None:
    known = EXAMPLES.get(operation["operationId"], {})
    if "request" in known:
        operation["requestBody"]["content"]["application/json"]["example"] = known["request"]
    for status, example in known.get("answers", {}).items():
        operation["responses"][status]["content"]["application/json"]["example"] = example


def _open_operations(app: Litestar) -> set[str]:
    return {
        handler.operation_id
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        if isinstance(handler.operation_id, str) and _is_open(route.path, handler)
    }


def _is_open(path: str, handler: HTTPRouteHandler) -> bool:
    if handler.resolve_guards():
        return False
    return not path.startswith(_API) or bool(handler.opt.get("is_public"))
