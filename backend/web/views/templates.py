"""The templates, compiled once for each language: words and pictures that all its readers see are part of them.

`{{ t('landing.what') }}` stands in the compiled template as the sentence itself, as do asset addresses and icons.
What has facts in it, or a key that is only known when the page is rendered, is asked for then.
"""

import re
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.visitor import NodeTransformer

from backend import words
from backend.web.assets import files
from backend.web.i18n import catalogue
from backend.web.views import times

_TEMPLATES = Path(__file__).parents[1] / "templates"
_INDENT = re.compile(r"\n\s+")
_ICONS, _ICON = "partials/icons.html", "icon"


@cache
def environment(lang: str) -> Environment:
    """The templates as readers of this language see them."""
    made = _Folding(
        lang,
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals.update(asset=files.url, texts_for=catalogue.for_scripts, most=words)
    made.filters.update(full=times.full, epoch_ms=epoch_ms)
    return made


def epoch_ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)


class _Folding(Environment):
    """Compiles what is the same on every page of a language as the text that it is."""

    def __init__(self, lang: str, **options: Any) -> None:
        super().__init__(**options)
        self._of_one_word: dict[str, Callable[[str], str]] = {
            "t": lambda key: catalogue.say(lang, key),
            "asset": files.url,
        }

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return _Constants(self._of_one_word, self._icon).visit(super()._parse(source, name, filename))

    def _icon(self, name: str) -> str:
        return getattr(self.get_template(_ICONS).module, name)()


class _Constants(NodeTransformer):
    """Puts values in the place of calls whose arguments stand in the template."""

    def __init__(self, of_one_word: dict[str, Callable[[str], str]], icon: Callable[[str], str]) -> None:
        self._of_one_word, self._icon = of_one_word, icon

    def visit_TemplateData(self, node: nodes.TemplateData) -> nodes.TemplateData:  # noqa: N802 - as the library names it
        """Indents are for authors."""
        node.data = _INDENT.sub("\n", node.data)
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:  # noqa: N802 - as the library names it
        self.generic_visit(node)
        if node.kwargs or node.dyn_args or node.dyn_kwargs:
            return node
        called = node.node
        if isinstance(called, nodes.Getattr) and isinstance(called.node, nodes.Name) and called.node.name == _ICON:
            return node if node.args else nodes.Const(self._icon(called.attr), lineno=node.lineno)
        if isinstance(called, nodes.Name) and called.name in self._of_one_word and len(node.args) == 1:
            return _applied(self._of_one_word[called.name], node.args[0]) or node
        return node


def _applied(call: Callable[[str], str], argument: nodes.Expr | None) -> nodes.Expr | None:
    """The call of a text, or of one of two texts, as the values; None where the argument is not known yet."""
    if isinstance(argument, nodes.Const) and isinstance(argument.value, str):
        return nodes.Const(call(argument.value), lineno=argument.lineno)
    if isinstance(argument, nodes.CondExpr):
        one, other = _applied(call, argument.expr1), _applied(call, argument.expr2)
        return nodes.CondExpr(argument.test, one, other, lineno=argument.lineno) if one and other else None
    return None
