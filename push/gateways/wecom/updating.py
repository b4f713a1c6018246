"""Change cards that members have: buttons that nobody needs any more give way to what happened."""

from datetime import datetime

from backend import logs
from backend.jobs import TryLater
from push.gateways.wecom import card_store
from push.gateways.wecom.answers import WecomRefused, WecomSilent, passes
from push.gateways.wecom.runtime import WecomRuntime, current_runtime
from push.gateways.wecom.settings import Capability

_UPDATE = "/cgi-bin/message/update_template_card"
_SEND = "/cgi-bin/message/send"

log = logs.get_logger()


def can_update() -> bool:
    """Whether this WeCom can change a card that members have."""
    runtime = current_runtime()
    return runtime is not None and Capability.UPDATE_CARD in runtime.settings.capabilities


async def update(card_id: int, now: datetime) -> None:
    """A job: let a card say what it is to say. A code works once, so a second run changes nothing.

    Raises TryLater while WeCom does not answer or does not let us in. Any other refusal is the end of it: the code is
    used up or too old, and the documents name no number for that.
    """
    runtime = current_runtime()
    card = await card_store.find_update(card_id)
    if runtime is None or card is None:
        return
    if can_update() and now - card.code_at < card_store.CODE_LIVES:
        try:
            await _replace_buttons(runtime, card.response_code, card.words)
        except (WecomRefused, WecomSilent) as error:
            if passes(error):
                raise TryLater("WeCom did not take it") from error
            log.warning("wecom_card_not_updated", code=getattr(error, "code", 0))
    await card_store.settle(card_id, now)


async def say_to(userid: str, words: str) -> None:
    """A line of text to one member: for what does not fit on a button. Raises TryLater."""
    runtime = current_runtime()
    if runtime is None:
        return
    line = {"touser": userid, "msgtype": "text", "agentid": runtime.settings.agent_id, "text": {"content": words}}
    try:
        await runtime.client.post(_SEND, line)
    except (WecomRefused, WecomSilent) as error:
        if passes(error):
            raise TryLater("WeCom did not take it") from error
        log.warning("wecom_line_not_sent", code=getattr(error, "code", 0))


async def _replace_buttons(runtime: WecomRuntime, response_code: str, words: str) -> None:
    await runtime.client.post(
        _UPDATE,
        {
            "atall": 1,
            "agentid": runtime.settings.agent_id,
            "response_code": response_code,
            "button": {"replace_name": words},
        },
    )
