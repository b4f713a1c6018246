"""Which pages a browser may keep: these, while they name nobody. Every other page is private and is kept nowhere.

The service worker keeps of these what it may stand in for without network, and asks this header before it keeps one.
"""

_FOR_EVERYBODY = frozenset(
    {
        "resident/start.html",
        "resident/landing.html",
        "resident/unusable_code.html",
        "resident/map_start.html",
        "session/sign_in.html",
    }
)
_NAMES_ONLY_A_NUMBER = frozenset(
    {
        "resident/offline.html",
        "patrols/kept.html",
        "campaigns/kept.html",
        "inspectors/quick_report.html",
        "inspectors/self_handling.html",
        "staff/share.html",
        "staff/scan.html",
    }
)
"""Kept for staff, too, while they say nothing of a person or a place: the pages for when nothing can be had, and those
from which a report begins without network. They go when their reader signs out."""
REVALIDATED = "private, no-cache"
NEVER = "no-store"


def cache_control(template: str, *, is_staff: bool, names_somebody: bool = False) -> str:
    """The Cache-Control of a page. `names_somebody`: it holds what only this reader may see, such as own links."""
    if template in _NAMES_ONLY_A_NUMBER:
        return NEVER if names_somebody else REVALIDATED
    is_public = template in _FOR_EVERYBODY and not is_staff and not names_somebody
    return REVALIDATED if is_public else NEVER
