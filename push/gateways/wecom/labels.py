"""What stands on cards beside the message itself, in the language of whoever gets it. Short: WeCom counts characters.

The key of a line takes five characters, a button ten, an option sixteen, the words under a text card four.
"""

from collections.abc import Mapping

import msgspec

from backend.orders.model.inputs import ReturnReason


class Labels(msgspec.Struct, frozen=True, kw_only=True):
    """`until`: a moment put into a sentence. `done`: what a line says to whoever did it, by the key of the button."""

    source: str
    view: str
    number: str
    accept_by: str
    due_by: str
    until: str
    accept: str
    give_back: str
    why: str
    unchosen: str
    reasons: Mapping[ReturnReason, str]
    accepted: str
    given_back: str
    stranger: str
    no_reason: str


_ZH = Labels(
    source="一码",
    view="查看",
    number="编号",
    accept_by="接单时限",
    due_by="处置时限",
    until="{} 前",
    accept="接单",
    give_back="退单",
    why="退单原因",
    unchosen="退单请先选原因",
    reasons={
        ReturnReason.NOT_OURS: "不属于本单位职责",
        ReturnReason.WRONG_PLACE: "地点有误",
        ReturnReason.WRONG_ITEM: "事项有误",
        ReturnReason.NOT_FOUND: "现场未发现",
        ReturnReason.BEYOND_MEANS: "超出处置能力",
    },
    accepted="已接单",
    given_back="已退单",
    stranger="请先绑定一码账号",
    no_reason="退单需要原因:请先在卡片上选择“退单原因”,再点“退单”。工单还没有退。",
)
_EN = Labels(
    source="Yima",
    view="Open",
    number="No.",
    accept_by="Take",
    due_by="Done",
    until="by {}",
    accept="Accept",
    give_back="Return",
    why="Returned because",
    unchosen="Choose a reason",
    reasons={
        ReturnReason.NOT_OURS: "Not our duty",
        ReturnReason.WRONG_PLACE: "Wrong place",
        ReturnReason.WRONG_ITEM: "Wrong item",
        ReturnReason.NOT_FOUND: "Nothing found",
        ReturnReason.BEYOND_MEANS: "Beyond our means",
    },
    accepted="Accepted",
    given_back="Returned",
    stranger="Link your account",
    no_reason="Returning needs a reason: choose one on the card, then press Return. It is not returned yet.",
)


def labels(language: str) -> Labels:
    """In Chinese for whoever reads nothing that we have."""
    return _EN if language == "en" else _ZH
