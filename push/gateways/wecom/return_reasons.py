"""Why an order is returned, as it is chosen on a card: the reasons that orders know, and a first line that is none."""

from typing import Any

from backend.orders.model.inputs import ReturnReason
from push.gateways.wecom.labels import Labels

QUESTION = "reason"
_UNCHOSEN = "-"
"""WeCom selects the first option by itself: it must not be a reason."""


def selection(labels: Labels) -> dict[str, Any]:
    """The 下拉选择 of a card."""
    options = [{"id": _UNCHOSEN, "text": labels.unchosen}]
    options += [{"id": reason.value, "text": words} for reason, words in labels.reasons.items()]
    return {"question_key": QUESTION, "title": labels.why, "option_list": options, "selected_id": _UNCHOSEN}


def read(option: str) -> ReturnReason | None:
    """The reason that was chosen; None where nobody chose one."""
    return ReturnReason(option) if option in set(ReturnReason) else None
