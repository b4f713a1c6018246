"""Piccolo's configuration: the engine from DATABASE_URL, and the packages that own tables, lower layers first."""

from typing import TYPE_CHECKING, Any

from backend.config import database_url_from_environment
from backend.db import Engine
from backend.geo.columns import register_codec
from backend.schema.packages import PACKAGES

if TYPE_CHECKING:
    from piccolo.conf.apps import AppRegistry

    APP_REGISTRY: AppRegistry

DB = Engine(database_url_from_environment(), register_codec)


def __getattr__(name: str) -> Any:
    """`APP_REGISTRY` on demand: its module loads a code formatter of 10 MB, and only migrations ask for it."""
    if name != "APP_REGISTRY":
        raise AttributeError(name)
    from piccolo.conf.apps import AppRegistry

    made = globals()[name] = AppRegistry(apps=[f"{package}.piccolo_app" for package in PACKAGES])
    return made
