"""One request per page script: join a page's ES modules, in order of need, into one plain script.

The sources stay small modules that any browser could load as they are. They keep to a few forms, which a test checks:
`import { a, b } from './x.js';` or `import './x.js';` on one line, and `export` before a declaration. No two modules of
a page give the same name at their top level, since the joined script is one scope.
"""

import re
from pathlib import Path

_IMPORT = re.compile(r"^import (?:\{[^}]*\} from )?'\./([\w-]+\.js)';\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async |function|const|let|class))", re.MULTILINE)
_COMMENT = re.compile(r"^\s*(?:/\*\*?[^\n]*\*/|//[^\n]*)\n", re.MULTILINE)
_INDENT = re.compile(r"^\s+", re.MULTILINE)


def join(folder: Path, entry: str) -> str:
    """The entry module and all that it needs, as one classic script."""
    body = "".join(plain((folder / name).read_text(encoding="utf-8")) for name in in_order(folder, entry))
    return f"(function () {{\n'use strict';\n{body}}})();\n"


def in_order(folder: Path, entry: str) -> list[str]:
    """The modules of a page by name, each behind those that it needs."""
    ordered: list[str] = []
    _visit(folder, entry, ordered, set())
    return ordered


def _visit(folder: Path, name: str, ordered: list[str], seen: set[str]) -> None:
    if name in seen:
        return
    seen.add(name)
    for needed in _IMPORT.findall((folder / name).read_text(encoding="utf-8")):
        _visit(folder, needed, ordered, seen)
    ordered.append(name)


def plain(source: str) -> str:
    """A script without comments, indents and the words of modules."""
    return _INDENT.sub("", _EXPORT.sub("", _IMPORT.sub("", _COMMENT.sub("", source))))
