"""Whoever a policy is for finds it in the inbox, with the way to its page."""

from collections.abc import Sequence

from backend.events.facts import Recorded, reread
from push import service as push
from push.channels import Recipient
from push.notices import notice
from push.structs import Wording
from shops.policies.events import PolicySent

_PRIORITY = "P4"


async def notify_shops(recorded: Sequence[Recorded]) -> None:
    facts = [(entry, reread(entry, PolicySent)) for entry in recorded]
    await push.notify(
        [notice(entry, fact.account_ids, _say(fact), Recipient.REPORTER, priority=_PRIORITY) for entry, fact in facts]
    )


def _say(fact: PolicySent) -> Wording:
    return Wording(
        title_zh=f"政策:{fact.title}",
        title_en=f"Policy: {fact.title}",
        body_zh=fact.body,
        body_en=fact.body,
        path="/shop/policies",
    )
