"""One request per page script and per style sheet: what a page needs, joined in order of need into one file.

The sources stay small files that any browser could load as they are. They keep to a few forms, which a test checks:
scripts say `import { a, b } from '../folder/x.js';` or `import './x.js';` on one line, and `export` before a
declaration; style sheets say `@import './folder/x.css';`. No two modules of a page give the same name at their top
level, since the joined script is one scope. In it these names are short (short_names.py).
"""

import re
from pathlib import Path, PurePosixPath
from posixpath import normpath

from backend.web.assets import short_names

_IMPORT = re.compile(r"^import (?:\{[^}]*\} from )?'(\.{1,2}/[\w/.-]+\.js)';\n", re.MULTILINE)
_STYLE_IMPORT = re.compile(r"^@import '(\.{1,2}/[\w/.-]+\.css)';\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async |function|const|let|class))", re.MULTILINE)
_COMMENT = re.compile(r"^\s*(?:/\*\*?[^\n]*\*/|//[^\n]*)\n", re.MULTILINE)
_BLOCK_COMMENT = re.compile(r"^\s*/\*\*\n(?:\s*\*[^\n]*\n)+", re.MULTILINE)
_INLINE_COMMENT = re.compile(r"/\*[^\n]*?\*/ ?")
_STRING = r"'(?:[^'\\\n]|\\.)*'"
_AIR = re.compile(rf"({_STRING})|\s*(\}})|\s*([{{(\[=,;:?&|]+)\s*| ?([)\]<>!*]+) ?|^\s+", re.MULTILINE)
"""Strings as they are; or blanks around a sign, line ends too where no statement can end there; or an indent."""
_STYLE_AIR = re.compile(r"/\*.*?\*/\s*|\s+(?=[{}])|(?<=[{};,:])\s+|;(?=\s*\})|\n", re.DOTALL)


def join(folder: Path, entry: str) -> str:
    """The entry module and all that it needs, as one classic script. `entry`: its path within `folder`."""
    sources = [(folder / name).read_text(encoding="utf-8") for name in in_order(folder, entry)]
    body = short_names.shorten("".join(map(plain, sources)), short_names.given_by("".join(sources)))
    return f"(function () {{\n'use strict';\n{body}}})();\n"


def join_styles(folder: Path, entry: str) -> str:
    """The entry style sheet and all that it imports, without comments and air."""
    sources = [(folder / name).read_text(encoding="utf-8") for name in in_order(folder, entry)]
    return _STYLE_AIR.sub("", "".join(_STYLE_IMPORT.sub("", source) for source in sources))


def in_order(folder: Path, entry: str) -> list[str]:
    """What a page needs, as paths within `folder`, each behind what it needs itself."""
    ordered: list[str] = []
    _visit(folder, entry, ordered, set())
    return ordered


def _visit(folder: Path, name: str, ordered: list[str], seen: set[str]) -> None:
    if name in seen:
        return
    seen.add(name)
    imports = _STYLE_IMPORT if name.endswith(".css") else _IMPORT
    for needed in imports.findall((folder / name).read_text(encoding="utf-8")):
        _visit(folder, normpath(PurePosixPath(name).parent / needed), ordered, seen)
    ordered.append(name)


def plain(source: str) -> str:
    """A script without comments, without the words of modules, and without air."""
    for pattern in (_BLOCK_COMMENT, _COMMENT, _INLINE_COMMENT, _IMPORT, _EXPORT):
        source = pattern.sub("", source)
    return _AIR.sub(lambda found: "".join(filter(None, found.groups())), source)
