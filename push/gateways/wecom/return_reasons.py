"""Why an order is returned, as it is chosen on a card: the reasons that orders know, and a first line that is none."""

from typing import Any

from backend.orders.model.inputs import ReturnReason

QUESTION = "reason"
_UNCHOSEN = "-"
"""WeCom selects the first option by itself: it must not be a reason."""
_REASONS = {
    ReturnReason.NOT_OURS: "不属于本单位职责",
    ReturnReason.WRONG_PLACE: "地点有误",
    ReturnReason.WRONG_ITEM: "事项有误",
    ReturnReason.NOT_FOUND: "现场未发现",
    ReturnReason.BEYOND_MEANS: "超出处置能力",
}


def selection() -> dict[str, Any]:
    """The 下拉选择 of a card."""
    options = [{"id": _UNCHOSEN, "text": "退单请先选原因"}]
    options += [{"id": reason.value, "text": words} for reason, words in _REASONS.items()]
    return {"question_key": QUESTION, "title": "退单原因", "option_list": options, "selected_id": _UNCHOSEN}


def read(option: str) -> ReturnReason | None:
    """The reason that was chosen; None where nobody chose one."""
    return ReturnReason(option) if option in set(ReturnReason) else None
