"""What lies in the package: how much, of which kinds, which hosts it names, and nothing that should not travel."""

import re
from collections.abc import Iterator, Sequence

from deploy.miniprogram.package import Package

WHOLE_BYTES = 300_000
"""Our own limit: a first opening on a bad line takes seconds. The vendor's for a main package is 2 MB."""
IMAGE_BYTES = 20_000
KINDS = (".js", ".ts", ".json", ".wxml", ".wxss", ".wxs", ".png", ".jpg", ".svg")
IMAGES = (".png", ".jpg", ".svg")
TEXTS = (".js", ".ts", ".json", ".wxml", ".wxss", ".wxs")
_ADDRESS = re.compile(r"\b((?:https?|wss?)://[^\s\"'`<>\\)]*)")
_LONG_WORD = re.compile(r"[A-Za-z0-9+/]{1000,}={0,2}")
_STYLE_URL = re.compile(r"url\(\s*[\"']?(?!data:)([^\"')]+)")
_PLAIN = ("http://", "ws://")
_SETTINGS = "config.ts"
"""Of the source: it names the host of a machine on which one tries things out."""


def faults(package: Package, addresses: Sequence[str] = ()) -> Iterator[str]:
    """What is wrong. `addresses`: the town's own, the base of its site first, then what is printed before codes."""
    yield from package.unreadable()
    yield from _sizes(package)
    if addresses and addresses[0].startswith(_PLAIN):
        yield f"{addresses[0]} is not encrypted"
    for name in package.ending(*TEXTS):
        text = package.scripts.get(name) or package.text(name)
        yield from _addresses(name, text, addresses) if name != _SETTINGS else ()
        if found := _LONG_WORD.search(text):
            yield f"{name}: {len(found[0])} characters without a break: pictures and data are files, not text"
        if name.endswith(".wxss"):
            yield from (f"{name}: url({path}): a style loads no file of the package" for path in _style_urls(text))


def _sizes(package: Package) -> Iterator[str]:
    if package.size >= WHOLE_BYTES:
        yield f"the package has {package.size} bytes, and may have {WHOLE_BYTES}"
    for name, content in package.files.items():
        if not name.endswith(KINDS):
            yield f"{name}: a file of this kind is not uploaded"
        if name.endswith(IMAGES) and len(content) > IMAGE_BYTES:
            yield f"{name}: an image of {len(content)} bytes, and may have {IMAGE_BYTES}"
        if not name.isascii() or " " in name:
            yield f"{name}: a path has no blanks and no letters beyond ASCII"
        if not content.strip() and not name.endswith(".wxss"):
            yield f"{name} is empty"


def _addresses(name: str, text: str, own: Sequence[str]) -> Iterator[str]:
    """What is printed before codes is compared with scans and never opened: it may be older than the certificate."""
    for address in _ADDRESS.findall(text):
        is_printed = address in own[1:]
        if not is_printed and not f"{address}/".startswith(tuple(f"{base}/" for base in own[:1])):
            yield f"{name}: {address} is no address of this town"
        elif not is_printed and address.startswith(_PLAIN):
            yield f"{name}: {address} is not encrypted"


def _style_urls(text: str) -> list[str]:
    return [path for path in _STYLE_URL.findall(text) if "://" not in path]
