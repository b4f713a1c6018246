"""A shop hears what became of the link to its kitchen, its owner when it does not answer any more."""

from collections.abc import Sequence

from backend.calendars.rules import SHANGHAI
from backend.events.facts import Recorded, reread
from push import service as push
from push.channels import Recipient
from push.notices import notice
from push.structs import Wording
from shops.public.events import KitchenLinkDecided, KitchenLinkSilent
from shops.public.structs import KitchenVerdict

_WORDS = {
    KitchenVerdict.CONFIRM: ("后厨链接已核实,公示半年", "Your kitchen link is confirmed and shown for half a year"),
    KitchenVerdict.REFUSE: ("后厨链接未通过", "Your kitchen link was refused"),
    KitchenVerdict.BREAK: ("后厨链接已失效,不再公示", "Your kitchen link is broken and shown no more"),
}


async def notify_shop(recorded: Sequence[Recorded]) -> None:
    facts = [(entry, reread(entry, KitchenLinkDecided)) for entry in recorded]
    await push.notify([notice(entry, fact.account_ids, say(fact), Recipient.REPORTER) for entry, fact in facts])


async def notify_owner(recorded: Sequence[Recorded]) -> None:
    facts = [(entry, reread(entry, KitchenLinkSilent)) for entry in recorded]
    await push.notify([notice(entry, fact.account_ids, say_silent(fact), Recipient.REPORTER) for entry, fact in facts])


def say_silent(fact: KitchenLinkSilent) -> Wording:
    since = fact.since.astimezone(SHANGHAI).strftime("%m-%d %H:%M")
    return Wording(
        title_zh=f"{fact.shop_name}:后厨链接打不开",
        title_en=f"{fact.shop_name}: your kitchen link does not answer",
        body_zh=f"{fact.host} 自 {since} 起没有响应,公示页已注明;恢复后自动撤下说明",
        body_en=f"{fact.host} has not answered since {since}; the public page says so until it does",
        path=f"/shops/{fact.subject_id}/kitchen",
    )


def say(fact: KitchenLinkDecided) -> Wording:
    zh, en = _WORDS[fact.verdict]
    return Wording(
        title_zh=f"{fact.shop_name}:{zh}",
        title_en=f"{fact.shop_name}: {en}",
        body_zh=fact.reason,
        body_en=fact.reason,
        path=f"/shops/{fact.subject_id}/kitchen",
    )
