"""What WeCom sends when a member presses a button: XML with an envelope around it, as its documents show it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from tests.fakes.sealing import seal, sign


@dataclass(frozen=True, kw_only=True)
class Callback:
    """What is posted to the application: the query and the body."""

    query: dict[str, str]
    body: bytes

    @staticmethod
    def sealed(event: str, *, token: str, aes_key: str, corpid: str, at: int) -> "Callback":
        encrypted, nonce = seal(event.encode(), aes_key, corpid), secrets.token_hex(5)
        query = {"msg_signature": sign(token, str(at), nonce, encrypted), "timestamp": str(at), "nonce": nonce}
        body = (
            f"<xml><ToUserName><![CDATA[{corpid}]]></ToUserName><AgentID><![CDATA[1000002]]></AgentID>"
            f"<Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>"
        )
        return Callback(query=query, body=body.encode())


def tapped(
    *,
    corpid: str,
    agent_id: int,
    userid: str,
    key: str,
    task_id: str,
    at: int,
    response_code: str,
    selected: Sequence[tuple[str, Sequence[str]]] = (),
) -> str:
    """A template_card_event. `OpitonId` is spelt as the vendor spells it."""
    items = "".join(
        f"<SelectedItem><QuestionKey>{escape(question)}</QuestionKey><OpitonIds>"
        + "".join(f"<OpitonId>{escape(option)}</OpitonId>" for option in options)
        + "</OpitonIds></SelectedItem>"
        for question, options in selected
    )
    return (
        f"<xml><ToUserName><![CDATA[{corpid}]]></ToUserName><FromUserName><![CDATA[{userid}]]></FromUserName>"
        f"<CreateTime>{at}</CreateTime><MsgType><![CDATA[event]]></MsgType>"
        f"<Event><![CDATA[template_card_event]]></Event><EventKey><![CDATA[{key}]]></EventKey>"
        f"<TaskId><![CDATA[{task_id}]]></TaskId><CardType><![CDATA[button_interaction]]></CardType>"
        f"<ResponseCode><![CDATA[{response_code}]]></ResponseCode><AgentID>{agent_id}</AgentID>"
        f"<SelectedItems>{items}</SelectedItems></xml>"
    )
