"""What WeChat's message push sends us, signed and sealed as its page says, in JSON or in XML."""

from typing import Any

import msgspec

from tests.fakes.sealing import seal, sign
from tests.fakes.wechat import AES_KEY, APPID, TOKEN

NONCE = "1514711492"


class Push(msgspec.Struct, frozen=True, kw_only=True):
    """A request to the address of callbacks."""

    query: dict[str, str]
    body: bytes


def push(
    message: bytes, at: float, *, appid: str = APPID, token: str = TOKEN, aes_key: str = AES_KEY, as_xml: bool = False
) -> Push:
    """A callback in secure mode, sent at this time (seconds since 1970)."""
    sealed, stamp = seal(message, aes_key, appid), str(int(at))
    query = {
        "signature": sign(token, stamp, NONCE),
        "timestamp": stamp,
        "nonce": NONCE,
        "encrypt_type": "aes",
        "msg_signature": sign(token, stamp, NONCE, sealed),
    }
    outer = {"ToUserName": "gh_fake", "Encrypt": sealed}
    return Push(query=query, body=_xml(outer) if as_xml else msgspec.json.encode(outer))


def event(name: str, openid: str, listed: Any, at: int, *, as_xml: bool = False) -> bytes:
    """The event within. `listed`: what stands under `List`, one member or several."""
    fields = {
        "ToUserName": "gh_fake",
        "FromUserName": openid,
        "CreateTime": at,
        "MsgType": "event",
        "Event": name,
        "List": listed,
    }
    return _xml(fields) if as_xml else msgspec.json.encode(fields)


def picture_event(openid: str, trace_id: str, said: dict[str, Any], at: int, *, as_xml: bool = False) -> bytes:
    """The answer to a picture. `said`: `result` of the second form, or `isrisky` and `status_code` of the first."""
    head = {"ToUserName": "gh_fake", "FromUserName": openid, "CreateTime": at, "MsgType": "event"}
    fields = {**head, "Event": "wxa_media_check", "appid": APPID, "trace_id": trace_id, "version": 2, **said}
    return _xml(fields) if as_xml else msgspec.json.encode(fields)


def _xml(fields: dict[str, Any]) -> bytes:
    return f"<xml>{_elements(fields)}</xml>".encode()


def _elements(fields: dict[str, Any]) -> str:
    parts = []
    for name, value in fields.items():
        for each in value if isinstance(value, list) else [value]:
            inner = _elements(each) if isinstance(each, dict) else f"<![CDATA[{each}]]>"
            parts.append(f"<{name}>{inner}</{name}>")
    return "".join(parts)
