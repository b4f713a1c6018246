"""The page to come back to from a request: what GET shows again, never the address that only takes a form."""

import re

from litestar import Request

_OF_FORMS = (
    (re.compile(r"(/o/[^/]+/moves/[^/]+)"), r"\1"),
    (re.compile(r"(/o/[^/]+/photos/[^/]+)/[^/]+"), r"\1/redact"),
    (re.compile(r"(/o/[^/]+/sent-requests)"), r"\1"),
    (re.compile(r"/desk/(?:orders|notices)/.+"), "/desk"),
    (re.compile(r"/codes/checks/[^/]+"), "/codes"),
    (re.compile(r"/desk/calls/.+"), "/desk/calls"),
    (re.compile(r"(/desk/intake/[0-9]+)(/.+)?"), r"\1"),
    (re.compile(r"(/desk/cameras|/opinion)/.+"), r"\1"),
    (re.compile(r"(/shops/[0-9]+/pickups)"), r"\1"),
    (re.compile(r"(/shop/[^/]+/people|/shops/[0-9]+/kitchen|/shops/[0-9]+)/.+"), r"\1"),
    (re.compile(r"/shop/claims/.+"), "/shop"),
    (re.compile(r"/hall/[^/]+/grab"), "/hall"),
    (re.compile(r"/volunteer/(give-back|arrive)/[^/]+"), "/volunteer"),
    (re.compile(r"/volunteer/exchanges/.+"), "/volunteer/goods"),
    (re.compile(r"/committee/exchanges/.+"), "/committee/goods"),
    (re.compile(r"/committee/rewards"), "/committee/pairs"),
    (re.compile(r"(/committee/(?:goods|hours|pairs))"), r"\1"),
    (re.compile(r"(/committee/(?:volunteers|hours)|/pickups/plans)/.+"), r"\1"),
    (re.compile(r"(/policies|/shop/policies|/shop/pickup/recurring)/.+"), r"\1"),
    (re.compile(r"/pickups/[0-9]+/measure"), "/pickups"),
    (re.compile(r"(/pickups/[0-9]+/refuse|/shop/pickup/renovation)(/.+)?"), r"\1"),
    (re.compile(r"(/patrols/[0-9]+)/stops/.+"), r"\1"),
    (re.compile(r"(/campaigns|/campaigns/[0-9]+/(?:settings|people|targets|form(?:/[^/]+)?)|/checks/[0-9]+)"), r"\1"),
    (re.compile(r"(/verify/[0-9]+)"), r"\1"),
    (re.compile(r"(/emergencies/(?:plans|groups)/[^/]+)"), r"\1"),
    (re.compile(r"(/emergencies/[0-9]+)/.+"), r"\1"),
    (re.compile(r"(/broadcasts/[0-9]+/receipts)/.+"), r"\1"),
    (re.compile(r"(/emergencies|/broadcasts/[0-9]+)"), r"\1"),
    (re.compile(r"(/sign-in|/here|/hall|/admin/jobs|/shops|/shops/grade-settings|/inspections|/q/[^/]+/claim)"), r"\1"),
    (re.compile(r"(/own-indicators)(?:/.+)?"), r"\1"),
    (re.compile(r"/evaluation/subscriptions"), "/evaluation/roads"),
    (re.compile(r"/evaluation/appeals"), "/evaluation/appeals/new"),
    (re.compile(r"(/evaluation/settings)"), r"\1"),
    (re.compile(r"(/session/merge-link|/consultations)/.+"), r"\1"),
    (re.compile(r"(/ask|/lifts|/elders|/q/[^/]+/lift)"), r"\1"),
    (re.compile(r"(/(?:lifts|elders)/import)(?:/rows)?"), r"\1"),
    (re.compile(r"(/elders/[0-9]+)/.+"), r"\1"),
    (re.compile(r"/elders/visits/.+"), "/elders"),
    (re.compile(r"(/quick-report|/self-handling|/share|/session/(?:hand-over|merge|merge-link))"), r"\1"),
)
"""Forms whose page is not simply one step up. tests/routes/test_way_back.py walks all of them."""


_ONE_TIME = ("/session/hand-over",)
"""Pages whose query opens something once: it goes into no other address."""


def is_one_time(page: str) -> bool:
    """Whether the query of this page opens something once."""
    return page in _ONE_TIME


def page_of_form(path: str) -> str:
    """The page that holds the form which is sent to this path."""
    for pattern, page in _OF_FORMS:
        if found := pattern.fullmatch(path):
            return found.expand(page)
    return path.rsplit("/", 1)[0] or "/"


def page_behind(request: Request) -> str:
    """Where the reader is, with the query: to come back to after signing in, or after a change of language."""
    query = request.scope["query_string"].decode("latin-1")
    path = request.scope["path"]
    page = path if request.method == "GET" else page_of_form(path)
    return f"{page}?{query}" if query and page not in _ONE_TIME else page
