"""The packages that own tables, and which migrations they have, read from their files."""

import re
from functools import cache
from pathlib import Path

PACKAGES = (
    "backend.jobs",
    "backend.partitions",
    "backend.events",
    "backend.quotas",
    "backend.accounts",
    "backend.places",
    "backend.calendars",
    "backend.items",
    "backend.duty",
    "qr",
    "media",
    "backend.orders",
    "backend.reports",
    "shops",
    "grab_orders",
    "backend.committees",
    "backend.intake",
    "backend.maps",
    "backend.indicators",
    "backend.emergencies",
    "backend.consultations",
    "backend.lifts",
    "backend.campaigns",
    "backend.public_opinion",
    "backend.evaluation",
    "backend.elder_care",
    "push",
)
"""In the order of the staircase."""
_ROOT = Path(__file__).parents[2]
_ID = re.compile(r'^ID = "(.+)"$', re.MULTILINE)


@cache
def list_ids() -> frozenset[tuple[str, str]]:
    """The migrations (package, id) of this version. Piccolo would load every module of them to say the same."""
    return frozenset(
        (package.rpartition(".")[2], found[1])
        for package in PACKAGES
        for file in _ROOT.joinpath(*package.split("."), "piccolo_migrations").glob("*.py")
        if (found := _ID.search(file.read_text("utf-8")))
    )
