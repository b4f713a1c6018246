"""What is reported at a door already, as its page lists it: few kinds of rows, at many doors."""

from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup

from backend.reports.structs import Candidate
from backend.web.views.door_view import DoorView
from backend.web.views.frames import PageFrame, mark, piece
from backend.web.views.page import PageContext


class _RowLook(NamedTuple):
    lang: str
    item: str
    state: str
    reporters: int
    has_thumb: bool
    is_own: bool


class _ListLook(NamedTuple):
    lang: str
    many: int
    has_own: bool


def reported_here(page: PageContext, face: DoorView) -> Markup:
    """The list, folded; empty where nothing is reported. Whose report it is, follows it; everybody else joins."""
    if not face.reported:
        return Markup()
    tokens = [face.own_tokens.get(case.order_id, "") for case in face.reported]
    rows = "\n".join([_row(page, case, token) for case, token in zip(face.reported, tokens, strict=True)])
    frame = _frame_of_list(_ListLook(page.lang, len(tokens), any(tokens)))
    return frame.filled(rows=Markup(rows))  # noqa: S704 - each of them markup


def _row(page: PageContext, case: Candidate, token: str) -> Markup:
    name = page.pick(case.item.name_zh, case.item.name_en)
    kind = _RowLook(page.lang, name, case.state, case.reporters, bool(case.thumb_url), bool(token))
    ago, thumb = page.ago(case.opened_at), case.thumb_url or ""
    return _frame_of_row(kind).filled(order=str(case.order_id), ago=ago, thumb=thumb, token=token)


@lru_cache(maxsize=32)
def _frame_of_list(kind: _ListLook) -> PageFrame:
    facts = {"many": kind.many, "has_own": kind.has_own}
    return piece("resident/reported_here.html", kind.lang, **facts, rows=mark("rows"))


@lru_cache(maxsize=512)
def _frame_of_row(kind: _RowLook) -> PageFrame:
    facts = {"item": kind.item, "state": kind.state, "reporters": kind.reporters}
    own = {"thumb": mark("thumb") if kind.has_thumb else "", "token": mark("token") if kind.is_own else ""}
    return piece("resident/reported_row.html", kind.lang, **facts, **own, order=mark("order"), ago=mark("ago"))
