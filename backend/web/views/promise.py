"""By when it will be accepted and done, in one phrase for every page. Pure."""

from datetime import datetime

from backend.web.views.page import PageContext


def promise(page: PageContext, opened_at: datetime, respond_by: datetime, resolve_by: datetime) -> str:
    """Two limits that read the same are said once."""
    respond, resolve = page.took(opened_at, respond_by), page.took(opened_at, resolve_by)
    if respond == resolve:
        return page.t("track.promised", resolve=resolve)
    return page.t("track.promised_both", respond=respond, resolve=resolve)
