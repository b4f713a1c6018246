"""Pages and components: their four files, who handles their events, and that what they import is there.

The vendor's runtime resolves no folder to its index and no package of npm that was not built in: a path that another
runtime would find is an error on the phone alone.
"""

import posixpath
import re
from collections.abc import Iterator

from deploy.miniprogram import vendor
from deploy.miniprogram.package import Package

PAGE_KEYS = vendor.TABLES["page_keys"]
_HANDLER = re.compile(r"\b(?:bind|catch|capture-bind|capture-catch|mut-bind):?\w+\s*=\s*[\"']([^\"'{}]+)[\"']")
_IMPORT = re.compile(r"\b(?:from|import|require\()\s*[\"']([^\"']+)[\"']")
_INCLUDE = re.compile(r"<(?:import|include|wxs)\b[^>]*\bsrc\s*=\s*[\"']([^\"']+)[\"']")
_STYLE_IMPORT = re.compile(r"@import\s+[\"']([^\"']+)[\"']")
_COMMENT = re.compile(r"<!--.*?-->", re.S)


def faults(package: Package) -> Iterator[str]:
    """What is wrong with pages and components, in words."""
    yield from _list_of_pages(package)
    parts = [*_pages(package), *sorted(_components(package))]
    for stem in parts:
        yield from _files(package, stem)
        yield from _handlers(package, stem)
    for name in package.ending(".wxml", ".wxss", ".ts", ".js"):
        yield from _imports(package, name)


def _pages(package: Package) -> list[str]:
    listed = package.app.get("pages", [])
    return [page for page in listed if isinstance(page, str)]


def _list_of_pages(package: Package) -> Iterator[str]:
    listed = _pages(package)
    if not listed:
        yield "app.json: pages is empty"
    if len(set(listed)) < len(listed):
        yield "app.json: pages names one twice"
    for page in listed:
        if page.startswith("/") or posixpath.splitext(page)[1]:
            yield f"app.json: {page}: a page is named without a leading slash and without an ending"
    templates = {name.removesuffix(".wxml") for name in package.ending(".wxml") if name.startswith("pages/")}
    known = {*listed, *_components(package), *_included(package)}
    yield from (f"{stem}.wxml: no page of app.json, no component, never included" for stem in sorted(templates - known))


def _components(package: Package) -> set[str]:
    """The paths of all components that app.json, a page or another component uses."""
    found = set[str]()
    for name in package.ending(".json"):
        used = package.json(name).get("usingComponents", {})
        found |= {_resolve(name, path) for path in used.values() if isinstance(path, str)}
    return found


def _included(package: Package) -> set[str]:
    names = package.ending(".wxml")
    found = [(name, path) for name in names for path in _INCLUDE.findall(package.text(name))]
    return {_resolve(name, path).removesuffix(".wxml") for name, path in found}


def _files(package: Package, stem: str) -> Iterator[str]:
    missing = [stem + ending for ending in (".json", ".wxml", ".wxss") if stem + ending not in package.files]
    missing += [] if package.script_of(stem) else [f"{stem}.js"]
    yield from (f"{name} is missing" for name in missing)
    unknown = sorted(package.json(f"{stem}.json").keys() - PAGE_KEYS)
    yield from (f"{stem}.json: {key} is no key of the vendor's" for key in unknown)


def _handlers(package: Package, stem: str) -> Iterator[str]:
    """Each event goes to a method of the script; a name that is not there fails silently on the phone."""
    template, script = f"{stem}.wxml", package.scripts.get(package.script_of(stem), "")
    if template not in package.files:
        return
    for handler in sorted(set(_HANDLER.findall(_COMMENT.sub("", package.text(template))))):
        if not re.search(rf"\b{re.escape(handler)}\s*(?:\(|:|,|=|\n)", script):
            yield f"{template}: {handler} is no method of its script"


def _imports(package: Package, name: str) -> Iterator[str]:
    if name.endswith(".d.ts"):
        return
    for path in _imported(package, name):
        if name.endswith((".ts", ".js")):
            yield from _script_import(package, name, path)
        elif _resolve(name, path) not in package.files:
            yield f"{name}: {path} is not in the package"


def _imported(package: Package, name: str) -> list[str]:
    if name.endswith(".wxml"):
        return _INCLUDE.findall(_COMMENT.sub("", package.text(name)))
    if name.endswith(".wxss"):
        return _STYLE_IMPORT.findall(package.text(name))
    return _IMPORT.findall(package.scripts[name])


def _script_import(package: Package, name: str, path: str) -> Iterator[str]:
    if not path.startswith("."):
        yield f"{name}: {path} is a package, and none is brought along"
        return
    stem = _resolve(name, path).removesuffix(".js")
    if not package.script_of(stem) and f"{stem}.d.ts" not in package.files:
        yield f"{name}: {path} is not in the package"


def _resolve(name: str, path: str) -> str:
    """A path as it is written in a file, from the root of the package."""
    if path.startswith("/"):
        return posixpath.normpath(path.lstrip("/"))
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
