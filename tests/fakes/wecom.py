"""WeCom's server API as its documents describe it, on the loopback: `python -m tests.fakes.wecom --port 8191`.

By hand: wecom_controls.py.

It knows one company with one application, members by userid, and codes that are used once. A tap on a card is sent
to the application's callback address, signed and sealed.
"""

import argparse
import asyncio
import base64
import hashlib
import itertools
import sys
import time
from dataclasses import dataclass, field
from typing import Any

import msgspec

from tests.fakes import vendor, wecom_controls, wecom_requests
from tests.fakes.sealing import seal, sign
from tests.fakes.server import Answer, Asked, as_json
from tests.fakes.vendor import Planned, TroubleKind, Vendor
from tests.fakes.wecom_callbacks import Callback, tapped
from tests.fakes.wecom_requests import ButtonCard, SendRequest, UpdateRequest

CORPID, AGENT_ID, SECRET = "ww00000000000000fa", 1000002, "fake-secret-of-the-application"
TOKEN = "fakeToken"
AES_KEY = base64.b64encode(hashlib.sha256(b"fake").digest()).decode().rstrip("=")
_BUSY, _LIMIT = -1, 45009
_TOKEN_LIVES_S, _SIGN_IN_LIVES_S, _RESPONSE_LIVES_S = 7200, 300, 72 * 3600


@dataclass
class Card:
    """What the members to whom it was sent have on their phones."""

    task_id: str
    userids: list[str]
    content: ButtonCard
    replaced: dict[str, str] = field(default_factory=dict)
    """By member: what stands on the button that can be pressed no more."""


@dataclass
class ResponseCode:
    task_id: str
    ends_at: float
    is_used: bool = False


class WecomError(Exception):
    def __init__(self, code: int, words: str) -> None:
        self.code, self.words = code, words


class FakeWecom(Vendor):
    """`shown`: what members have on their phones, by userid. `refusals`: path and code of what was refused."""

    def __init__(self, url_of_callback: str = "", **more: Any) -> None:
        super().__init__(**more)
        self.members = {"zhangsan", "lisi"}
        self.unlicensed: set[str] = set()
        self.holder = ""
        """Who holds the phone on which WeCom's own browser is open; empty outside of it."""
        self.is_government_build = False
        self.fixed_error: tuple[int, str] | None = None
        self.expires_in = _TOKEN_LIVES_S
        self.agent_id = AGENT_ID
        self.now = time.time
        self.url_of_callback = url_of_callback
        self.shown: list[tuple[str, dict[str, Any]]] = []
        self.cards: dict[str, Card] = {}
        self.refusals: list[tuple[str, int]] = []
        self.tokens_asked = 0
        self._tokens: dict[str, float] = {}
        self._requests: dict[bytes, tuple[float, dict[str, Any]]] = {}
        self._response_codes: dict[str, ResponseCode] = {}
        self._sign_in_codes: dict[str, tuple[str, float]] = {}
        self._numbers = itertools.count(1)

    @property
    def environment(self) -> dict[str, str]:
        """The settings of an instance whose vendor this is."""
        return {
            "YIMA_WECOM_CORPID": CORPID,
            "YIMA_WECOM_AGENT_ID": str(AGENT_ID),
            "YIMA_WECOM_SECRET": SECRET,
            "YIMA_WECOM_TOKEN": TOKEN,
            "YIMA_WECOM_AES_KEY": AES_KEY,
            "YIMA_WECOM_BASE": self.base,
            "YIMA_WECOM_OAUTH_BASE": self.base,
        }

    def end_tokens(self) -> None:
        """As when somebody resets the secret in the console: every token that was given is over."""
        self._tokens = dict.fromkeys(self._tokens, 0.0)

    def sign_in_code(self, userid: str) -> str:
        """What the browser of a member brings back from the authorize page."""
        code = f"CODE-{next(self._numbers)}"
        self._sign_in_codes[code] = userid, self.now() + _SIGN_IN_LIVES_S
        return code

    def shown_to(self, userid: str) -> list[dict[str, Any]]:
        return [message for member, message in self.shown if member == userid]

    def tap(self, userid: str, task_id: str, key: str, option: str = "-") -> Callback:
        """The callback of a member's tap on a button, sealed; posted by whoever calls this."""
        card = self.cards[task_id]
        assert userid in card.userids and userid not in card.replaced, "the button cannot be pressed"
        assert key in {button.key for button in card.content.button_list}
        question = card.content.button_selection.question_key if card.content.button_selection else ""
        event = tapped(
            corpid=CORPID,
            agent_id=self.agent_id,
            userid=userid,
            key=key,
            task_id=task_id,
            at=int(self.now()),
            response_code=self._response_code(task_id),
            selected=[(question, [option])] if question else [],
        )
        return Callback.sealed(event, token=TOKEN, aes_key=AES_KEY, corpid=CORPID, at=int(self.now()))

    def verification(self, echo: bytes) -> dict[str, str]:
        """The query with which the console checks a callback address."""
        encrypted, at, nonce = seal(echo, AES_KEY, CORPID), str(int(self.now())), "1514711492"
        signature = sign(TOKEN, at, nonce, encrypted)
        return {"msg_signature": signature, "timestamp": at, "nonce": nonce, "echostr": encrypted}

    def is_spared(self, asked: Asked) -> bool:
        return wecom_controls.is_by_hand(asked)

    def failure(self, planned: Planned) -> Answer:
        if planned.kind is TroubleKind.FAIL:
            return as_json({}, planned.status)
        usual = _LIMIT if planned.kind is TroubleKind.LIMIT else _BUSY
        return as_json({"errcode": planned.errcode or usual, "errmsg": "fake trouble"})

    async def answer(self, asked: Asked) -> Answer:
        if by_hand := await wecom_controls.control(self, asked):
            return by_hand
        try:
            if self.fixed_error:
                raise WecomError(*self.fixed_error)
            return as_json({"errcode": 0, "errmsg": "ok", **self._answer(asked)})
        except WecomError as error:
            self.refusals.append((asked.path, error.code))
            return as_json({"errcode": error.code, "errmsg": error.words})
        except msgspec.MsgspecError as error:
            self.refusals.append((asked.path, 40058))
            return as_json({"errcode": 40058, "errmsg": f"invalid Request Parameter: {error}"})

    def _answer(self, asked: Asked) -> dict[str, Any]:
        match asked.method, asked.path:
            case "GET", "/cgi-bin/gettoken":
                return self._give_token(asked.query)
            case "POST", "/cgi-bin/message/send":
                self._require_token(asked.query)
                return self._send(wecom_requests.read(asked.body, SendRequest), asked.body)
            case "POST", "/cgi-bin/message/update_template_card":
                self._require_token(asked.query)
                return self._update(wecom_requests.read(asked.body, UpdateRequest))
            case "GET", "/cgi-bin/auth/getuserinfo":
                self._require_token(asked.query)
                return self._who(asked.query)
        raise WecomError(40066, "invalid url")

    def _give_token(self, query: dict[str, str]) -> dict[str, Any]:
        if query.get("corpid") != CORPID:
            raise WecomError(40013, "invalid corpid")
        if query.get("corpsecret") != SECRET:
            raise WecomError(40001, "invalid credential")
        self.tokens_asked += 1
        valid = [token for token, ends_at in self._tokens.items() if ends_at > self.now()]
        token = valid[0] if valid else f"TOKEN-{next(self._numbers)}"
        self._tokens.setdefault(token, self.now() + self.expires_in)
        return {"access_token": token, "expires_in": int(self._tokens[token] - self.now())}

    def _require_token(self, query: dict[str, str]) -> None:
        token = query.get("access_token")
        if not token:
            raise WecomError(41001, "access_token missing")
        if token not in self._tokens:
            raise WecomError(40014, "invalid access_token")
        if self._tokens[token] <= self.now():
            raise WecomError(42001, "access_token expired")

    def _send(self, request: SendRequest, body: bytes) -> dict[str, Any]:
        self._require_agent(request.agentid)
        if self.is_government_build and request.msgtype == "template_card":
            raise WecomError(40008, "invalid message type")
        earlier = self._requests.get(body)
        if earlier and request.enable_duplicate_check and self.now() - earlier[0] < request.duplicate_check_interval:
            return earlier[1]
        if request.template_card and request.template_card.task_id in self.cards:
            raise WecomError(40058, "template_card.task_id has been used")
        userids = request.touser.split("|")
        gone = [each for each in userids if each.lower() not in self.members]
        unlicensed = [each for each in userids if each.lower() in self.unlicensed]
        reached = [each for each in userids if each not in (*gone, *unlicensed)]
        if not reached and not unlicensed:
            raise WecomError(81013, f"user & party & tag all invalid: {request.touser}")
        self.shown += [(userid, msgspec.json.decode(body)) for userid in reached]
        answer = {
            "invaliduser": "|".join(gone).lower(),
            "unlicenseduser": "|".join(unlicensed).lower(),
            "msgid": f"MSG-{next(self._numbers)}",
        }
        if request.template_card:
            task_id = request.template_card.task_id
            self.cards[task_id] = Card(task_id, reached, request.template_card)
            answer["response_code"] = self._response_code(task_id)
        self._requests[body] = self.now(), answer
        return answer

    def _update(self, request: UpdateRequest) -> dict[str, Any]:
        self._require_agent(request.agentid)
        code = self._response_codes.get(request.response_code)
        if code is None or code.is_used or code.ends_at <= self.now():
            raise WecomError(40058, "invalid response_code: unknown, used, or older than 72 hours")
        code.is_used = True
        card = self.cards[code.task_id]
        members = card.userids if request.atall else [each for each in request.userids if each in card.userids]
        if request.button:
            card.replaced |= dict.fromkeys(members, request.button.replace_name)
        return {"invaliduser": [each for each in request.userids if each not in card.userids]}

    def _who(self, query: dict[str, str]) -> dict[str, Any]:
        userid, ends_at = self._sign_in_codes.pop(query.get("code", ""), ("", 0.0))
        if ends_at <= self.now():
            raise WecomError(40029, "invalid code")
        if userid not in self.members:
            return {"openid": f"OPENID-{userid}", "external_userid": f"wm-{userid}"}
        return {"userid": userid, "user_ticket": "TICKET"}

    def _require_agent(self, agent_id: int) -> None:
        if agent_id != AGENT_ID:
            raise WecomError(40056, "invalid agentid")

    def _response_code(self, task_id: str) -> str:
        code = f"RESPONSE-{next(self._numbers)}"
        self._response_codes[code] = ResponseCode(task_id, self.now() + _RESPONSE_LIVES_S)
        return code


async def _serve(fake: FakeWecom, port: int) -> None:
    await fake.start(port)
    for name, value in fake.environment.items():
        sys.stdout.write(f"{name}={value}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--callback", default="http://127.0.0.1:8000/api/v1/callbacks/wecom", help="where taps go")
    given = vendor.options(words, port=8191)
    asyncio.run(_serve(FakeWecom(given.callback, chance=given.chance, slow_s=given.slow_s), given.port))
