"""The web app manifest: what a phone reads before it puts the pages on its home screen."""

import re
from functools import cache
from typing import Any

import msgspec

from backend.accounts.structs import Actor
from backend.web.assets import files
from backend.web.i18n.catalogue import LANGUAGES, say
from backend.web.staff_app.audiences import AUDIENCES, FROM_APP, Shortcut, audience_of

IDENTITY = "/app"
"""One app on a phone, whoever uses it and in whichever language: a change of either changes it and adds none."""
SHARE_PATH = "/share"
_ENDING = ".webmanifest"
_TOKEN = re.compile(r"--([\w-]+): (#\w+)")


def path_for(actor: Actor | None, lang: str) -> str:
    """Where the manifest of this reader's app is; empty for those who are offered none."""
    audience = audience_of(actor)
    return f"{IDENTITY}/{audience}.{lang}{_ENDING}" if audience else ""


@cache
def find(name: str) -> bytes | None:
    """The manifest of a name such as `handler.zh.webmanifest`, as JSON; None for what names none."""
    audience, _, lang = name.removesuffix(_ENDING).partition(".")
    is_known = name.endswith(_ENDING) and audience in AUDIENCES and lang in LANGUAGES
    return msgspec.json.encode(describe(audience, lang)) if is_known else None


def describe(audience: str, lang: str) -> dict[str, Any]:
    """The manifest. `audience`: a key of AUDIENCES."""
    whose = AUDIENCES[audience]
    return {
        "id": IDENTITY,
        "name": say(lang, "brand.name"),
        "short_name": say(lang, "app.short_name"),
        "description": say(lang, "app.description"),
        "lang": "zh-CN" if lang == "zh" else "en",
        "dir": "ltr",
        "start_url": f"{whose.home}?{FROM_APP}",
        "scope": "/",
        "display": "standalone",
        "theme_color": colour("blue"),
        "background_color": colour("paper"),
        "categories": ["government", "productivity"],
        "icons": _icons(),
        "shortcuts": [_shortcut(each, lang) for each in whose.shortcuts],
        "share_target": _share_target(),
    }


def colour(name: str) -> str:
    """A colour of tokens.css, as #rrggbb."""
    return dict(_TOKEN.findall(_tokens()))[name]


@cache
def _tokens() -> str:
    return (files.STYLES / "base" / "tokens.css").read_text(encoding="utf-8")


def _icons() -> list[dict[str, str]]:
    named = [
        ("icon-192.png", 192, "any"),
        ("icon-512.png", 512, "any"),
        ("icon-maskable-512.png", 512, "maskable"),
        ("icon-monochrome-192.png", 192, "monochrome"),
    ]
    return [
        {"src": files.url(name), "sizes": f"{side}x{side}", "type": "image/png", "purpose": purpose}
        for name, side, purpose in named
    ]


def _shortcut(shortcut: Shortcut, lang: str) -> dict[str, Any]:
    icon = {"src": files.url("icon-192.png"), "sizes": "192x192", "type": "image/png"}
    return {"name": say(lang, shortcut.name), "url": f"{shortcut.path}?{FROM_APP}", "icons": [icon]}


def _share_target() -> dict[str, Any]:
    """Photos out of the gallery: the service worker takes them (share_worker.js), else the route of this path."""
    return {
        "action": SHARE_PATH,
        "method": "POST",
        "enctype": "multipart/form-data",
        "params": {
            "title": "title",
            "text": "text",
            "files": [{"name": "photo", "accept": ["image/*", ".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif"]}],
        },
    }
