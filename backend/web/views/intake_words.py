"""Why a record waits, in words: the codes that placing, itemizing and the trunk give, for whoever decides. Pure."""

from backend.errors import Phrase
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
