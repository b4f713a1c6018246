"""Piccolo's configuration: the engine from DATABASE_URL, and the rooms that own tables, in staircase order."""

from piccolo.conf.apps import AppRegistry

from backend.config import database_url_from_environment
from backend.db import Engine
from backend.geo.columns import register_codec

DB = Engine(database_url_from_environment(), register_codec)

APP_REGISTRY = AppRegistry(
    apps=[
        "backend.jobs.piccolo_app",
        "backend.events.piccolo_app",
        "backend.quotas.piccolo_app",
        "backend.accounts.piccolo_app",
        "backend.places.piccolo_app",
        "backend.calendars.piccolo_app",
        "backend.items.piccolo_app",
        "backend.duty.piccolo_app",
        "qr.piccolo_app",
        "media.piccolo_app",
        "backend.orders.piccolo_app",
        "backend.reports.piccolo_app",
        "push.piccolo_app",
    ]
)
