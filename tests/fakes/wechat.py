"""WeChat's server API as its documents describe it, on the loopback: `python -m tests.fakes.wechat --port 8190`.

It knows one mini-program, people by openid, the agreements that they gave, and codes that are used once.
"""

import argparse
import itertools
import re
import time
from collections import Counter
from typing import Any

import msgspec

from tests.fakes import vendor
from tests.fakes.server import Answer, Asked, as_json
from tests.fakes.vendor import Planned, TroubleKind, Vendor
from tests.fakes.wechat_values import is_taken

APPID, SECRET = "wx00000000000000fa", "fake-secret-of-the-mini-program"
ORDER_TEMPLATE = "TEMPLATE-ORDER"
KEYS = {ORDER_TEMPLATE: ("character_string1", "thing2", "phrase3", "time4")}
TOKEN, AES_KEY = "fake-token-of-the-message-push", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
_WORDS = {"违规": ("risky", 20001), "可疑": ("review", 21000)}
"""What the check of words finds something in."""
_SCENE = re.compile(r"[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]{1,32}")
_PICTURE = b"\xff\xd8\xff\xe0fake picture of a mini-program code\xff\xd9"
_CODE_LIVES_S = 300
_TOKEN_LIVES_S = 7200
_BUSY, _LIMIT = -1, 45011


class FakeWechat(Vendor):
    """`credit`: agreements by openid and template. `sent`: the messages that people have on their phones."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.people: dict[str, str] = {}
        self.credit: Counter[tuple[str, str]] = Counter()
        self.is_long_term = False
        self.sent: list[dict[str, Any]] = []
        self.ticket = "fake-ticket-of-the-official-account"
        self.pages = {"pages/report/index", "pages/outbox/index", "pages/mine/index", "pages/web/index"}
        self.links: list[str] = []
        self.scenes: list[str] = []
        self.host_of_links = "https://wxaurl.cn"
        self.pictures: list[str] = []
        self.refusals: list[tuple[str, int]] = []
        self.fixed_error: tuple[int, str] | None = None
        self.expires_in = _TOKEN_LIVES_S
        self.tokens_asked = 0
        self.now = time.time
        self._codes: dict[str, tuple[str, float]] = {}
        self._used: set[str] = set()
        self._numbers = itertools.count(1)
        self._token, self._ends_at = "", 0.0

    @property
    def environment(self) -> dict[str, str]:
        """The settings of an instance whose vendor this is."""
        data = {"character_string1": "number", "thing2": "title", "phrase3": "phrase", "time4": "due|now"}
        templates = {"*": {"id": ORDER_TEMPLATE, "data": data, "long_term": self.is_long_term}}
        return {
            "YIMA_WECHAT_APPID": APPID,
            "YIMA_WECHAT_SECRET": SECRET,
            "YIMA_WECHAT_BASE": self.base,
            "YIMA_WECHAT_TOKEN": TOKEN,
            "YIMA_WECHAT_AES_KEY": AES_KEY,
            "YIMA_WECHAT_TEMPLATES": msgspec.json.encode(templates).decode(),
        }

    def add_person(self, openid: str, agreed: int = 0) -> None:
        self.people[openid] = f"union-{openid}"
        self.credit[openid, ORDER_TEMPLATE] = agreed

    def code_for(self, openid: str) -> str:
        """What wx.login gives the mini-program of this person: to be used once, within five minutes."""
        code = f"code-{next(self._numbers)}"
        self._codes[code] = openid, self.now() + _CODE_LIVES_S
        return code

    def end_token(self) -> None:
        """The token that is out there is refused from now on."""
        self._token = ""

    def failure(self, planned: Planned) -> Answer:
        if planned.kind is TroubleKind.FAIL:
            return as_json({}, planned.status)
        usual = _LIMIT if planned.kind is TroubleKind.LIMIT else _BUSY
        return as_json({"errcode": planned.errcode or usual, "errmsg": "fake trouble"})

    async def answer(self, asked: Asked) -> Answer:
        known = _CALLS.get((asked.method, asked.path))
        if known is None:
            return self._refuse(asked, 40066, "invalid url")
        name, fields, needs_token = known
        if needs_token and (code := self._token_error(asked.query.get("access_token"))):
            return self._refuse(asked, code, "invalid credential, access_token is invalid or not latest")
        body: dict[str, Any] = dict(asked.query)
        if asked.method == "POST":
            try:
                body = msgspec.json.decode(asked.body, type=dict[str, Any])
            except msgspec.DecodeError:
                return self._refuse(asked, 47001, "data format error")
        if unknown := body.keys() - fields:
            return self._refuse(asked, 40097, f"invalid args: {sorted(unknown)[0]}")
        if self.fixed_error is not None and needs_token:
            return self._refuse(asked, *self.fixed_error)
        return getattr(self, name)(asked, body)

    def control(self, asked: Asked) -> Answer:
        """GET: the messages that arrived. POST {"person", "agreed"}: somebody, and a code of theirs; or troubles."""
        if asked.method == "GET":
            return as_json(self.sent)
        order = asked.json()
        if person := order.get("person"):
            self.add_person(person, order.get("agreed", 0))
            return as_json({"code": self.code_for(person)})
        return super().control(asked)

    def _refuse(self, asked: Asked, code: int, words: str) -> Answer:
        self.refusals.append((asked.path, code))
        return as_json({"errcode": code, "errmsg": f"{words} rid: 6745-fake"})

    def _token_error(self, token: str | None) -> int:
        if not token:
            return 41001
        if token != self._token:
            return 40001
        return 42001 if self._ends_at <= self.now() else 0

    def _stable_token(self, asked: Asked, body: dict[str, Any]) -> Answer:
        self.tokens_asked += 1
        if body.get("grant_type") != "client_credential":
            return self._refuse(asked, 40002, "invalid grant_type")
        if body.get("appid") != APPID:
            return self._refuse(asked, 40013, "invalid appid")
        if body.get("secret") != SECRET:
            return self._refuse(asked, 40125, "invalid appsecret")
        if not self._token or self._ends_at - 300 <= self.now():
            self._token, self._ends_at = f"token-{next(self._numbers)}" + "x" * 120, self.now() + self.expires_in
        return as_json({"access_token": self._token, "expires_in": int(self._ends_at - self.now())})

    def _code2session(self, asked: Asked, body: dict[str, Any]) -> Answer:
        if (body.get("appid"), body.get("secret")) != (APPID, SECRET):
            return self._refuse(asked, 40013, "invalid appid")
        code = body.get("js_code", "")
        if code in self._used:
            return self._refuse(asked, 40163, "code been used")
        openid, ends_at = self._codes.get(code, ("", 0.0))
        if body.get("grant_type") != "authorization_code" or ends_at <= self.now():
            return self._refuse(asked, 40029, "invalid code")
        self._used.add(code)
        return as_json({"openid": openid, "session_key": "c2Vzc2lvbi1rZXktbmV2ZXItbGVhdmVz", "unionid": f"u-{openid}"})

    def _getticket(self, asked: Asked, body: dict[str, Any]) -> Answer:
        if body.get("type") != "jsapi":
            return self._refuse(asked, 40097, "invalid args: type")
        return as_json({"errcode": 0, "errmsg": "ok", "ticket": self.ticket, "expires_in": _TOKEN_LIVES_S})

    def _generate_urllink(self, asked: Asked, body: dict[str, Any]) -> Answer:
        if body.get("path") not in self.pages:
            return self._refuse(asked, 40165, "invalid weapp pagepath")
        if len(body.get("query", "")) > 1024:
            return self._refuse(asked, 40212, "invalid query")
        if body.get("expire_type") not in (0, 1) or not isinstance(body.get("expire_interval"), int):
            return self._refuse(asked, 40097, "invalid args: expire_interval")
        if body.get("env_version", "release") not in ("release", "trial", "develop"):
            return self._refuse(asked, 40097, "invalid args: env_version")
        self.links.append(f"{body['path']}?{body['query']}")
        return as_json({"errcode": 0, "errmsg": "ok", "url_link": f"{self.host_of_links}/Fake{len(self.links):07}"})

    def _getwxacodeunlimit(self, asked: Asked, body: dict[str, Any]) -> Answer:
        """A picture, and errors with the content-type of one, which nobody may trust."""
        scene, page, width = body.get("scene"), body.get("page", ""), body.get("width", 430)
        if not isinstance(scene, str) or not _SCENE.fullmatch(scene):
            return self._refuse(asked, 40169, "invalid length for scene, or the data is not json string")
        is_known = body.get("check_path", True) is False or page in self.pages
        if page.startswith("/") or "?" in page or not is_known:
            return self._refuse(asked, 41030, "invalid page")
        if body.get("env_version", "release") not in ("release", "trial", "develop"):
            return self._refuse(asked, 40097, "invalid args: env_version")
        if isinstance(width, bool) or not isinstance(width, int) or not 280 <= width <= 1280:
            return self._refuse(asked, 40097, "invalid args: width")
        self.scenes.append(f"{page} {scene}")
        return Answer(body=_PICTURE, content_type="image/jpeg")

    def _msg_sec_check(self, asked: Asked, body: dict[str, Any]) -> Answer:
        """Escaped Chinese is overlooked, as with the vendor; only who was here within two hours is known."""
        if (body.get("version"), body.get("scene")) not in ((2, 1), (2, 2), (2, 3), (2, 4)):
            return self._refuse(asked, 40129, "invalid scene")
        if body.get("openid") not in self.people:
            return self._refuse(asked, 40003, "invalid openid")
        if not 0 < len(body.get("content", "")) <= 2500:
            return self._refuse(asked, 40097, "invalid args: content")
        found = next((_WORDS[word] for word in _WORDS if word.encode() in asked.body), ("pass", 100))
        result = {"suggest": found[0], "label": found[1]}
        detail = [{"strategy": "content_model", "errcode": 0, **result, "prob": 90}]
        trace_id = f"60ae120f-{next(self._numbers)}"
        return as_json({"errcode": 0, "errmsg": "ok", "result": result, "detail": detail, "trace_id": trace_id})

    def _media_check_async(self, asked: Asked, body: dict[str, Any]) -> Answer:
        """The picture is fetched later, from outside: only an absolute address will do."""
        if body.get("media_type") != 2 or body.get("version") != 2 or body.get("scene") not in (1, 2, 3, 4):
            return self._refuse(asked, 40129, "invalid scene")
        if body.get("openid") not in self.people:
            return self._refuse(asked, 40003, "invalid openid")
        if not str(body.get("media_url", "")).startswith(("http://", "https://")):
            return self._refuse(asked, 40097, "invalid args: media_url")
        self.pictures.append(body["media_url"])
        return as_json({"errcode": 0, "errmsg": "ok", "trace_id": f"967e945c-{len(self.pictures)}"})

    def _send(self, asked: Asked, body: dict[str, Any]) -> Answer:
        openid, template_id, data = body.get("touser"), body.get("template_id"), body.get("data")
        if openid not in self.people:
            return self._refuse(asked, 40003, f"invalid openid {openid}")
        if template_id not in KEYS:
            return self._refuse(asked, 40037, "invalid template_id")
        if self.credit[openid, template_id] <= 0:
            return self._refuse(asked, 43101, "user refuse to accept the msg")
        if wrong := _wrong_field(data, KEYS[template_id]):
            return self._refuse(asked, 47003, f"argument invalid! {wrong}")
        if body.get("miniprogram_state", "formal") not in ("formal", "trial", "developer"):
            return self._refuse(asked, 40097, "invalid args: miniprogram_state")
        if body.get("page", "").startswith("/"):
            return self._refuse(asked, 41030, "invalid page")
        if not self.is_long_term:
            self.credit[openid, template_id] -= 1
        self.sent.append(body)
        return as_json({"errcode": 0, "errmsg": "ok", "msgid": 4_000_000_000 + len(self.sent)})


_CALLS = {
    ("POST", "/cgi-bin/stable_token"): ("_stable_token", {"grant_type", "appid", "secret", "force_refresh"}, False),
    ("GET", "/sns/jscode2session"): ("_code2session", {"appid", "secret", "js_code", "grant_type"}, False),
    ("GET", "/cgi-bin/ticket/getticket"): ("_getticket", {"access_token", "type"}, True),
    ("POST", "/wxa/generate_urllink"): (
        "_generate_urllink",
        {"path", "query", "env_version", "expire_type", "expire_time", "expire_interval"},
        True,
    ),
    ("POST", "/wxa/getwxacodeunlimit"): (
        "_getwxacodeunlimit",
        {"scene", "page", "check_path", "env_version", "width", "auto_color", "line_color", "is_hyaline"},
        True,
    ),
    ("POST", "/wxa/msg_sec_check"): (
        "_msg_sec_check",
        {"version", "scene", "openid", "content", "title", "nickname"},
        True,
    ),
    ("POST", "/wxa/media_check_async"): (
        "_media_check_async",
        {"media_url", "media_type", "version", "scene", "openid"},
        True,
    ),
    ("POST", "/cgi-bin/message/subscribe/send"): (
        "_send",
        {"touser", "template_id", "page", "data", "miniprogram_state", "lang"},
        True,
    ),
}
"""By method and path: who answers, which fields there are, and whether it takes an access token."""


def _wrong_field(data: Any, keys: tuple[str, ...]) -> str:
    if not isinstance(data, dict):
        return "data"
    for key in keys:
        field = data.get(key)
        if not isinstance(field, dict) or set(field) != {"value"} or not is_taken(key, field["value"]):
            return f"data.{key}.value"
    return next((f"data.{key}" for key in data if key not in keys), "")


if __name__ == "__main__":
    given = vendor.options(argparse.ArgumentParser(description=__doc__), port=8190)
    vendor.stay(FakeWechat(chance=given.chance, slow_s=given.slow_s), given.port)
