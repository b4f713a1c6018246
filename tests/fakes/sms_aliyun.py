"""阿里云短信, SendSms of 2017-05-25, with signatures as ACS3 says.

https://help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature
`python -m tests.fakes.sms_aliyun --port 9003` takes the key, the sign and the template that are named below.
"""

import argparse
import hashlib
import hmac
import json
import re
from collections import Counter
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from tests.fakes import vendor
from tests.fakes.server import Answer, Asked, as_json
from tests.fakes.shapes import NotSo, hold, words
from tests.fakes.vendor import Planned, TroubleKind, Vendor

KEY_ID, KEY_SECRET = "LTAI5tFakeKeyId", "FakeKeySecretOfAliyun"
SIGN, TEMPLATE = "浦江镇网格", "SMS_271000001"
LINK_TEMPLATE = "SMS_271000002"
VARIABLES = ("stage", "item", "place", "due", "number")
TEMPLATES = {TEMPLATE: VARIABLES, LINK_TEMPLATE: (*VARIABLES, "link")}
VALUE_CHARS_MAX = 35
_EMPTY_SHA = hashlib.sha256(b"").hexdigest()
_ALGORITHM = "ACS3-HMAC-SHA256"
_QUERY = {
    "*PhoneNumbers": words(1000, 1),
    "*SignName": words(100, 1),
    "*TemplateCode": words(100, 1),
    "TemplateParam": words(4000),
    "OutId": words(256),
    "SmsUpExtendCode": words(20),
}
_NUMBER = re.compile(r"(?:(?:\+|00)?86)?1[3-9]\d{9}")


class AliyunFake(Vendor):
    """`sent`: what came to whom, each as number, template and values."""

    def reset(self) -> None:
        super().reset()
        self.sent: list[tuple[str, str, dict[str, str]]] = []
        self.a_minute = 10**6
        self.code = ""
        """In place of OK, for whatever is sent."""

    def failure(self, planned: Planned) -> Answer:
        if planned.kind is TroubleKind.LIMIT:
            return _say("Throttling.User", "Request was denied due to user flow control.", 400)
        status = 200 if planned.kind is TroubleKind.IN_200 else planned.status
        return _say("isp.SYSTEM_ERROR" if status == 200 else "ServiceUnavailable", "系统错误", status)

    async def answer(self, asked: Asked) -> Answer:
        if asked.method != "POST" or asked.headers.get("x-acs-action") != "SendSms" or asked.body:
            return _say("InvalidAction.NotFound", "Specified api is not found", 404)
        if asked.headers.get("x-acs-version") != "2017-05-25":
            return _say("InvalidVersion", "Specified parameter Version is not valid.", 400)
        if wrong := _unsigned(asked):
            return wrong
        try:
            hold(dict(asked.query), _QUERY, "query")
        except NotSo as wrong:
            return _say("MissingPhoneNumbers" if wrong.why == "missing" else "InvalidParameter", str(wrong), 400)
        return self._take(asked)

    def _take(self, asked: Asked) -> Answer:
        number, code = asked.query["PhoneNumbers"], self.code or _fault(asked.query)
        if not code and Counter(each[0] for each in self.sent)[number] >= self.a_minute:
            code = "isv.BUSINESS_LIMIT_CONTROL"
        if code:
            return _say(code, f"触发{code} {number}")
        self.sent.append((number, asked.query["TemplateCode"], json.loads(asked.query.get("TemplateParam", "{}"))))
        return as_json({"Code": "OK", "Message": "OK", "BizId": f"90{len(self.sent)}^0", "RequestId": str(uuid4())})


def _fault(query: Any) -> str:
    """The code for what is wrong with a message, or nothing."""
    if not _NUMBER.fullmatch(query["PhoneNumbers"]):
        return "isv.MOBILE_NUMBER_ILLEGAL"
    if query["SignName"] != SIGN:
        return "isv.SMS_SIGNATURE_ILLEGAL"
    if query["TemplateCode"] not in TEMPLATES:
        return "isv.SMS_TEMPLATE_ILLEGAL"
    try:
        values = json.loads(query.get("TemplateParam", "{}"))
    except ValueError:
        return "isv.INVALID_JSON_PARAM"
    if set(TEMPLATES[query["TemplateCode"]]) - set(values):
        return "isv.TEMPLATE_MISSING_PARAMETERS"
    if not all(isinstance(each, str) and each for each in values.values()):
        return "isv.INVALID_JSON_PARAM"
    if any(re.search(r"https?:|www\.|\.(com|cn)\b", each) for each in values.values()):
        return "isv.PARAM_NOT_SUPPORT_URL"
    return "isv.PARAM_LENGTH_LIMIT" if any(len(each) > VALUE_CHARS_MAX for each in values.values()) else ""


def _unsigned(asked: Asked) -> Answer | None:
    found = re.fullmatch(
        rf"{_ALGORITHM} Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]+)",
        asked.headers.get("authorization", ""),
    )
    if found is None or found[1] != KEY_ID:
        return _say("InvalidAccessKeyId.NotFound", "Specified access key is not found.", 404)
    names = found[2].split(";")
    headers = "".join(f"{name}:{asked.headers.get(name, '').strip()}\n" for name in names)
    query = "&".join(f"{quote(name, '-_.~')}={quote(value, '-_.~')}" for name, value in sorted(asked.query.items()))
    content = asked.headers.get("x-acs-content-sha256", "")
    canonical = "\n".join([asked.method, asked.path, query, headers, found[2], content])
    to_sign = f"{_ALGORITHM}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    own = hmac.new(KEY_SECRET.encode(), to_sign.encode(), hashlib.sha256).hexdigest()
    if own != found[3] or content != _EMPTY_SHA or not {"host", "x-acs-date"} <= set(names):
        return _say("SignatureDoesNotMatch", "Specified signature is not matched with our calculation.", 400)
    return None


def _say(code: str, message: str, status: int = 200) -> Answer:
    return as_json({"Code": code, "Message": message, "RequestId": str(uuid4())}, status)


if __name__ == "__main__":
    given = vendor.options(argparse.ArgumentParser(description=__doc__))
    vendor.stay(AliyunFake(chance=given.chance, slow_s=given.slow_s), given.port)
