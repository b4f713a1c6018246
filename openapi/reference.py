"""The reference page: the contract rendered as one HTML page, with the list of problem codes at its end."""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import ChainableUndefined, Environment, FileSystemLoader

from backend.errors import AppError
from backend.web.i18n.error_texts import title_of
from openapi.completing import Operation, operations

_HERE = Path(__file__).parent
STYLE = _HERE / "reference.css"


def page(document: dict[str, Any]) -> str:
    by_tag: dict[str, list[tuple[str, str, Operation]]] = defaultdict(list)
    for path, method, operation in operations(document):
        by_tag[(operation.get("tags") or ["other"])[0]].append((path, method.upper(), operation))
    described = {tag["name"]: tag.get("description", "") for tag in document.get("tags", [])}
    return _template().render(
        info=document["info"],
        sections=[(name, described.get(name, ""), by_tag[name]) for name in sorted(by_tag, key=_order(described))],
        schemas=document["components"]["schemas"],
        problems=sorted(_problems(AppError), key=lambda kind: (kind.status, kind.code)),
        type_of=type_of,
        title_of=title_of,
    )


def type_of(schema: dict[str, Any]) -> str:
    """A schema in a few words: `string`, `array of Order`, `Point or null`."""
    if ref := schema.get("$ref"):
        return ref.rsplit("/", 1)[-1]
    for key in ("oneOf", "anyOf", "allOf"):
        if key in schema:
            return " or ".join(type_of(each) for each in schema[key])
    if schema.get("type") == "array":
        return f"array of {type_of(schema.get('items', {}))}"
    if "enum" in schema:
        return " | ".join(str(each) for each in schema["enum"])
    kind = schema.get("type", "any")
    return " or ".join(kind) if isinstance(kind, list) else str(kind)


def _order(described: dict[str, str]) -> Any:
    names = list(described)
    return lambda name: names.index(name) if name in names else len(names)


def _problems(base: type[AppError]) -> Iterator[type[AppError]]:
    seen: set[str] = set()
    for kind in base.__subclasses__():
        for each in (kind, *_problems(kind)):
            if each.code not in seen:
                seen.add(each.code)
                yield each


@lru_cache(maxsize=1)
def _template() -> Any:
    loader = FileSystemLoader(_HERE)
    return Environment(loader=loader, autoescape=True, undefined=ChainableUndefined).get_template("reference.html")
