"""Codes of the intake in words: why a record waits, and what another system says of what it was sent. Pure."""

from backend.errors import Phrase
from backend.intake.open311.wire import statuses
from backend.intake.open311.wire.statuses import StatusUnknown
from backend.web.i18n import catalogue, error_texts
from backend.web.views.page import PageContext


def reason_of(page: PageContext, reason: str) -> str:
    """The sentence of a code; empty without one. A code without words is shown as it is: it says more than nothing."""
    if not reason:
        return ""
    key = f"intake.why.{reason}"
    if key in catalogue.catalogue(page.lang):
        return page.t(key)
    return error_texts.sentence(Phrase(reason), page.lang) if reason in error_texts.entries() else reason


def status_of(page: PageContext, status: str) -> str:
    """What another system says of a request that it was sent; a word outside the standard is shown as it came."""
    try:
        return page.t(f"intake.there.{statuses.read(status)}")
    except StatusUnknown:
        return status
