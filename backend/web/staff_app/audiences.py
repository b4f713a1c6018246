"""Whose app it is. Pure.

A manifest is read without cookies, so it is one and the same file for all whose work begins on the same page. What it
leads to opens for everybody who begins there (tests/routes/test_staff_app.py).
"""

from collections.abc import Mapping
from typing import NamedTuple

from backend.accounts.structs import Actor
from backend.web.views.homes import home_of

FROM_APP = "from=app"
"""In the address with which an app opens: whoever may not open that page is led to the own home."""


class Shortcut(NamedTuple):
    """What a long press on the icon offers."""

    path: str
    name: str
    """The key of its words."""


class AppAudience(NamedTuple):
    home: str
    shortcuts: tuple[Shortcut, ...]


_SCAN = Shortcut("/scan", "app.scan")
_HALL, _PATROLS = Shortcut("/hall", "nav.hall"), Shortcut("/patrols", "nav.patrols")
_INBOX = Shortcut("/inbox", "nav.inbox")
AUDIENCES: Mapping[str, AppAudience] = {
    "handler": AppAudience("/work", (_SCAN, Shortcut("/work", "nav.work"), _HALL, _PATROLS)),
    "dispatcher": AppAudience("/desk", (_SCAN, Shortcut("/desk", "nav.desk"), _INBOX)),
    "committee": AppAudience("/committee", (_SCAN, Shortcut("/quick-report", "nav.quick_report"), _HALL, _PATROLS)),
    "verifier": AppAudience("/verify", (_SCAN, Shortcut("/verify", "nav.verify"), _INBOX)),
    "inspector": AppAudience("/quick-report", (_SCAN, Shortcut("/verify", "nav.verify"), _PATROLS, _INBOX)),
    "manager": AppAudience("/overview", (_SCAN, Shortcut("/desk", "nav.desk_reading"), _INBOX)),
    "volunteer": AppAudience("/volunteer", (_SCAN, Shortcut("/volunteer", "nav.volunteer"), _HALL, _PATROLS)),
}
_BY_HOME = {audience.home: name for name, audience in AUDIENCES.items()}


def audience_of(actor: Actor | None) -> str:
    """The name of the audience whose app this reader may put on a phone; empty for residents, shops and strangers."""
    return "" if actor is None or actor.is_device else _BY_HOME.get(home_of(actor), "")
