"""Makes of the compiled mini-program that of one town: what the vendor's tool uploads.

The position is asked in one script, which is written here: the vendor scans the code for calls that the account may
not make, so what this town does not use must not lie in the package.
"""

import json
from pathlib import Path
from typing import Any

from deploy.miniprogram import calls
from deploy.miniprogram.settings import TownSettings

_HEAD = '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\n'
_CALLS = {"fuzzy": calls.FUZZY, "precise": "getLocation"}
_NONE = (
    "options => { const error = { errMsg: 'locate:fail none' };"
    " if (options.fail) options.fail(error); if (options.complete) options.complete(error); }"
)
CONFIG, LOCATE = "config.js", "lib/locate.js"


def fit(folder: Path, settings: TownSettings) -> None:
    """Write the town's values over the compiled program in `folder`. Raises OSError where it is none."""
    for name in (CONFIG, LOCATE, "app.json", "project.config.json"):
        if not (folder / name).is_file():
            raise FileNotFoundError(f"{folder} holds no {name}")
    (folder / CONFIG).write_text(f"{_HEAD}exports.config = {_json(_config(settings))};\n", "utf-8")
    (folder / LOCATE).write_text(f"{_HEAD}exports.locate = {_locate(settings.position)};\n", "utf-8")
    _change(folder / "app.json", lambda app: _app(app, settings))
    _change(folder / "project.config.json", lambda project: _project(project, settings))


def _config(settings: TownSettings) -> dict[str, Any]:
    """As `config.ts` declares it."""
    return {
        "host": settings.base_url,
        "codePrefixes": list(settings.code_prefixes),
        "position": settings.position,
        "templates": {"sent": list(settings.templates_sent), "ended": list(settings.templates_ended)},
        "hotline": settings.hotline,
    }


def _locate(position: str) -> str:
    return f"options => wx.{_CALLS[position]}(options)" if position in _CALLS else _NONE


def _app(app: dict[str, Any], settings: TownSettings) -> dict[str, Any]:
    """The source is the fuzzy kind; its words for the reader serve for every kind."""
    words = app.pop("permission", {}).get(calls.SCOPES[calls.FUZZY], {})
    app.pop("requiredPrivateInfos", None)
    if settings.position in _CALLS:
        call = _CALLS[settings.position]
        app |= {"requiredPrivateInfos": [call], "permission": {calls.SCOPES[call]: words}}
    app["window"] = {**app.get("window", {}), "navigationBarTitleText": settings.name}
    return app


def _project(project: dict[str, Any], settings: TownSettings) -> dict[str, Any]:
    return {**project, "appid": settings.appid, "projectname": settings.name}


def _change(file: Path, change: Any) -> None:
    file.write_text(_json(change(json.loads(file.read_text("utf-8")))) + "\n", "utf-8")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
